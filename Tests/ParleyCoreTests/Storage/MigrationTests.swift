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

  @Test("a stay from before 1970, kept on the day after its own until version 6, comes to stand on its day")
  func fromVersion6() async throws {
    let path = NSTemporaryDirectory() + "/parley-migration-\(UUID().uuidString).sqlite"
    defer { for end in ["", "-wal", "-shm", ".lock"] { unlink(path + end) } }
    let old = try Database(path: path, readers: 1, migrations: Array(Schema.migrations.prefix(6)))
    try await old.write { transaction in
      try transaction.execute(
        """
        INSERT INTO workspace (id, name, time_zone, default_currency, created_at) VALUES (1, 'Acme', 'UTC', 'USD', 0)
        """)
      try transaction.execute(
        "INSERT INTO agents (name, email, email_key, role, password_hash, created_at) VALUES ('A', 'a', 'a', 'owner', '', 0)"
      )
      try transaction.execute(
        "INSERT INTO pipelines (id, name, currency, position) VALUES (1, 'Sales', 'USD', 1)")
      try transaction.execute(
        "INSERT INTO stages (id, pipeline_id, name, color, position) VALUES (1, 1, 'New', '#000000', 1)")
      try transaction.execute(
        """
        INSERT INTO deals (title, description, value_minor, currency, owner_id, pipeline_id, stage_id, status,
            stage_entered_at, created_by, created_at) VALUES ('', '', 7, 'USD', 1, 1, 1, 'open', -1, 1, -1)
        """)
    }
    let before = try await old.read { try $0.rows("SELECT DISTINCT day FROM stage_flow") { $0.int(0) } }
    #expect(before == [0])
    await old.close()
    let parley = try Parley(path: path, readers: 1, now: { Scene.now }, publish: { _ in })
    let (after, wrong) = try await parley.read { snapshot in
      (
        try snapshot.rows("SELECT DISTINCT slot FROM stage_flow WHERE span = 1") { $0.int(0) },
        try InvariantRecords.all.filter { try $0.violations(in: snapshot) > 0 }.map(\.name)
      )
    }
    #expect(after == [-1] && wrong == [])
    await parley.close()
  }
}
