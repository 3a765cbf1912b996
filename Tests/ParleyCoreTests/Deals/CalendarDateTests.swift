import Foundation
import ParleyCore
import Testing

@Suite("Calendar dates")
struct CalendarDateTests {
  @Test(
    "a day that exists is read and written as it was",
    arguments: [
      "2026-11-23", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31", "2026-04-30", "2026-12-31",
    ])
  func days(text: String) {
    #expect(CalendarDate(text)?.description == text)
  }

  @Test(
    "what is not a day cannot be read",
    arguments: [
      "", "2026-02-29", "1900-02-29", "2026-02-30", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00",
      "2026-01-32", "0000-01-01", "2026-1-1", "26-01-01", "2026/01/01", "2026-01-01T00:00:00Z", " 2026-01-01",
      "2026-01-01 ", "+026-01-01", "٢٠٢٦-٠١-٠١", "2026-0１-01", "12026-01-01",
    ])
  func notDays(text: String) {
    #expect(CalendarDate(text) == nil)
  }

  /// Moments in milliseconds since 1970 UTC, as `date -u -d … +%s` gives them.
  @Test(
    "today depends on where one is, also around a change of clocks",
    arguments: [
      // 2026-11-23 23:30 UTC
      (1_795_476_600_000, "UTC", "2026-11-23"), (1_795_476_600_000, "Europe/Paris", "2026-11-24"),
      (1_795_476_600_000, "America/New_York", "2026-11-23"),
      (1_795_476_600_000, "Pacific/Kiritimati", "2026-11-24"),
      // 2026-11-23 10:30 UTC, when it is three different days on earth
      (1_795_429_800_000, "Pacific/Kiritimati", "2026-11-24"),
      (1_795_429_800_000, "Pacific/Pago_Pago", "2026-11-22"),
      // Clocks in New York go forward on 2026-03-08 at 2:00: midnight is at 05:00 UTC before and 04:00 UTC after.
      (1_772_945_999_999, "America/New_York", "2026-03-07"),
      (1_772_946_000_000, "America/New_York", "2026-03-08"),
      (1_773_028_799_999, "America/New_York", "2026-03-08"),
      (1_773_028_800_000, "America/New_York", "2026-03-09"),
      // Clocks in Paris go back on 2026-10-25: that day has 25 hours, from 22:00 UTC to 23:00 UTC.
      (1_792_879_200_000, "Europe/Paris", "2026-10-25"), (1_792_969_199_999, "Europe/Paris", "2026-10-25"),
      (1_792_969_200_000, "Europe/Paris", "2026-10-26"),
      // Samoa had no 2011-12-30: it went from the 29th to the 31st.
      (1_325_239_199_999, "Pacific/Apia", "2011-12-29"), (1_325_239_200_000, "Pacific/Apia", "2011-12-31"),
      // A leap day, and the first millisecond of 1970.
      (1_709_208_000_000, "Asia/Kolkata", "2024-02-29"), (0, "UTC", "1970-01-01"),
    ])
  func today(now: Int64, zone: String, expected: String) throws {
    let timeZone = try #require(TimeZone(identifier: zone))
    #expect(CalendarDate.today(in: timeZone, now: now).description == expected)
  }

  @Test("dates are in order, and so are their texts")
  func order() throws {
    let texts = ["2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01", "2026-10-09", "2026-10-10"]
    let dates = texts.compactMap { CalendarDate($0) }
    #expect(dates.count == texts.count)
    #expect(dates.shuffled().sorted() == dates)
    #expect(texts.shuffled().sorted() == texts)
  }

  @Test(
    "days are added over months, leap days and years",
    arguments: [
      ("2026-01-31", 1, "2026-02-01"), ("2024-02-28", 1, "2024-02-29"), ("2026-02-28", 1, "2026-03-01"),
      ("2026-12-31", 1, "2027-01-01"), ("2026-03-08", 1, "2026-03-09"), ("2026-01-01", -1, "2025-12-31"),
      ("2026-11-23", 0, "2026-11-23"), ("9999-12-31", 1, nil), ("0001-01-01", -1, nil),
    ] as [(String, Int, String?)])
  func adding(start: String, days: Int, expected: String?) throws {
    let date = try #require(CalendarDate(start))
    #expect(date.adding(days: days)?.description == expected)
  }

  @Test(
    "an open deal is overdue from the day after its close date",
    arguments: [
      ("2026-11-22", Deal.Status.open, true), ("2026-11-23", .open, false), ("2026-11-24", .open, false),
      (nil, .open, false), ("2026-11-22", .won, false), ("2026-11-22", .lost, false),
    ] as [(String?, Deal.Status, Bool)])
  func overdue(closeOn: String?, status: Deal.Status, expected: Bool) throws {
    let today = try #require(CalendarDate("2026-11-23"))
    let date = closeOn.flatMap { CalendarDate($0) }
    #expect(status.isOverdue(forecastedCloseOn: date, today: today) == expected)
  }

  @Test("a date is a string in JSON")
  func json() throws {
    let date = try #require(CalendarDate("2026-11-23"))
    #expect(String(decoding: try JSONEncoder().encode([date]), as: UTF8.self) == #"["2026-11-23"]"#)
    #expect(try JSONDecoder().decode([CalendarDate].self, from: Data(#"["2026-11-23"]"#.utf8)) == [date])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([CalendarDate].self, from: Data(#"["2026-02-30"]"#.utf8))
    }
  }
}
