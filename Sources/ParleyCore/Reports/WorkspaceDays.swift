import Foundation
import Synchronization

/// The days of a time zone as the database counts them: runs of days that begin 24 hours after each other. Where clocks change a day is
/// longer or shorter; it is the last of its run.
///
/// So a moment's day is a look at a short table and a division, in triggers too (`Schema.day(of:)`), and agrees with
/// ``CalendarDate/start(in:)``.
struct WorkspaceDays: Sendable, Equatable {
  struct Run: Sendable, Equatable {
    /// The first moment of its first day, in milliseconds since 1970 UTC.
    var since: Int64
    /// Days since 1970.
    var firstDay: Int
    var lastDay: Int
  }

  /// Without a gap: the first begins before all days that a moment can have, and the last ends behind them.
  private(set) var runs: [Run] = []

  private static let known = Mutex<[String: WorkspaceDays]>([:])

  /// Reckoned once for each zone that the process asks for.
  static func of(_ timeZone: TimeZone) -> WorkspaceDays {
    if let days = known.withLock({ $0[timeZone.identifier] }) { return days }
    let days = WorkspaceDays(timeZone)
    known.withLock { $0[timeZone.identifier] = days }
    return days
  }

  /// Clocks that changed are looked for from 1900 to 2100, two weeks at a time: none changed there and back within less.
  private init(_ timeZone: TimeZone) {
    func offset(of day: Int) -> Int64 { Int64(day) * Self.length - Self.start(of: day, in: timeZone) }
    var (day, known) = (-25_567, offset(of: -25_567))
    runs = [
      Run(
        since: Int64(Self.bounds.lowerBound) * Self.length - known, firstDay: Self.bounds.lowerBound,
        lastDay: 0)
    ]
    while day < 47_482 {
      let later = day + 14
      if offset(of: later) != known {
        var (before, changed) = (day, later)
        while changed - before > 1 {
          let middle = (before + changed) / 2
          if offset(of: middle) == known { before = middle } else { changed = middle }
        }
        // A change within the two weeks; another one in them is found from there.
        (day, known) = (changed, offset(of: changed))
        let run = Run(since: Int64(changed) * Self.length - known, firstDay: changed, lastDay: 0)
        if runs[runs.count - 1].since < run.since {
          runs[runs.count - 1].lastDay = changed - 1
        } else {
          // A day that the zone never had began with the one behind it.
          runs.removeLast()
        }
        runs.append(run)
      } else {
        day = later
      }
    }
    runs[runs.count - 1].lastDay = Self.bounds.upperBound
  }

  init(runs: [Run]) {
    self.runs = runs
  }

  private static let length: Int64 = 86_400_000
  /// A little more than the years 1 to 9999.
  private static let bounds = -800_000...3_000_000

  private static func start(of day: Int, in timeZone: TimeZone) -> Int64 {
    CalendarDate(dayNumber: day)?.start(in: timeZone) ?? Int64(day) * length
  }
}
