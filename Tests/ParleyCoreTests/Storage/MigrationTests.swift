import Foundation
import SQLite
import Testing

@testable import ParleyCore

@Suite("Migrations")
struct MigrationTests {
  @Test("a database of the first version comes to the newest with its deals, their places and their totals")
  func fromVersion1() async throws {
    let path = NSTemporaryDirectory() + "/parley-migration-\(UUID().uuidString).sqlite"
    defer { for end in ["", "-wal", "-shm", ".lock"] { unlink(path + end) } }
    let old = try Database(path: path, readers: 1, migrations: [Schema.migrations[0]])
    try await old.write { transaction in
      try transaction.execute("INSERT INTO workspace VALUES (1, 'Acme', 'Europe/Paris', 'USD', 0)")
      try transaction.execute(
        "INSERT INTO agents (name, email, email_key, role, password_hash, created_at) VALUES ('A', 'a', 'a', 'owner', '', 0)"
      )
      try transaction.execute("INSERT INTO pipelines VALUES (1, 'Sales', 'USD', 1)")
      try transaction.execute("INSERT INTO stages VALUES (1, 1, 'New', '#000000', 1)")
      for (id, status) in [(1, "open"), (2, "won"), (3, "open")] {
        try transaction.execute(
          """
          INSERT INTO deals (id, title, description, value_minor, currency, owner_id, pipeline_id, stage_id, status,
              created_by, created_at)
            VALUES (?1, 'Deal ' || ?1, '', 1000000000000000, 'USD', 1, 1, 1, ?2, 1, 100 + ?1)
          """, id, status)
      }
      try transaction.execute(
        "INSERT INTO accounts (name, name_key, url, created_at) VALUES ('X', 'x', '', 0)")
    }
    await old.close()
    let parley = try Parley(path: path, readers: 1, now: { Scene.now }, publish: { _ in })
    let agent = AgentIdentity(id: 1, name: "A", role: .owner)
    let column = try await parley.board(of: 1, DealFilter(), by: agent).columns[0]
    #expect(column.deals.map(\.id) == [3, 1] && column.totals.map(\.minor) == ["2000000000000000"])
    let won = try await parley.deal(2, by: agent)
    #expect(won.closedAt == 102 && won.stageEnteredAt == 102 && won.lastActivityAt == 102)
    #expect(won.stage.probability == 50 && won.stage.rottingDays == nil)
    _ = try await parley.moveDeal(3, to: 1, behind: 1, by: agent)
    let after = try await parley.board(of: 1, DealFilter(), by: agent).columns[0]
    #expect(after.deals.map(\.id) == [1, 3])
    var filter = DealFilter()
    filter.search = "deal 1"
    #expect(try await parley.deals(filter, order: .title, after: nil, limit: 9, by: agent).count == 1)
    await parley.close()
  }
}
