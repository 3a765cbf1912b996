import HTTPWire
import Testing

@testable import ParleyServer

/// What an operation is asked for in the tests that try them all.
struct Example: Sendable {
  let method: String
  let path: String
  var query = ""
  var body: JSONValue?
  var fields: [String: String] = [:]
}

@Suite("The operations", .timeLimit(.minutes(1)))
struct OperationTests {
  /// One request that succeeds for each operation that answers JSON; set-up, sign-in and deals have tests of their own.
  static let examples: [Example] = [
    Example(method: "GET", path: "/api/setup"),
    Example(method: "GET", path: "/api/session"),
    Example(
      method: "PATCH", path: "/api/session/preferences", body: ["sendWith": "ctrl-enter", "theme": "dark"]),
    Example(method: "PATCH", path: "/api/session/agent", body: ["name": "Olive O."]),
    Example(
      method: "GET", path: "/api/conversations", query: "?assignee=all&status=open&limit=10&before=999999"),
    Example(method: "GET", path: "/api/conversations/search", query: "?q=espre"),
    Example(method: "GET", path: "/api/conversations/unread"),
    Example(method: "GET", path: "/api/conversations/{id}"),
    Example(
      method: "PATCH", path: "/api/conversations/{id}", body: ["assigneeID": nil, "status": "completed"]),
    Example(method: "GET", path: "/api/conversations/{id}/messages", query: "?around=1&limit=5"),
    Example(method: "PATCH", path: "/api/visitors/{id}", body: ["name": "Ada", "phone": "+44 1"]),
    Example(method: "GET", path: "/api/contacts", query: "?search=ad&limit=3"),
    Example(method: "GET", path: "/api/contacts/{id}"),
    Example(method: "PATCH", path: "/api/contacts/{id}", body: ["jobTitle": "Countess"]),
    Example(method: "GET", path: "/api/accounts", query: "?search=eng"),
    Example(method: "GET", path: "/api/accounts/{id}"),
    Example(method: "GET", path: "/api/pipelines"),
    Example(
      method: "POST", path: "/api/deals/preview",
      body: ["title": "For %FULLNAME% %NOBODY%", "contact": nil, "account": ["new": ["name": "Engine"]]]),
    Example(method: "GET", path: "/api/deals/{id}"),
    Example(method: "GET", path: "/api/sites"),
    Example(
      method: "POST", path: "/api/sites", body: ["name": "Second", "origins": ["https://two.example"]]),
    Example(
      method: "PATCH", path: "/api/sites/{id}", body: ["greetings": ["fr": "Bonjour"], "position": "left"]),
    Example(method: "GET", path: "/api/agents"),
    Example(
      method: "POST", path: "/api/agents",
      body: ["name": "Ben", "email": "ben@acme.example", "password": "a long password", "role": "agent"]),
    Example(method: "PATCH", path: "/api/workspace", body: ["timeZone": "Asia/Tokyo"]),
  ]

