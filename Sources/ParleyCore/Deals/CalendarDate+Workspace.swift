import Foundation
import SQLite

extension CalendarDate {
  /// The day that it is for the workspace, in its time zone: what "overdue" is reckoned by. In UTC while there is none.
  ///
  /// - Parameter now: milliseconds since 1970 UTC.
  static func today(now: Int64, in snapshot: borrowing Snapshot) throws -> CalendarDate {
    let workspace = try WorkspaceRecords.workspace(in: snapshot)
    return today(in: workspace.flatMap { TimeZone(identifier: $0.timeZone) } ?? .gmt, now: now)
  }
}
