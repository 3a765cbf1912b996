import Foundation
import SQLite

extension CalendarDate {
  /// The day that it is for the workspace, in its time zone: what "overdue" is reckoned by. In UTC while there is none.
  ///
  /// - Parameter now: milliseconds since 1970 UTC.
  static func today(now: Int64, in snapshot: borrowing Snapshot) throws -> CalendarDate {
    let name = try snapshot.first("SELECT time_zone FROM workspace WHERE id = 1") { $0.text(0) }
    return today(in: name.flatMap { TimeZone(identifier: $0) } ?? .gmt, now: now)
  }
}