  /// The same for what is done with deals.
  static let dealExamples: [Example] = [
    Example(method: "POST", path: "/api/pipelines", body: ["name": "Service", "currency": "EUR"]),
    Example(method: "PATCH", path: "/api/pipelines/{id}", body: ["assignment": "round-robin"]),
    Example(method: "GET", path: "/api/pipelines/{id}/board", query: "?status=all&owner=1"),
    Example(
      method: "POST", path: "/api/pipelines/{id}/stages", body: ["name": "Won over", "probability": 90]),
    Example(method: "PATCH", path: "/api/stages/{id}", body: ["rottingDays": 7, "sort": "value"]),
    Example(
      method: "GET", path: "/api/deals",
      query: "?sort=close&status=all&valueFrom=1&closeFrom=2026-01-01&search=mach&tag=fair&tag=VIP&limit=2"),
    Example(
      method: "PATCH", path: "/api/deals/{id}",
      body: [
        "title": "Two", "status": "lost", "lostReason": "Tea", "tags": ["barista"], "forecastedCloseOn": nil,
      ]),
    Example(method: "POST", path: "/api/deals/{id}/move", body: ["stageID": 2, "after": nil]),
    Example(method: "GET", path: "/api/deals/{id}/changes", query: "?limit=5"),
    Example(method: "DELETE", path: "/api/deals/{id}/contacts/{contact}"),
    Example(method: "GET", path: "/api/deals/{id}/conversations"),
    Example(method: "PUT", path: "/api/deals/{id}/conversations/{conversation}"),
    Example(method: "DELETE", path: "/api/deals/{id}/conversations/{conversation}"),
    Example(
      method: "POST", path: "/api/deals/bulk",
      body: ["ids": [1, 2], "change": ["addTag": "fair", "stageID": 2]]),
    Example(method: "GET", path: "/api/tags", query: "?search=ba"),
    Example(
      method: "POST", path: "/api/contacts/bulk",
      body: ["ids": [1, 99], "change": ["addTag": "fair", "accountID": nil]]),
    Example(
      method: "POST", path: "/api/contacts/bulk",
      query:
        "?tag=VIP&tag=fair&owner=0&deals=none&conversations=any&talkedTo=2026-11-23&createdFrom=2026-01-01",
      body: ["all": true, "after": nil, "change": ["removeTag": "fair"]]),
    Example(
      method: "POST", path: "/api/accounts/bulk", query: "?search=eng&deals=any",
      body: ["all": true, "change": ["ownerID": 1]]),
    Example(method: "GET", path: "/api/contacts/{id}/merges"),
    Example(method: "GET", path: "/api/contacts/{id}/duplicates"),
    Example(method: "GET", path: "/api/accounts/{id}/merges"),
    Example(method: "GET", path: "/api/accounts/{id}/duplicates"),
    Example(method: "GET", path: "/api/views"),
    Example(
      method: "POST", path: "/api/views",
      body: ["kind": "contacts", "name": "VIPs", "query": "tag=VIP", "columns": ["tags"], "isShared": true],
      fields: ["Idempotency-Key": "views-000000000001"]),
    Example(method: "GET", path: "/api/deals/{id}/notes"),
    Example(method: "POST", path: "/api/contacts/{id}/notes", body: ["text": "Countess"]),
    Example(method: "PATCH", path: "/api/notes/{id}", body: ["text": "Prefers copper"]),
    Example(method: "GET", path: "/api/deals/{id}/tasks"),
    Example(
      method: "POST", path: "/api/accounts/{id}/tasks",
      body: ["title": "Lunch", "kind": "lunch", "dueAt": 1_795_455_000_000]),
    Example(method: "GET", path: "/api/tasks", query: "?assignee=1&limit=2"),
    Example(method: "GET", path: "/api/tasks", query: "?group=later&before=1.2.2026-11-23"),
    Example(method: "GET", path: "/api/tasks/overdue"),
    Example(method: "GET", path: "/api/tasks/kinds"),
    Example(method: "PATCH", path: "/api/tasks/{id}", body: ["done": true, "outcome": "Yes"]),
  ]

  /// The same for groups.
  static let groupExamples: [Example] = [
    Example(method: "GET", path: "/api/groups"),
    Example(method: "POST", path: "/api/groups", body: ["name": "Readers", "members": [1]]),
    Example(method: "PATCH", path: "/api/groups/{id}", body: ["name": "Closing", "members": []]),
    Example(
      method: "PUT", path: "/api/groups/{id}/pipelines/{pipeline}", body: ["rights": ["see", "reassign"]]),
    Example(method: "PATCH", path: "/api/agents/{id}", body: ["role": "owner", "groups": []]),
  ]

