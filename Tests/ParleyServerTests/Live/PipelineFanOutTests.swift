import ParleyCore
import Testing

@testable import ParleyServer

/// Over real sockets: who hears of the deals of a pipeline that is closed to everyone.
@Suite("Who hears of a pipeline", .timeLimit(.minutes(1)))
struct PipelineFanOutTests {
  /// A closed pipeline, a group that may see it, and nobody in that yet.
  private struct Closed {
    let pipelineID: Int64
    let groupID: Int64
    let everyoneID: Int64

    init(_ owner: Browser) async throws {
      let pipeline = try await owner.post("/api/pipelines", ["name": "Board", "currency": "EUR"]).json
      pipelineID = pipeline["id"].int ?? 0
      everyoneID = try await owner.get("/api/groups").json["groups"][0]["id"].int ?? 0
      groupID = try await owner.post("/api/groups", ["name": "Insiders"]).json["id"].int ?? 0
      try await allow([], everyoneID, owner)
      try await allow(["see"], groupID, owner)
    }

    func allow(_ rights: JSONValue, _ groupID: Int64, _ owner: Browser) async throws {
      let answer = try await owner.send(
        "PUT", "/api/groups/\(groupID)/pipelines/\(pipelineID)", ["rights": rights])
      #expect(answer.status == 200, "\(answer.text)")
    }

    func join(_ agent: Browser, _ owner: Browser) async throws {
      let id = try await agent.get("/api/session").json["agent"]["id"]
      _ = try await owner.patch("/api/groups/\(groupID)", ["members": [id]])
    }

    func addDeal(_ owner: Browser, _ key: String, conversation: Int64? = nil) async throws -> Int64 {
      let draft = try await Scene.draft(owner, conversation).with([
        "pipelineID": .integer(pipelineID), "stageID": nil, "title": "Confidential",
      ])
      let answer = try await owner.post("/api/deals", draft, ["Idempotency-Key": key])
      return try answer.json["deal"]["id"].int ?? 0
    }
  }

  private static func types(_ events: [JSONValue]) -> Set<String> {
    Set(events.compactMap { $0["type"].string })
  }

  @Test("its deals and totals reach those who may see it, and nobody else, who hears of everything else")
  func audience() async throws {
    try await TestServer.run { server, owner in
      let closed = try await Closed(owner)
      let (insider, outsider) = (try await server.agent("Ivy"), try await server.agent("Otto"))
      try await closed.join(insider, owner)
      let (ivy, otto) = (try await server.inbox(insider), try await server.inbox(outsider))
      let (widget, _) = try await server.widget(TestServer.token())
      try widget.send(["type": "message.post", "clientID": "client-0001", "text": "Hello"])
      let conversation = try await otto.next("message.added")["conversation"]["id"].int
      let dealID = try await closed.addDeal(owner, "fan-out-0001", conversation: conversation)
      _ = try await owner.patch("/api/deals/\(dealID)", ["title": "Confidential too"])
      _ = try await owner.post("/api/deals/\(dealID)/notes", ["text": "Hush"])
      _ = try await owner.send("DELETE", "/api/deals/\(dealID)")
      let inside = try await FanOutTests.said(ivy)
      let outside = try await FanOutTests.said(otto)
      let secret: Set<String> = [
        "deal.added", "deal.changed", "deal.removed", "totals.changed", "record.changed",
      ]
      #expect(PipelineFanOutTests.types(inside).isSuperset(of: secret))
      #expect(PipelineFanOutTests.types(outside).isDisjoint(with: secret))
      #expect(PipelineFanOutTests.types(outside).isSuperset(of: ["contact.changed", "account.changed"]))
      func lines(_ events: [JSONValue]) -> [JSONValue] {
        events.filter { $0["message"]["detail"]["status"] == "deal-added" }.map {
          $0["message"]["detail"]["title"]
        }
      }
      #expect(lines(inside) == ["Confidential"])
      #expect(lines(outside) == [""])
    }
  }

  @Test("a change of rights is told to those whose rights they are, and holds from the next event on")
  func change() async throws {
    try await TestServer.run { server, owner in
      let closed = try await Closed(owner)
      let (ben, cleo) = (try await server.agent("Ben"), try await server.agent("Cleo"))
      let (first, second) = (try await server.inbox(ben), try await server.inbox(cleo))
      try await closed.join(ben, owner)
      _ = try await first.next("access.changed")
      #expect(try await ben.get("/api/session").json["pipelines"].array.count == 2)
      #expect(try await cleo.get("/api/session").json["pipelines"].array.count == 1)
      let dealID = try await closed.addDeal(owner, "fan-out-0002")
      #expect(try await first.next("deal.added")["deal"]["id"].int == dealID)
      try await closed.join(cleo, owner)
      _ = try await first.next("access.changed")
      _ = try await second.next("access.changed")
      _ = try await owner.patch("/api/deals/\(dealID)", ["title": "Moved on"])
      #expect(try await second.next("deal.changed")["deal"]["title"] == "Moved on")
      #expect(
        PipelineFanOutTests.types(try await FanOutTests.said(first)).isDisjoint(with: ["deal.changed"]))
      #expect(try await ben.get("/api/deals/\(dealID)").status == 404)
    }
  }

  @Test("who comes back is told by the rights that they have then")
  func replay() async throws {
    try await TestServer.run { server, owner in
      let closed = try await Closed(owner)
      let ben = try await server.agent("Ben")
      try await closed.join(ben, owner)
      let seen = try await ben.get("/api/session").json["sequence"]
      let dealID = try await closed.addDeal(owner, "fan-out-0003")
      func missed() async throws -> Set<String> {
        let socket = try await LiveSocket(ben, "/api/live")
        try socket.send(["type": "hello", "after": seen])
        return PipelineFanOutTests.types(try await socket.all(through: "ready"))
      }
      #expect(try await missed().isSuperset(of: ["deal.added", "totals.changed", "account.changed"]))
      try await closed.allow([], closed.groupID, owner)
      let later = try await missed()
      #expect(later.isDisjoint(with: ["deal.added", "totals.changed"]))
      #expect(later.isSuperset(of: ["access.changed", "account.changed"]))
      #expect(dealID > 0)
    }
  }

  @Test("a role is another from the next request on, and the pages are told")
  func role() async throws {
    try await TestServer.run { server, owner in
      let ben = try await server.agent("Ben")
      let inbox = try await server.inbox(ben)
      let id = try await ben.get("/api/session").json["agent"]["id"].int ?? 0
      #expect(try await ben.get("/api/groups").status == 403)
      _ = try await owner.patch("/api/agents/\(id)", ["role": "owner"])
      _ = try await inbox.next("access.changed")
      #expect(try await ben.get("/api/groups").status == 200)
      #expect(try await owner.patch("/api/agents/1", ["role": "agent"]).status == 200)
      #expect(try await ben.patch("/api/agents/\(id)", ["role": "agent"]).code == "agent.owner-last")
      #expect(try await owner.get("/api/groups").status == 403)
    }
  }
}
