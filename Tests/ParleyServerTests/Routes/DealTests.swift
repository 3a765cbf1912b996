import Testing

@testable import ParleyServer

@Suite("Adding a deal over HTTP", .timeLimit(.minutes(1)))
struct DealTests {
  @Test("one request makes the deal, the contact and the account, and every inbox hears of it")
  func add() async throws {
    try await TestServer.run { server, owner in
      let (widget, _) = try await server.widget(TestServer.token())
      try widget.send(["type": "message.post", "clientID": "client-0001", "text": "Hello"])
      _ = try await widget.next("message")
      let colleague = try await server.inbox(try await server.agent("Ben"))
      let conversation = try await owner.get("/api/conversations").json["conversations"][0]["id"]
      let draft = try await Scene.draft(owner, conversation.int)
      let answer = try await owner.post("/api/deals", draft, ["Idempotency-Key": "deal-0001"])
      #expect(answer.status == 201)
      let added = try answer.json
      #expect(added["created"] == ["contact": true, "account": true])
      #expect(added["deal"]["title"] == "Machine for Ada Lovelace")
      let event = try await colleague.next("deal.added")
      #expect(event["deal"] == added["deal"])
      let panel = try await owner.get("/api/conversations/\(conversation.int ?? 0)").json["panel"]
      #expect(panel["deals"].array == [added["deal"]])
      #expect(panel["contact"]["email"] == "ada@engine.example")
      #expect(panel["account"]["name"] == "Engine Ltd")
      #expect(try await FanOutTests.said(widget).allSatisfy { $0["type"] != "deal.added" })
    }
  }

  @Test("sent again under its key it is one deal; another draft under the key is refused")
  func again() async throws {
    try await TestServer.run { _, owner in
      let draft = try await Scene.draft(owner, nil)
      let first = try await owner.post("/api/deals", draft, ["Idempotency-Key": "deal-0001"])
      let second = try await owner.post("/api/deals", draft, ["Idempotency-Key": "deal-0001"])
      #expect(second.status == 201)
      #expect(try second.json == (try first.json))
      guard case .object(var members) = draft else { return }
      members["title"] = "Another"
      let other = try await owner.post("/api/deals", .object(members), ["Idempotency-Key": "deal-0001"])
      #expect(other.status == 422)
      #expect(try other.code == "idempotency.mismatch")
    }
  }

  @Test("all that is wrong with a draft is told at once")
  func faults() async throws {
    try await TestServer.run { _, owner in
      let answer = try await owner.post(
        "/api/deals",
        [
          "title": "%NOBODY%", "value": ["minor": -1, "currency": "USD"],
          "contact": ["new": ["name": "A", "email": ""]],
        ],
        ["Idempotency-Key": "deal-0001"])
      #expect(answer.status == 422)
      let error = try answer.json["error"]
      #expect(error["code"] == "deal.invalid")
      #expect(error["tags"] == ["%NOBODY%"] || error["tags"] == ["NOBODY"])
      guard case .object(let fields) = error["fields"] else {
        Issue.record("there are no fields")
        return
      }
      #expect(Set(fields.keys).isSuperset(of: ["title", "value", "pipeline", "contact"]))
    }
  }
}