  @Test(
    "each answers what the description says, as the description says it",
    arguments: examples + dealExamples + groupExamples)
  func conformity(example: Example) async throws {
    try await TestServer.run { server, owner in
      let scene = try await Scene(server, owner)
      let operation = try #require(
        server.service.operations.first {
          $0.method.rawValue == example.method && $0.path == example.path
        })
      let answer = try await owner.send(
        example.method, scene.path(example.path) + example.query, example.body, example.fields)
      #expect(answer.status == operation.answer.status.code, "\(answer.text)")
      let schema = try #require(operation.answer.schema)
      #expect(Conformity.faults(of: try answer.json, against: schema) == [])
      #expect(answer["Content-Type"] == "application/json")
      #expect(answer["Cache-Control"] == "no-store")
      if let shape = operation.body, let body = example.body {
        #expect(Conformity.faults(of: body, against: shape) == [])
      }
    }
  }

  @Test(
    "so does each that deals, automations, imports and reports have", arguments: closedExamples)
  func closedConformity(example: Example) async throws {
    try await TestServer.run { server, owner in
      let closed = try await ClosedScene(server, owner)
      let operation = try #require(
        server.service.operations.first {
          $0.method.rawValue == example.method && $0.path == example.path
        })
      let body = try example.body.map { try closed.fill($0) }
      let answer = try await owner.send(
        example.method, closed.path(example.path) + closed.fill(example.query), body, example.fields)
      #expect(answer.status == operation.answer.status.code, "\(answer.text)")
      let schema = try #require(operation.answer.schema)
      #expect(Conformity.faults(of: try answer.json, against: schema) == [])
      if let shape = operation.body, let body { #expect(Conformity.faults(of: body, against: shape) == []) }
    }
  }

  @Test("each that answers JSON has an example")
  func whole() async throws {
    try await TestServer.run { server, _ in
      let examples = (OperationTests.examples + OperationTests.dealExamples + OperationTests.groupExamples)
      let known = Set((examples + OperationTests.closedExamples).map { "\($0.method) \($0.path)" })
      let missing = server.service.operations.filter { $0.answer.schema != nil }
        .map { "\($0.method.rawValue) \($0.path)" }
        .filter { !known.contains($0) && !OperationTests.tried.contains($0) }
      #expect(missing == [])
    }
  }

  @Test("each that is for agents asks for a session before anything else")
  func sessions() async throws {
    try await TestServer.run { server, owner in
      let scene = try await Scene(server, owner)
      var guarded = 0
      for operation in server.service.operations {
        guard case .signedIn = operation.handling else { continue }
        guarded += 1
        let stranger = Browser(port: server.port, cookie: String(repeating: "A", count: 43))
        let answer = try await stranger.send(
          operation.method.rawValue, scene.path(operation.path), operation.body == nil ? nil : [:])
        #expect(answer.status == 401, "\(operation.method.rawValue) \(operation.path)")
        #expect(try answer.code == "session.required")
      }
      #expect(guarded > 25)
    }
  }

  @Test(
    "each with an id answers 404 where there is nothing",
    arguments: ["0", "-1", "999999", "abc", "1e3"])
  func nothingThere(id: String) async throws {
    try await TestServer.run { server, owner in
      for operation in server.service.operations
      where operation.path.contains("{id}") && operation.method == .get {
        let answer = try await owner.get(operation.path.replacing("{id}", with: id))
        #expect(answer.status == 404, "\(operation.path)")
        #expect(try answer.code == "not.found")
      }
    }
  }

  @Test("what only owners may do is denied to agents")
  func owners() async throws {
    try await TestServer.run { server, owner in
      let scene = try await Scene(server, owner)
      let agent = try await server.agent("Ben")
      let guarded = ["/api/sites", "/api/agents", "/api/workspace", "/api/pipelines", "/api/stages"]
      let examples = (OperationTests.examples + OperationTests.dealExamples).filter { example in
        example.method != "GET" && guarded.contains { example.path.hasPrefix($0) }
      }
      #expect(examples.count == 8)
      for example in examples + OperationTests.groupExamples {
        let answer = try await agent.send(example.method, scene.path(example.path), example.body)
        #expect(answer.status == 403, "\(example.path)")
        #expect(try answer.code == "permission.denied")
      }
    }
  }
}
