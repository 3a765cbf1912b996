import Testing

@testable import ParleyServer

@Suite("Refusals", .timeLimit(.minutes(1)))
struct RefusalTests {
  struct Case: Sendable {
    let method: String
    let path: String
    let body: String
    let status: Int
    let code: String
    var fields: [String: String] = [:]
  }

  @Test(
    "what is wrong with a request is told by code and by field",
    arguments: [
      Case(method: "POST", path: "/api/session", body: "{", status: 400, code: "request.malformed"),
      Case(method: "POST", path: "/api/session", body: "", status: 400, code: "request.malformed"),
      Case(
        method: "POST", path: "/api/session", body: "[]", status: 422, code: "request.invalid",
        fields: ["body": "field.invalid"]),
      Case(
        method: "POST", path: "/api/session", body: #"{"email":"a@b.example"}"#, status: 422,
        code: "request.invalid", fields: ["password": "field.required"]),
      Case(
        method: "POST", path: "/api/session", body: #"{"email":1,"password":"x"}"#, status: 422,
        code: "request.invalid", fields: ["email": "field.invalid"]),
      Case(
        method: "PATCH", path: "/api/session/preferences", body: #"{"theme":"pink"}"#, status: 422,
        code: "request.invalid", fields: ["theme": "field.invalid"]),
      Case(
        method: "POST", path: "/api/deals/preview", body: #"{"title":"x","contact":{"new":{"name":7}}}"#,
        status: 422, code: "request.invalid", fields: ["contact.new.name": "field.invalid"]),
      Case(
        method: "POST", path: "/api/deals", body: "{}", status: 422, code: "request.invalid",
        fields: ["Idempotency-Key": "field.required"]),
      Case(
        method: "GET", path: "/api/conversations?limit=0", body: "", status: 422, code: "request.invalid",
        fields: ["limit": "field.invalid"]),
      Case(
        method: "GET", path: "/api/conversations?limit=101", body: "", status: 422, code: "request.invalid",
        fields: ["limit": "field.invalid"]),
      Case(
        method: "GET", path: "/api/conversations?assignee=nobody", body: "", status: 422,
        code: "request.invalid", fields: ["assignee": "field.invalid"]),
      Case(
        method: "GET", path: "/api/conversations/1/messages?before=3&after=1", body: "", status: 422,
        code: "request.invalid", fields: ["after": "field.invalid"]),
      Case(
        method: "PATCH", path: "/api/conversations/999", body: #"{"status":"open"}"#, status: 404,
        code: "not.found"),
      Case(
        method: "PATCH", path: "/api/workspace", body: #"{"timeZone":"Mars/Base"}"#, status: 422,
        code: "workspace.invalid", fields: ["timeZone": "workspace.time-zone.invalid"]),
      Case(method: "GET", path: "/api/nothing", body: "", status: 404, code: "not.found"),
      Case(method: "DELETE", path: "/api/deals", body: "", status: 405, code: "method.denied"),
      Case(method: "GET", path: "/api/live", body: "", status: 426, code: "websocket.required"),
    ])
  func refusals(of expected: Case) async throws {
    try await TestServer.run { _, owner in
      let bytes = expected.method == "GET" ? nil : Array(expected.body.utf8)
      let answer = try await owner.send(expected.method, expected.path, bytes: bytes)
      #expect(answer.status == expected.status)
      #expect(try answer.code == expected.code)
      let fields = try answer.json["error"]["fields"]
      #expect(fields == (expected.fields.isEmpty ? nil : .object(expected.fields.mapValues { .string($0) })))
    }
  }

  @Test("a body is refused beyond its operation's limit, by its declared length")
  func bodyLimit() async throws {
    try await TestServer.run { server, owner in
      for (size, status) in [(4096, 401), (4097, 413)] {
        var body = Array(#"{"email":"a@b.example","password":""#.utf8)
        body += Array(repeating: UInt8(ascii: "x"), count: size - body.count - 2) + Array("\"}".utf8)
        let answer = try await owner.send("POST", "/api/session", bytes: body)
        #expect(answer.status == status)
      }
      let large = try await owner.send(
        "POST", "/api/session", bytes: [], ["Content-Length": "5000", "Expect": "100-continue"])
      #expect(try large.code == "body.too-large")
    }
  }

  @Test("a second agent of the same address, and a second contact, are refused with what exists")
  func taken() async throws {
    try await TestServer.run { server, owner in
      let scene = try await Scene(server, owner)
      let agent = try await owner.post(
        "/api/agents",
        ["name": "Olive", "email": "OLIVE@acme.example", "password": "a long password", "role": "agent"])
      #expect(agent.status == 409)
      #expect(try agent.code == "agent.email.taken")
      #expect(try agent.json["error"]["existing"]["name"] == "Olive Owner")
      for path in ["/api/groups", "/api/fields"] {
        let body: JSONValue = ["name": "Taken", "kind": "deal", "type": "text"]
        let first = try await owner.send("POST", path, body, ["Idempotency-Key": "taken-0000000001"])
        let second = try await owner.send("POST", path, body, ["Idempotency-Key": "taken-0000000002"])
        #expect(first.status == 201, "\(first.text)")
        #expect(second.status == 422)
        let existing = try second.json["error"]["existing"]
        #expect(existing["id"] == (try first.json["id"]) && existing["name"] == "Taken")
      }
      var draft = try await Scene.draft(owner, nil)
      if case .object(var members) = draft {
        members["contact"] = ["new": ["name": "Bob", "email": "bob@engine.example"]]
        draft = .object(members)
      }
      let bob = try await owner.post("/api/deals", draft, ["Idempotency-Key": "taken-0001"]).json
      let bobID = try #require(bob["deal"]["contact"]["id"].int)
      let answer = try await owner.patch("/api/contacts/\(bobID)", ["email": "Ada@Engine.example"])
      #expect(answer.status == 409)
      #expect(try answer.code == "contact.email.taken")
      #expect(try answer.json["error"]["existing"]["id"] == .integer(scene.contactID))
    }
  }
}
