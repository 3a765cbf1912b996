import Testing

@testable import ParleyServer

@Suite("A visitor and an agent talk", .timeLimit(.minutes(1)))
struct ConversationTests {
  @Test(
    "a visitor's message reaches the inbox, the answer reaches the visitor, and each sender their own copy")
  func bothWays() async throws {
    try await TestServer.run { server, owner in
      let inbox = try await server.inbox(owner)
      let (widget, ready) = try await server.widget(TestServer.token())
      #expect(ready["status"] == "none")
      #expect(ready["online"] == true)
      #expect(Conformity.faults(of: ready["site"]["greetings"], against: .named("Greetings")) == [])
      #expect(ready["messages"] == [])
      try widget.send(["type": "message.post", "clientID": "client-0001", "text": "Hello"])
      let own = try await widget.next("message")
      #expect(own["message"]["clientID"] == "client-0001")
      #expect(own["message"]["number"] == 1)
      let page = try await inbox.next("message.added")
      #expect(page["message"]["detail"] == ["url": "https://shop.example/", "title": "Shop"])
      let added = try await inbox.next("message.added")
      #expect(added["message"]["text"] == "Hello")
      #expect(added["conversation"]["online"] == true)
      #expect(Conformity.faults(of: added["message"], against: .named("Message")) == [])
      #expect(Conformity.faults(of: added["conversation"], against: .named("Conversation")) == [])
      try inbox.send([
        "type": "message.post", "clientID": "client-0002", "conversationID": added["conversation"]["id"],
        "kind": "text", "text": "Good morning",
      ])
      let answer = try await widget.next("message")
      #expect(answer["message"]["text"] == "Good morning")
      #expect(answer["message"]["clientID"] == nil)
      #expect(answer["agent"]["name"] == "Olive Owner")
      #expect(answer["unread"] == 1)
      let acknowledged = try await inbox.next("message.added") { $0["message"]["author"] == "agent" }
      #expect(acknowledged["message"]["clientID"] == "client-0002")
      let metrics = try await owner.get("/metrics").text
      #expect(metrics.contains("parley_messages_total{author=\"visitor\"} 1\n"))
      #expect(metrics.contains("parley_messages_total{author=\"agent\"} 1\n"))
    }
  }

  @Test("a message sent twice is stored once, and acknowledged twice")
  func resend() async throws {
    try await TestServer.run { server, owner in
      let inbox = try await server.inbox(owner)
      let (widget, _) = try await server.widget(TestServer.token())
      let message: JSONValue = ["type": "message.post", "clientID": "client-0001", "text": "Hello"]
      try widget.send(message)
      try widget.send(message)
      let first = try await widget.next("message")
      let second = try await widget.next("message")
      #expect(first["message"]["number"] == second["message"]["number"])
      let added = try await inbox.next("message.added")
      let conversation = try #require(added["conversation"]["id"].int)
      let thread = try await owner.get("/api/conversations/\(conversation)/messages").json
      #expect(thread["messages"].array.filter { $0["kind"] == "text" }.count == 1)

      let answer: JSONValue = [
        "type": "message.post", "clientID": "client-0002", "conversationID": .integer(conversation),
        "kind": "text", "text": "Yes?",
      ]
      try inbox.send(answer)
      try inbox.send(answer)
      let copies = [
        try await inbox.next("message.added"), try await inbox.next("message.added"),
      ]
      .filter { $0["message"]["kind"] == "text" }
      #expect(Set(copies.map { $0["message"]["number"] }).count == 1)
    }
  }

