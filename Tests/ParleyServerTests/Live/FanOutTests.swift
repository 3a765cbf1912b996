import ParleyCore
import Testing

@testable import ParleyServer

/// Each proves that an outsider was there, could hear, and heard nothing: their own ping comes back with nothing before it.
@Suite("Who hears what", .timeLimit(.minutes(1)))
struct FanOutTests {
  /// All that a socket heard until now.
  static func heard(_ socket: LiveSocket) async throws -> [JSONValue] {
    try socket.send(["type": "ping"])
    return try await socket.all(through: "pong").dropLast()
  }

  /// What it heard apart from who is online.
  static func said(_ socket: LiveSocket) async throws -> [JSONValue] {
    try await heard(socket).filter { $0["type"] != "online" && $0["type"] != "presence" }
  }

  @Test("another visitor hears nothing of a conversation: no message, no typing, no mark, no status")
  func otherVisitor() async throws {
    try await TestServer.run { server, owner in
      let inbox = try await server.inbox(owner)
      let (outsider, _) = try await server.widget(TestServer.token())
      try outsider.send(["type": "message.post", "clientID": "client-0000", "text": "I am here too"])
      _ = try await outsider.next("message")
      let (widget, _) = try await server.widget(TestServer.token())
      try widget.send(["type": "message.post", "clientID": "client-0001", "text": "Hello"])
      let conversation = try await inbox.next("message.added") { $0["message"]["text"] == "Hello" }[
        "conversation"]["id"]
      let id = try #require(conversation.int)
      try inbox.send(["type": "typing", "conversationID": conversation, "on": true])
      _ = try await widget.next("typing")
      try inbox.send([
        "type": "message.post", "clientID": "client-0002", "conversationID": conversation, "kind": "text",
        "text": "Good morning",
      ])
      try inbox.send(["type": "read", "conversationID": conversation, "number": 2])
      _ = try await widget.next("seen")
      _ = try await owner.patch("/api/conversations/\(id)", ["status": "completed"])
      _ = try await widget.next("status")
      #expect(try await FanOutTests.said(outsider) == [])
    }
  }

  @Test("a note reaches every inbox and never the visitor, neither live nor later")
  func notes() async throws {
    try await TestServer.run { server, owner in
      let token = TestServer.token()
      let inbox = try await server.inbox(owner)
      let colleague = try await server.inbox(try await server.agent("Ben"))
      let (widget, _) = try await server.widget(token)
      try widget.send(["type": "message.post", "clientID": "client-0001", "text": "Hello"])
      _ = try await widget.next("message")
      let conversation = try await inbox.next("message.added")["conversation"]["id"]
      try inbox.send([
        "type": "message.post", "clientID": "client-0002", "conversationID": conversation, "kind": "note",
        "text": "between us",
      ])
      let note = try await colleague.next("message.added") { $0["message"]["kind"] == "note" }
      #expect(note["message"]["text"] == "between us")
      #expect(try await FanOutTests.said(widget) == [])
      let (late, ready) = try await server.widget(token)
      #expect(ready["messages"].array.map { $0["text"] } == ["Hello"])
      #expect(ready["lastNumber"] == 1)
      try late.send(["type": "history", "before": 99])
      #expect(try await late.next("history")["messages"].array.map { $0["text"] } == ["Hello"])
    }
  }

  @Test("what one agent has read is told to that agent's pages only")
  func reads() async throws {
    try await TestServer.run { server, owner in
      let inbox = try await server.inbox(owner)
      let second = try await server.inbox(owner)
      let colleague = try await server.inbox(try await server.agent("Ben"))
      let (widget, _) = try await server.widget(TestServer.token())
      try widget.send(["type": "message.post", "clientID": "client-0001", "text": "Hello"])
      let conversation = try await inbox.next("message.added")["conversation"]["id"]
      try inbox.send(["type": "read", "conversationID": conversation, "number": 1])
      #expect(try await second.next("conversation.read")["number"] == 1)
      _ = try await colleague.next("conversation.seen")
      #expect(try await FanOutTests.heard(colleague).allSatisfy { $0["type"] != "conversation.read" })
    }
  }

