import Foundation
import SQLite

/// Now, and the day that it is for the workspace in its time zone: what "overdue" and "rotting" are reckoned by.
struct WorkspaceTime: Sendable {
  /// Milliseconds since 1970 UTC.
  let now: Int64
  let timeZone: TimeZone
  let today: CalendarDate
  let weekStartsOn: Workspace.WeekStart

  /// In UTC while there is no workspace.
  init(now: Int64, in snapshot: borrowing Snapshot) throws {
    let workspace = try WorkspaceRecords.workspace(in: snapshot)
    self.now = now
    timeZone = workspace.flatMap { TimeZone(name: $0.timeZone) } ?? .gmt
    today = CalendarDate.today(in: timeZone, now: now)
    weekStartsOn = workspace?.weekStartsOn ?? .monday
  }
}
