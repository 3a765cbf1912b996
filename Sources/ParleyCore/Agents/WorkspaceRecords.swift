import SQLite

/// The one row of the workspace.
enum WorkspaceRecords {
  /// Nil before the set-up.
  static func workspace(in snapshot: borrowing Snapshot) throws -> Workspace? {
    try snapshot.first(
      "SELECT name, time_zone, default_currency, week_starts_on FROM workspace WHERE id = 1"
    ) { row in
      guard let weekStartsOn = Workspace.WeekStart(rawValue: row.text(3)) else {
        throw ParleyError.defect(reason: "workspace.week_starts_on")
      }
      return Workspace(
        name: row.text(0), timeZone: row.text(1), defaultCurrency: row.text(2), weekStartsOn: weekStartsOn)
    }
  }

  static func insert(_ workspace: Workspace, at now: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO workspace (id, name, time_zone, default_currency, week_starts_on, created_at)
        VALUES (1, ?, ?, ?, ?, ?)
      """, workspace.name, workspace.timeZone, workspace.defaultCurrency, workspace.weekStartsOn.rawValue, now
    )
    try WorkspaceDayRecords.keep(in: transaction)
  }

  static func update(_ workspace: Workspace, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      "UPDATE workspace SET name = ?, time_zone = ?, default_currency = ?, week_starts_on = ? WHERE id = 1",
      workspace.name, workspace.timeZone, workspace.defaultCurrency, workspace.weekStartsOn.rawValue)
    try WorkspaceDayRecords.keep(in: transaction)
  }
}
