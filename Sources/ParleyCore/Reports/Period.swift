package import Foundation

/// A stretch of whole days that a report adds up, both ends included.
package struct Period: Sendable, Hashable, Codable {
  package let from: CalendarDate
  package let to: CalendarDate

  /// How a range is divided.
  package enum Unit: String, Sendable, Hashable, Codable {
    case day, week, month
  }

  /// A leap year by day.
  package static let limit = 366

  /// The one rule by which every report divides its range: into days, weeks or months of the calendar, in order, without a gap.
  /// The first and the last are cut where the range begins and ends.
  ///
  /// - Parameter weekStartsOn: Monday is ISO 8601's week, whose first of a year may begin in the December before.
  /// - Returns: `nil` when there would be more than `limit`.
  package static func dividing(
    _ range: ClosedRange<CalendarDate>, by unit: Unit, weekStartsOn: Workspace.WeekStart
  ) -> [Period]? {
    var periods: [Period] = []
    var start: CalendarDate? = range.lowerBound
    while let from = start, from <= range.upperBound {
      guard periods.count < limit else { return nil }
      let to = min(end(of: unit, holding: from, weekStartsOn: weekStartsOn), range.upperBound)
      periods.append(Period(from: from, to: to))
      start = to.adding(days: 1)
    }
    return periods
  }

  /// The last day of the day, week or month that a day is in.
  private static func end(
    of unit: Unit, holding day: CalendarDate, weekStartsOn: Workspace.WeekStart
  ) -> CalendarDate {
    switch unit {
    case .day: return day
    case .week:
      let daysLeft =
        switch weekStartsOn {
        case .monday: 7 - day.weekday
        case .sunday: (13 - day.weekday) % 7
        }
      // The last week of the year 9999 ends with the calendar.
      return day.adding(days: daysLeft) ?? day.endOfMonth
    case .month: return day.endOfMonth
    }
  }

  /// Its moments in a time zone, in milliseconds since 1970 UTC: from the first of its first day until, not including it, the
  /// first of the day after its last. Moments of neighbouring periods meet without a gap, over changes of clocks too.
  package func moments(in timeZone: TimeZone) -> Range<Int64> {
    let end = to.adding(days: 1)?.start(in: timeZone) ?? Int64.max
    return from.start(in: timeZone)..<end
  }
}
