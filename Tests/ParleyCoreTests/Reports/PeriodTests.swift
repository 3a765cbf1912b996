import Foundation
import Testing

@testable import ParleyCore

@Suite("The periods of a report")
struct PeriodTests {
  private func range(_ from: String, _ to: String) throws -> ClosedRange<CalendarDate> {
    try #require(CalendarDate(from))...(try #require(CalendarDate(to)))
  }

  @Test(
    "a range is divided at the calendar's edges, and cut at its own",
    arguments: [
      ("2026-11-23", "2026-11-25", .day, .monday, ["23…23", "24…24", "25…25"]),
      ("2026-11-23", "2026-11-23", .month, .monday, ["23…23"]),
      // 2026-11-23 is a Monday, 2026-11-22 a Sunday.
      ("2026-11-20", "2026-12-02", .week, .monday, ["20…22", "23…29", "30…02"]),
      ("2026-11-20", "2026-12-02", .week, .sunday, ["20…21", "22…28", "29…02"]),
      ("2026-11-22", "2026-11-23", .week, .monday, ["22…22", "23…23"]),
      ("2026-11-22", "2026-11-23", .week, .sunday, ["22…23"]),
      // The 53rd week of 2026 by ISO 8601 ends in 2027; the first of 2025 began in 2024.
      ("2026-12-21", "2027-01-10", .week, .monday, ["21…27", "28…03", "04…10"]),
      ("2024-12-23", "2025-01-12", .week, .monday, ["23…29", "30…05", "06…12"]),
      ("2026-12-27", "2027-01-09", .week, .sunday, ["27…02", "03…09"]),
      ("2024-01-31", "2024-03-01", .month, .monday, ["31…31", "01…29", "01…01"]),
      ("2025-12-15", "2026-02-28", .month, .sunday, ["15…31", "01…31", "01…28"]),
      ("9999-12-30", "9999-12-31", .week, .monday, ["30…31"]),
      ("9999-12-30", "9999-12-31", .day, .monday, ["30…30", "31…31"]),
    ] as [(String, String, Period.Unit, Workspace.WeekStart, [String])])
  func division(
    from: String, to: String, unit: Period.Unit, weekStartsOn: Workspace.WeekStart, expected: [String]
  ) throws {
    let periods = Period.dividing(try range(from, to), by: unit, weekStartsOn: weekStartsOn)
    let days = try #require(periods).map { "\($0.from.description.suffix(2))…\($0.to.description.suffix(2))" }
    #expect(days == expected)
  }

  @Test(
    "periods follow each other without a gap and hold every day of the range once",
    arguments: [Period.Unit.day, .week, .month], [Workspace.WeekStart.monday, .sunday])
  func gapless(unit: Period.Unit, weekStartsOn: Workspace.WeekStart) throws {
    let range = try range("2027-02-03", "2028-02-03")
    let periods = try #require(Period.dividing(range, by: unit, weekStartsOn: weekStartsOn))
    #expect(periods.first?.from == range.lowerBound)
    #expect(periods.last?.to == range.upperBound)
    for (period, next) in zip(periods, periods.dropFirst()) {
      #expect(period.to.adding(days: 1) == next.from)
    }
  }

  @Test("there are at most 366", arguments: [(365, 366), (366, nil)] as [(Int, Int?)])
  func limit(daysMore: Int, expected: Int?) throws {
    let first = try #require(CalendarDate("2028-01-01"))
    let last = try #require(first.adding(days: daysMore))
    #expect(Period.dividing(first...last, by: .day, weekStartsOn: .monday)?.count == expected)
  }

  /// Moments in milliseconds since 1970 UTC, as `date -u -d … +%s` gives them.
  @Test(
    "a day begins when it does in the workspace's zone, changes of clocks told",
    arguments: [
      ("2026-11-23", "UTC", 1_795_392_000_000), ("2026-11-23", "Europe/Paris", 1_795_388_400_000),
      ("2026-11-23", "America/New_York", 1_795_410_000_000),
      ("2026-11-23", "Pacific/Kiritimati", 1_795_341_600_000),
      ("2026-11-23", "Asia/Kolkata", 1_795_372_200_000),
      // Paris: clocks go back on 2026-10-25, forward on 2026-03-29.
      ("2026-10-25", "Europe/Paris", 1_792_879_200_000), ("2026-10-26", "Europe/Paris", 1_792_969_200_000),
      ("2026-03-29", "Europe/Paris", 1_774_738_800_000), ("2026-03-30", "Europe/Paris", 1_774_821_600_000),
      // São Paulo skipped the midnight of 2018-11-04: the day began at 1:00, 03:00 UTC.
      ("2018-11-04", "America/Sao_Paulo", 1_541_300_400_000),
      // Samoa had no 2011-12-30.
      ("2011-12-30", "Pacific/Apia", 1_325_239_200_000), ("2011-12-31", "Pacific/Apia", 1_325_239_200_000),
      ("1969-12-31", "UTC", -86_400_000),
    ])
  func start(day: String, zone: String, expected: Int64) throws {
    let timeZone = try #require(TimeZone(name: zone))
    #expect(try #require(CalendarDate(day)).start(in: timeZone) == expected)
  }

  @Test(
    "a moment is in the period of the day that it was",
    arguments: [
      "UTC", "Europe/Paris", "Europe/London", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe",
      "Asia/Kathmandu", "Pacific/Apia", "Pacific/Chatham", "Africa/Casablanca",
    ])
  func moments(zone: String) throws {
    let timeZone = try #require(TimeZone(name: zone))
    let periods = try #require(
      Period.dividing(try range("2018-01-01", "2018-12-31"), by: .day, weekStartsOn: .monday))
    for period in periods {
      let moments = period.moments(in: timeZone)
      #expect(CalendarDate.today(in: timeZone, now: moments.lowerBound) == period.from)
      #expect(CalendarDate.today(in: timeZone, now: moments.upperBound - 1) == period.to)
    }
    for (period, next) in zip(periods, periods.dropFirst()) {
      #expect(period.moments(in: timeZone).upperBound == next.moments(in: timeZone).lowerBound)
    }
  }

  @Test("days are numbered without a gap over four centuries, and counted through the week")
  func dayNumbers() throws {
    let first = try #require(CalendarDate("1899-12-31"))
    var date = first
    for number in first.dayNumber...first.dayNumber + 146_097 {
      #expect(date.dayNumber == number)
      #expect(date.weekday == (number - first.dayNumber + 6) % 7 + 1)
      date = try #require(CalendarDate(dayNumber: number + 1))
    }
    #expect(CalendarDate(dayNumber: 0)?.description == "1970-01-01")
    #expect(
      CalendarDate("0001-01-01").map { CalendarDate(dayNumber: $0.dayNumber) } == CalendarDate("0001-01-01"))
  }
}
