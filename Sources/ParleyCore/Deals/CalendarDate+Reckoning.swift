package import Foundation

extension CalendarDate {
  /// Days since 1970-01-01, negative before.
  ///
  /// The proleptic Gregorian calendar by integers alone: an era is 400 years of 146,097 days, and a year is thought to begin
  /// in March, so that the leap day is its last (Hinnant, "chrono-compatible low-level date algorithms").
  package var dayNumber: Int {
    let shifted = month > 2 ? year : year - 1
    let (era, yearOfEra) = shifted.quotientAndRemainder(dividingBy: 400)
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// `nil` outside the years 1 to 9999.
  package init?(dayNumber: Int) {
    let shifted = dayNumber + 719_468
    guard shifted >= 0 else { return nil }
    let (era, dayOfEra) = shifted.quotientAndRemainder(dividingBy: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    self.init(
      year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }

  /// The day so many days later, or earlier if negative; `nil` outside the years 1 to 9999.
  package func adding(days: Int) -> CalendarDate? {
    CalendarDate(dayNumber: dayNumber + days)
  }

  /// 1 for Monday … 7 for Sunday, as ISO 8601 counts them.
  package var weekday: Int {
    // 1970-01-01 was a Thursday.
    let sinceMonday = (dayNumber + 3) % 7
    return (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1
  }

  /// The last day of its month.
  package var endOfMonth: CalendarDate {
    let last = Self.days(inMonth: month, of: year)
    return adding(days: last - day) ?? self
  }

  /// The first moment of the day in a time zone: midnight, or where the clocks skip it the first moment after. Of a day that a
  /// zone never had, the first moment of the next.
  ///
  /// - Returns: milliseconds since 1970 UTC.
  package func start(in timeZone: TimeZone) -> Int64 {
    func day(at second: Int) -> Int {
      let local = second + timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second)))
      return local >= 0 ? local / 86_400 : -((86_399 - local) / 86_400)
    }
    // No zone is further than a day from UTC.
    var before = (dayNumber - 2) * 86_400
    var after = (dayNumber + 2) * 86_400
    let midnight =
      dayNumber * 86_400
      - timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(dayNumber * 86_400)))
    if day(at: midnight - 1) < dayNumber, day(at: midnight) == dayNumber { return Int64(midnight) * 1000 }
    while after - before > 1 {
      let middle = before + (after - before) / 2
      if day(at: middle) < dayNumber { before = middle } else { after = middle }
    }
    return Int64(after) * 1000
  }
}
