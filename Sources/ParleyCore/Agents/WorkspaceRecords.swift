import SQLite

/// The one row of the workspace.
enum WorkspaceRecords {
  /// Nil before the set-up.
  static func workspace(in snapshot: borrowing Snapshot) throws -> Workspace? {
    try snapshot.first("SELECT name, time_zone, default_currency FROM workspace WHERE id = 1") { row in
      Workspace(name: row.text(0), timeZone: row.text(1), defaultCurrency: row.text(2))
    }
  }

  static func insert(_ workspace: Workspace, at now: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      "INSERT INTO workspace (id, name, time_zone, default_currency, created_at) VALUES (1, ?, ?, ?, ?)",
      workspace.name, workspace.timeZone, workspace.defaultCurrency, now)
  }

  static func update(_ workspace: Workspace, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      "UPDATE workspace SET name = ?, time_zone = ?, default_currency = ? WHERE id = 1", workspace.name,
      workspace.timeZone, workspace.defaultCurrency)
  }
}