  @Test("without a session there is no socket", arguments: [nil, "", String(repeating: "A", count: 43)])
  func noSession(cookie: String?) async throws {
    try await TestServer.run { server, _ in
      await #expect(throws: LiveSocket.Failure.self) {
        try await LiveSocket(Browser(port: server.port, cookie: cookie), "/api/live")
      }
    }
  }

  @Test("an agent who signed out hears nothing more")
  func signedOut() async throws {
    try await TestServer.run { server, owner in
      let leaving = try await server.agent("Ben")
      let gone = try await server.inbox(leaving)
      let inbox = try await server.inbox(owner)
      _ = try await leaving.send("DELETE", "/api/session")
      #expect(try await gone.closing() == 4401)
      let (widget, _) = try await server.widget(TestServer.token())
      try widget.send(["type": "message.post", "clientID": "client-0001", "text": "Hello"])
      _ = try await inbox.next("message.added")
      await #expect(throws: LiveSocket.Failure.self) { try await gone.next() }
    }
  }

  @Test("a token of one site opens nothing on another")
  func otherSite() async throws {
    try await TestServer.run { server, owner in
      let token = TestServer.token()
      let (widget, _) = try await server.widget(token)
      try widget.send(["type": "message.post", "clientID": "client-0001", "text": "Hello"])
      _ = try await widget.next("message")
      let other = try await owner.post(
        "/api/sites", ["name": "Other", "origins": ["https://other.example"]]
      ).json
      var browser = Browser(port: server.port)
      browser.origin = "https://other.example"
      let socket = try await LiveSocket(browser, "/widget/live")
      try socket.send([
        "type": "hello", "site": other["key"], "token": .string(token), "after": 0, "page": nil,
        "language": "", "timeZone": "", "mode": "frame",
      ])
      let ready = try await socket.next("ready")
      #expect(ready["messages"] == [])
      #expect(ready["lastNumber"] == 0)
      #expect(ready["visitor"] == ["name": "", "email": ""])
    }
  }

  @Test(
    "the widget opens only on its site's origins and the server's own",
    arguments: [
      (TestServer.website, true), ("https://shop.example:444", false), ("http://shop.example", false),
      ("https://evil.example", false), ("null", false), ("", false), (nil, false),
    ])
  func widgetOrigin(origin: String?, opens: Bool) async throws {
    try await TestServer.run { server, _ in
      var browser = Browser(port: server.port)
      browser.origin = origin
      let socket = try await LiveSocket(browser, "/widget/live")
      try socket.send([
        "type": "hello", "site": .string(try await server.site().key), "token": .string(TestServer.token()),
        "after": 0, "page": nil, "language": "", "timeZone": "", "mode": "frame",
      ])
      if opens {
        _ = try await socket.next("ready")
      } else {
        #expect(try await socket.closing() == 4403)
      }
    }
  }

  @Test("an unknown site is closed with its code")
  func unknownSite() async throws {
    try await TestServer.run { server, _ in
      var browser = Browser(port: server.port)
      browser.origin = TestServer.website
      let socket = try await LiveSocket(browser, "/widget/live")
      try socket.send([
        "type": "hello", "site": "nobody", "token": .string(TestServer.token()), "after": 0, "page": nil,
        "language": "", "timeZone": "", "mode": "frame",
      ])
      #expect(try await socket.closing() == 4404)
    }
  }

  @Test(
    "what is no command closes the socket as against the policy",
    arguments: [#"{"type":"launch"}"#, "not json", #"{"type":"hello","after":1}"#])
  func notACommand(text: String) async throws {
    try await TestServer.run { server, owner in
      let inbox = try await server.inbox(owner)
      try inbox.send(text: Array(text.utf8))
      #expect(try await inbox.closing() == 1008)
      let healthy = try await server.inbox(owner)
      #expect(try await FanOutTests.heard(healthy) == [])
    }
  }
}
