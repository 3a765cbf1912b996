import Testing

@testable import ParleyServer

@Suite("Fields of one's own over HTTP", .timeLimit(.minutes(1)))
struct FieldRouteTests {
  @Test(
    "a field is made, filled, filtered by, renamed, put in order and removed, in the shapes of the interface")
  func story() async throws {
    try await TestServer.run { server, owner in
      let scene = try await Scene(server, owner)
      let draft: JSONValue = [
        "kind": "deal", "type": "choices", "name": "Uses", "choices": [["name": "Bar"], ["name": "Home"]],
      ]
      #expect(Conformity.faults(of: draft, against: .named("FieldDraft")) == [])
      let added = try await owner.post("/api/fields", draft)
      #expect(added.status == 201)
      #expect(Conformity.faults(of: try added.json, against: .named("Field")) == [])
      let id = try #require(try added.json["id"].int)
      let bar = try added.json["choices"][0]["id"]
      #expect(try await owner.get("/api/session").json["fields"][0] == added.json)

      let change: JSONValue = ["fields": ["\(id)": [bar]]]
      #expect(Conformity.faults(of: change, against: .named("DealChange")) == [])
      let deal = try await owner.send("PATCH", "/api/deals/\(scene.dealID)", change)
      #expect(Conformity.faults(of: try deal.json, against: .named("Deal")) == [])
      #expect(try deal.json["fields"]["\(id)"] == [bar])
      let found = try await owner.get("/api/deals?field.\(id)=\(bar.int ?? 0)")
      #expect(try found.json["count"] == 1)
      let bad = try await owner.get("/api/deals?field.\(id).from=1")
      #expect(try bad.status == 422 && bad.json["error"]["fields"]["field.\(id)"] == "field.invalid")
      for query in ["field.x=1", "field.1.from.to=2", "field.1.since=2", "field.=1"] {
        #expect(try await owner.get("/api/contacts/list?\(query)").status == 422, "\(query)")
      }

      let renamed: JSONValue = ["name": "Purpose", "choices": [["name": "Home"]]]
      let inUse = try await owner.send("PATCH", "/api/fields/\(id)", renamed)
      #expect(try inUse.status == 409 && inUse.code == "field.in-use" && inUse.json["error"]["records"] == 1)
      let order = try await owner.send("PUT", "/api/fields", ["kind": "deal", "order": [.integer(id)]])
      #expect(try order.status == 200 && order.json["fields"][0]["id"] == .integer(id))
      #expect(try await owner.send("DELETE", "/api/fields/\(id)").status == 409)
      #expect(try await owner.send("DELETE", "/api/fields/\(id)?removeValues=true").status == 204)
      #expect(try await owner.get("/api/fields").json["fields"] == [])
      #expect(try await owner.get("/api/deals/\(scene.dealID)").json["fields"] == [:])
      let gone = try await owner.get("/api/deals?field.\(id)=\(bar.int ?? 0)")
      #expect(try gone.json["error"]["fields"]["field.\(id)"] == "fields.unknown")
    }
  }

  @Test("who is no owner may see them, and no more")
  func agents() async throws {
    try await TestServer.run { server, owner in
      _ = try await owner.post("/api/fields", ["kind": "account", "type": "text", "name": "Note"])
      let agent = try await server.agent("Ben")
      #expect(try await agent.get("/api/fields").json["fields"][0]["name"] == "Note")
      let attempts: [(String, String, JSONValue?)] = [
        ("POST", "/api/fields", ["kind": "deal", "type": "text", "name": "X"]),
        ("PUT", "/api/fields", ["kind": "account", "order": [1]]),
        ("PATCH", "/api/fields/1", ["name": "X"]), ("DELETE", "/api/fields/1", nil),
      ]
      for (method, path, body) in attempts {
        let answer = try await agent.send(method, path, body)
        #expect(try answer.status == 403 && answer.code == "permission.denied", "\(method) \(path)")
      }
    }
  }
}
