import ParleyCore
import Testing

@testable import ParleyServer

@Suite("Presence and typing", .timeLimit(.minutes(1)))
struct PresenceTests {
  @Test("a visitor's typing shows in the inboxes, and ends by itself")
  func visitorTypes() async throws {
    try await TestServer.run { server, owner in
      let inbox = try await server.inbox(owner)
      let (widget, _) = try await server.widget(TestServer.token())
      try widget.send(["type": "typing", "on": true])
      try widget.send(["type": "message.post", "clientID": "client-0001", "text": "Hello"])
      let conversation = try await inbox.next("message.added")["conversation"]["id"]
      try widget.send(["type": "typing", "on": true])
      let on = try await inbox.next("typing")
      #expect(on == ["type": "typing", "conversationID": conversation, "by": "visitor", "on": true])
      server.pass(milliseconds: Typing.lifetime)
      #expect(try await inbox.next("typing")["on"] == false)
    }
  }

  @Test(
    "an agent's typing shows to the visitor by name and to colleagues by id, not to the agent, and ends with the message"
  )
  func agentTypes() async throws {
    try await TestServer.run { server, owner in
      let inbox = try await server.inbox(owner)
      let colleague = try await server.inbox(try await server.agent("Ben"))
      let token = TestServer.token()
      let (widget, _) = try await server.widget(token)
      let (launcher, _) = try await server.widget(token, mode: "background")
      try widget.send(["type": "message.post", "clientID": "client-0001", "text": "Hello"])
      let conversation = try await inbox.next("message.added")["conversation"]["id"]
      try inbox.send(["type": "typing", "conversationID": conversation, "on": true])
      let shown = try await widget.next("typing")
      #expect(shown["agent"]["name"] == "Olive Owner")
      #expect(shown["on"] == true)
      #expect(try await colleague.next("typing")["by"] == shown["agent"]["id"])
      try inbox.send([
        "type": "message.post", "clientID": "client-0002", "conversationID": conversation, "kind": "text",
        "text": "Good morning",
      ])
      #expect(try await widget.next("typing")["on"] == false)
      #expect(try await colleague.next("typing")["on"] == false)
      #expect(try await FanOutTests.heard(inbox).allSatisfy { $0["type"] != "typing" })
      #expect(try await FanOutTests.heard(launcher).allSatisfy { $0["type"] != "typing" })
    }
  }

  @Test("visitors hear when the team comes and goes; a reload within the grace is neither")
  func teamOnline() async throws {
    try await TestServer.run { server, owner in
      let (widget, ready) = try await server.widget(TestServer.token())
      #expect(ready["online"] == false)
      let first = try await server.inbox(owner)
      #expect(try await widget.next("online")["online"] == true)
      first.close()
      let second = try await server.inbox(owner)
      server.pass(milliseconds: 60_000)
      #expect(try await FanOutTests.heard(widget) == [])
      second.close()
      try await PresenceTests.awaitDeparture(server) {
        server.parley.presence.isAnyAgentOnline
      }
      #expect(try await widget.next("online")["online"] == false)
    }
  }

  @Test("inboxes hear when a visitor whom the database knows comes and goes, and nothing of others")
  func visitorOnline() async throws {
    try await TestServer.run { server, owner in
      let token = TestServer.token()
      let (first, _) = try await server.widget(token)
      try first.send(["type": "message.post", "clientID": "client-0001", "text": "Hello"])
      _ = try await first.next("message")
      let inbox = try await server.inbox(owner)
      let list = try await owner.get("/api/conversations").json
      #expect(list["conversations"][0]["online"] == true)
      let id = try #require(list["conversations"][0]["visitorID"].int)
      _ = try await server.widget(TestServer.token())
      first.close()
      let key = try #require(VisitorKey(token: token))
      try await PresenceTests.awaitDeparture(server) { server.parley.presence.isOnline(key) }
      let gone = try await inbox.next("presence") { $0["visitors"] != [:] }
      #expect(gone["visitors"] == .object([String(id): false]))
      let offline = try await owner.get("/api/conversations").json
      #expect(offline["conversations"][0]["online"] == false)
      _ = try await server.widget(token)
      let back = try await inbox.next("presence")
      #expect(back["visitors"] == .object([String(id): true]))
    }
  }

  /// Lets time pass until someone who closed their last socket is away. When the server sees the socket close is up to the kernel.
  private static func awaitDeparture(_ server: TestServer, while isThere: () -> Bool) async throws {
    while isThere() {
      server.pass(milliseconds: 6000)
      await Task.yield()
    }
  }
}