  @Test("after a lost connection the visitor gets what was said meanwhile, once")
  func visitorResumes() async throws {
    try await TestServer.run { server, owner in
      let token = TestServer.token()
      let inbox = try await server.inbox(owner)
      let (first, _) = try await server.widget(token)
      try first.send(["type": "message.post", "clientID": "client-0001", "text": "Hello"])
      _ = try await first.next("message")
      let conversation = try await inbox.next("message.added")["conversation"]["id"]
      first.close()
      for number in 2...4 {
        try inbox.send([
          "type": "message.post", "clientID": .string("client-000\(number)"), "conversationID": conversation,
          "kind": number == 3 ? "note" : "text", "text": .string("answer \(number)"),
        ])
        _ = try await inbox.next("message.added") {
          $0["message"]["agentID"] != nil && $0["message"]["clientID"] != nil
        }
      }
      let (_, ready) = try await server.widget(token, after: 1)
      #expect(ready["messages"].array.map { $0["text"] } == ["answer 2", "answer 4"])
      #expect(ready["messages"].array.map { $0["number"] } == [2, 3])
      #expect(ready["startOver"] == false)
      #expect(ready["unread"] == 2)
    }
  }

  @Test("after a lost connection the inbox gets each missed event once, in order, then ready")
  func inboxResumes() async throws {
    try await TestServer.run { server, owner in
      let opening = try await owner.get("/api/session").json
      let (widget, _) = try await server.widget(TestServer.token())
      for number in 1...5 {
        try widget.send([
          "type": "message.post", "clientID": .string("client-000\(number)"), "text": .string("\(number)"),
        ])
        _ = try await widget.next("message")
      }
      let socket = try await LiveSocket(owner, "/api/live")
      try socket.send(["type": "hello", "after": opening["sequence"]])
      let replayed = try await socket.all(through: "ready")
      let texts = replayed.filter { $0["message"]["kind"] == "text" }.map { $0["message"]["text"] }
      #expect(texts == ["1", "2", "3", "4", "5"])
      let numbers = replayed.compactMap { $0["sequence"].int }
      #expect(numbers == numbers.sorted())
      #expect(Set(numbers.dropLast()).count == numbers.count - 1)
      #expect(numbers.dropLast().allSatisfy { $0 > opening["sequence"].int ?? 0 })
    }
  }

  @Test(
    "a number from another life of the database starts the inbox over", arguments: [1_000_000, 9_000_000_000])
  func startOver(after: Int64) async throws {
    try await TestServer.run { server, owner in
      let socket = try await LiveSocket(owner, "/api/live")
      try socket.send(["type": "hello", "after": .integer(after)])
      let first = try await socket.next("startOver")
      let opening = try await owner.get("/api/session").json
      #expect(first["sequence"] == opening["sequence"])
      try socket.send(["type": "ping"])
      _ = try await socket.next("pong")
    }
  }

  @Test("a visitor pages back through a long history")
  func history() async throws {
    try await TestServer.run { server, _ in
      let token = TestServer.token()
      let (widget, _) = try await server.widget(token)
      for number in 1...60 {
        try widget.send([
          "type": "message.post", "clientID": .string("client-\(1000 + number)"),
          "text": .string("\(number)"),
        ])
        _ = try await widget.next("message")
      }
      let (again, ready) = try await server.widget(token)
      #expect(ready["messages"].array.count == 50)
      #expect(ready["hasEarlier"] == true)
      try again.send(["type": "history", "before": ready["messages"][0]["number"]])
      let history = try await again.next("history")
      #expect(history["messages"].array.map { $0["number"] } == (1...10).map { .integer($0) })
      #expect(history["hasEarlier"] == false)
    }
  }

  @Test(
    "a message that cannot be stored is refused by its id, and the socket goes on",
    arguments: [
      ("client-0001", "", "message.text.required"), ("client-0001", "   ", "message.text.required"),
      ("short", "Hello", "message.client-id.invalid"),
      ("client-0001", String(repeating: "x", count: 10_001), "message.text.too-long"),
    ])
  func refused(clientID: String, text: String, code: String) async throws {
    try await TestServer.run { server, _ in
      let (widget, _) = try await server.widget(TestServer.token())
      try widget.send(["type": "message.post", "clientID": .string(clientID), "text": .string(text)])
      let refusal = try await widget.next("refused")
      #expect(refusal["clientID"] == .string(clientID))
      #expect(refusal["error"]["code"] == .string(code))
      try widget.send(["type": "message.post", "clientID": "client-0002", "text": "Hello"])
      #expect(try await widget.next("message")["message"]["text"] == "Hello")
    }
  }

