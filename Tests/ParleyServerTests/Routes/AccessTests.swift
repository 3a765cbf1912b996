import HTTPWire
import Testing

@testable import ParleyServer

@Suite("Deals one may not see, on each way through the interface", .timeLimit(.minutes(2)))
struct AccessTests {
  @Test("each operation of the interface is in the table")
  func whole() async throws {
    try await TestServer.run { server, _ in
      let operations = Set(server.service.operations.map { "\($0.method.rawValue) \($0.path)" })
      let told = Set(AccessTable.all.map(\.operation))
      #expect(operations.subtracting(told) == [], "say in AccessTable how they stand to deals")
      #expect(told.subtracting(operations) == [], "there are none such")
    }
  }

  @Test("what is read of them reaches owners, and nobody who may not see them")
  func reading() async throws {
    try await TestServer.run { server, owner in
      let closed = try await ClosedScene(server, owner)
      for row in AccessTable.reading {
        let path = closed.path(String(row.operation.dropFirst(4))) + closed.fill(row.query)
        let (seen, unseen) = (try await owner.get(path), try await closed.outsider.get(path))
        #expect(seen.status == 200, "\(path): \(seen.text)")
        switch row.rule {
        case .of:
          #expect(unseen.status == 404, "\(path): \(unseen.text)")
        case .among:
          #expect(closed.isTold(by: seen.text), "\(path) shows the owner nothing: \(seen.text)")
          #expect(unseen.status == 200, "\(path): \(unseen.text)")
        case .owners:
          #expect(unseen.status == 403, "\(path): \(unseen.text)")
        case .change, .bulk, .aside: Issue.record("\(row.operation) reads nothing")
        }
        #expect(!closed.isTold(by: unseen.text), "\(path): \(unseen.text)")
      }
      // They are of the team: what all may see comes to them by the same lists.
      let list = try await closed.outsider.get("/api/deals?status=all")
      #expect(list.text.contains("Machine for Ada Lovelace"))
    }
  }

  @Test("what leads to no deal names none either")
  func aside() async throws {
    try await TestServer.run { server, owner in
      let closed = try await ClosedScene(server, owner)
      var asked = 0
      for row in AccessTable.aside where row.operation.hasPrefix("GET /api/") {
        let pattern = String(row.operation.dropFirst(4))
        guard pattern != "/api/live" else { continue }
        let answer = try await closed.outsider.get(
          closed.path(pattern) + (pattern.hasSuffix("search") ? "?q=hush" : ""))
        #expect(answer.status == 200, "\(pattern): \(answer.text)")
        #expect(!closed.isTold(by: answer.text), "\(pattern): \(answer.text)")
        asked += 1
      }
      #expect(asked > 20)
    }
  }

  @Test("what is done to them by who may not see them is refused, and changes nothing")
  func writing() async throws {
    try await TestServer.run { server, owner in
      let closed = try await ClosedScene(server, owner)
      let before = try await closed.picture()
      for row in AccessTable.writing {
        let words = row.operation.split(separator: " ").map(String.init)
        let body = try row.body.map { try closed.fill($0) }
        let answer = try await closed.outsider.send(
          words[0], closed.path(words[1]) + closed.fill(row.query),
          row.rule == .owners ? body ?? (words[0] == "DELETE" ? nil : [:]) : body,
          ["Idempotency-Key": "access-00000001"])
        switch row.rule {
        case .change:
          #expect([403, 404, 422].contains(answer.status), "\(row.operation): \(answer.text)")
        case .bulk:
          #expect([200, 404].contains(answer.status), "\(row.operation): \(answer.text)")
        case .owners:
          #expect(answer.status == 403, "\(row.operation): \(answer.text)")
        case .of, .among, .aside: Issue.record("\(row.operation) changes nothing")
        }
        #expect(!closed.isTold(by: answer.text), "\(row.operation): \(answer.text)")
        #expect(try await closed.picture() == before, "\(row.operation)")
      }
    }
  }
}
