import Foundation
import SQLite

/// The calendar by which the database counts what happened on a day.
enum WorkspaceDayRecords {
  /// Makes it the calendar of the workspace's time zone, or of UTC while there is no workspace. Where it was another one, or the rules of
  /// the zone have changed, all that is kept by day is counted anew: with a million deals that takes about twenty seconds.
  static func keep(in transaction: borrowing Transaction) throws {
    let workspace = try WorkspaceRecords.workspace(in: transaction.snapshot)
    let days = WorkspaceDays.of(workspace.flatMap { TimeZone(name: $0.timeZone) } ?? .gmt)
    guard try kept(in: transaction.snapshot) != days else { return }
    try transaction.execute("DELETE FROM workspace_days")
    for run in days.runs {
      try transaction.execute(
        "INSERT INTO workspace_days (since, first_day, last_day) VALUES (?, ?, ?)", run.since, run.firstDay,
        run.lastDay)
    }
    for statement in Schema.dailyTallies.flatMap(\.refilling) { try transaction.execute(statement) }
  }

  private static func kept(in snapshot: borrowing Snapshot) throws -> WorkspaceDays {
    WorkspaceDays(
      runs: try snapshot.rows("SELECT since, first_day, last_day FROM workspace_days ORDER BY since") { row in
        WorkspaceDays.Run(since: row.int64(0), firstDay: row.int(1), lastDay: row.int(2))
      })
  }
}