  @Test("an agent's message to no conversation is refused by its id")
  func refusedAgent() async throws {
    try await TestServer.run { server, owner in
      let inbox = try await server.inbox(owner)
      try inbox.send([
        "type": "message.post", "clientID": "client-0001", "conversationID": 99, "kind": "text", "text": "?",
      ])
      let refusal = try await inbox.next("refused")
      #expect(refusal["clientID"] == "client-0001")
      #expect(refusal["error"]["code"] == "not.found")
    }
  }

  @Test("a flood of messages is refused beyond its burst, and the socket stays")
  func flood() async throws {
    try await TestServer.run(limitsVisitors: true) { server, _ in
      let (widget, _) = try await server.widget(TestServer.token())
      for number in 0..<40 {
        try widget.send([
          "type": "message.post", "clientID": .string("client-\(1000 + number)"), "text": "again",
        ])
      }
      let refusal = try await widget.next("refused")
      #expect(refusal["error"]["code"] == "message.throttled")
      try widget.send(["type": "ping"])
      _ = try await widget.next("pong")
    }
  }

  @Test("the limit is the visitor's: another tab, or a new connection, gives no more")
  func limitOfAllTabs() async throws {
    try await TestServer.run(limitsVisitors: true) { server, _ in
      let token = TestServer.token()
      let (one, _) = try await server.widget(token)
      for number in 0..<20 {
        let id: JSONValue = .string("client-\(1000 + number)")
        try one.send(["type": "message.post", "clientID": id, "text": "again"])
        #expect(try await one.next("message")["message"]["clientID"] == id)
      }
      let message: JSONValue = ["type": "message.post", "clientID": "client-2000", "text": "once more"]
      let (two, _) = try await server.widget(token)
      try two.send(message)
      #expect(try await two.next("refused")["error"]["code"] == "message.throttled")
      one.close()
      two.close()
      let (three, _) = try await server.widget(token)
      try three.send(message)
      #expect(try await three.next("refused")["error"]["code"] == "message.throttled")
      let (other, _) = try await server.widget(TestServer.token())
      try other.send(message)
      #expect(try await other.next("message")["message"]["text"] == "once more")
      server.pass(milliseconds: 200)
      try three.send(message)
      #expect(try await three.next("message")["message"]["text"] == "once more")
    }
  }

  @Test("seen marks reach the other side, and the visitor's tabs agree")
  func seen() async throws {
    try await TestServer.run { server, owner in
      let token = TestServer.token()
      let inbox = try await server.inbox(owner)
      let (one, _) = try await server.widget(token)
      let (two, _) = try await server.widget(token, mode: "background")
      try one.send(["type": "message.post", "clientID": "client-0001", "text": "Hello"])
      let conversation = try await inbox.next("message.added")["conversation"]["id"]
      try inbox.send(["type": "read", "conversationID": conversation, "number": 9])
      #expect(try await one.next("seen")["agentsSeenNumber"] == 1)
      try inbox.send([
        "type": "message.post", "clientID": "client-0002", "conversationID": conversation, "kind": "text",
        "text": "Good morning",
      ])
      let answer = try await one.next("message") { $0["message"]["author"] == "agent" }
      try one.send(["type": "seen", "number": answer["message"]["number"]])
      let mark = try await two.next("seen") { $0["seenNumber"] == answer["message"]["number"] }
      #expect(mark["unread"] == 0)
      let seen = try await inbox.next("conversation.seen") { $0["visitorSeenNumber"] != 0 }
      #expect(seen["conversationID"] == conversation)
    }
  }
}
