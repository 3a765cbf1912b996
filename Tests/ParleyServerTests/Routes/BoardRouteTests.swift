import Testing

@testable import ParleyServer

@Suite("Deals at work over HTTP", .timeLimit(.minutes(1)))
struct BoardRouteTests {
  @Test("a move is heard by every inbox with the deal and what its columns come to, and by no visitor")
  func move() async throws {
    try await TestServer.run { server, owner in
      let scene = try await Scene(server, owner)
      let (widget, _) = try await server.widget(TestServer.token())
      let colleague = try await server.inbox(try await server.agent("Ben"))
      let pipeline = try await owner.get("/api/pipelines").json["pipelines"][0]
      let target = pipeline["stages"][1]["id"]
      let answer = try await owner.post(
        "/api/deals/\(scene.dealID)/move", ["stageID": target, "after": nil])
      #expect(answer.status == 200)
      // Who comes and goes is told in between.
      let heard = try await colleague.all(through: "totals.changed").filter { !$0["sequence"].isNull }
      #expect(heard.map { $0["type"].string } == ["record.changed", "deal.changed", "totals.changed"])
      #expect(heard[0]["record"] == ["kind": "deal", "id": .integer(scene.dealID)])
      #expect(heard[0]["part"] == "changes")
      #expect(heard[1]["deal"] == (try answer.json))
      #expect(heard[2]["pipelineID"] == pipeline["id"])
      #expect(
        heard[2]["columns"] == [
          ["stageID": .integer(scene.stageID), "status": "open", "count": 0, "totals": []],
          [
            "stageID": target, "status": "open", "count": 1,
            "totals": [["currency": "USD", "count": 1, "minor": "125000"]],
          ],
        ])
      #expect(try await FanOutTests.said(widget).isEmpty)
    }
  }

  @Test("a removed deal is told by its id and column; then it is not found")
  func removal() async throws {
    try await TestServer.run { server, owner in
      let scene = try await Scene(server, owner)
      let colleague = try await server.inbox(try await server.agent("Ben"))
      #expect(try await owner.send("DELETE", "/api/deals/\(scene.dealID)").status == 204)
      let removed = try await colleague.next("deal.removed")
      #expect(removed["dealID"].int == scene.dealID && removed["stageID"].int == scene.stageID)
      for path in ["", "/notes", "/tasks", "/changes"] {
        #expect(try await owner.get("/api/deals/\(scene.dealID)\(path)").status == 404, "\(path)")
      }
      #expect(try await owner.send("DELETE", "/api/deals/\(scene.dealID)").status == 404)
    }
  }

  @Test("a stage that holds deals is kept until it is said where they go, and the last one always")
  func stages() async throws {
    try await TestServer.run { server, owner in
      let scene = try await Scene(server, owner)
      let stages = try await owner.get("/api/pipelines").json["pipelines"][0]["stages"].array
      let path = "/api/stages/\(scene.stageID)"
      let refused = try await owner.send("DELETE", path)
      #expect(refused.status == 409)
      #expect(try refused.json["error"] == ["code": "stage.not-empty", "deals": 1])
      #expect(try await owner.send("DELETE", "\(path)?moveTo=99").status == 422)
      let inbox = try await server.inbox(owner)
      #expect(try await owner.send("DELETE", "\(path)?moveTo=\(stages[2]["id"].int ?? 0)").status == 204)
      _ = try await inbox.next("pipelines.changed")
      #expect(try await owner.get("/api/deals/\(scene.dealID)").json["stage"] == stages[2])
      #expect(try await owner.send("DELETE", "/api/stages/\(stages[1]["id"].int ?? 0)").status == 204)
      let last = try await owner.send("DELETE", "/api/stages/\(stages[2]["id"].int ?? 0)")
      #expect(last.status == 409)
      #expect(try last.code == "stage.last")
      #expect(try await owner.send("DELETE", "/api/pipelines/\(scene.pipelineID)").status == 409)
    }
  }

  @Test(
    "a filter that cannot be read is the client's fault, by its name",
    arguments: [
      ("sort", "best"), ("status", "maybe"), ("valueFrom", "-1"), ("closeTo", "2026-02-30"), ("limit", "101"),
      ("limit", "0"), ("owner", "me"), ("before", "x"),
    ])
  func queries(name: String, value: String) async throws {
    try await TestServer.run { _, owner in
      let answer = try await owner.get("/api/deals?\(name)=\(value)")
      #expect(answer.status == 422)
      #expect(try answer.json["error"]["fields"] == .object([name: "field.invalid"]))
    }
  }

  @Test("a page's next leads on over HTTP, whatever is in it")
  func paging() async throws {
    try await TestServer.run { server, owner in
      for number in 0..<5 {
        guard case .object(var draft) = try await Scene.draft(owner, nil) else { return }
        draft["title"] = .string("A \"quoted\" é & 100% \(number)")
        let added = try await owner.post(
          "/api/deals", .object(draft), ["Idempotency-Key": "deal-000\(number)"])
        #expect(added.status == 201)
      }
      var ids: [Int64] = []
      var query = ""
      repeat {
        let page = try await owner.get("/api/deals?sort=title&limit=2\(query)").json
        #expect(page["count"] == 5)
        ids += page["deals"].array.compactMap(\.["id"].int)
        let next = page["next"].string
        query = next.map { "&before=\(Self.encoded($0))" } ?? ""
      } while !query.isEmpty
      #expect(ids.count == 5 && ids == ids.sorted())
    }
  }

  private static func encoded(_ text: String) -> String {
    text.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
