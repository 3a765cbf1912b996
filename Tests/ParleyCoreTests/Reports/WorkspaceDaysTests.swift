import Foundation
import Testing

@testable import ParleyCore

@Suite("The days of a time zone as the database counts them", .timeLimit(.minutes(1)))
struct WorkspaceDaysTests {
  /// Whole hours and parts of them, changes at midnight, days that never were, and zones that changed their mind.
  @Test(
    "each begins with the first moment that the calendar gives it, and ends with the next",
    arguments: [
      "UTC", "Europe/Paris", "America/New_York", "America/Sao_Paulo", "America/St_Johns", "America/Havana",
      "Africa/Cairo", "Africa/Casablanca", "Asia/Beirut", "Asia/Kathmandu", "Australia/Lord_Howe",
      "Antarctica/Troll", "Pacific/Apia", "Pacific/Chatham", "Pacific/Kwajalein",
    ])
  func boundaries(zone: String) throws {
    let timeZone = try #require(TimeZone(name: zone))
    let days = WorkspaceDays.of(timeZone)
    // About each change of the clocks, and here and there between them.
    let changes = days.runs.dropFirst().flatMap { [$0.firstDay - 1, $0.firstDay, $0.firstDay + 1] }
    for number in changes + Array(stride(from: -25_000, to: 47_000, by: 97)) {
      let day = try #require(CalendarDate(dayNumber: number))
      let start = day.start(in: timeZone)
      let next = try #require(CalendarDate(dayNumber: number + 1)).start(in: timeZone)
      // Of a day that the zone never had there is no moment.
      guard start < next else { continue }
      #expect(days.day(of: start) == number && days.day(of: next - 1) == number, "\(day)")
    }
  }

  @Test("they are without a gap, from before the year 1 until after 9999")
  func runs() throws {
    let runs = WorkspaceDays.of(try #require(TimeZone(name: "Europe/Paris"))).runs
    for (run, next) in zip(runs, runs.dropFirst()) {
      #expect(run.since < next.since && run.lastDay + 1 == next.firstDay)
    }
    #expect(try runs[0].firstDay < #require(CalendarDate("0001-01-01")).dayNumber)
    #expect(try runs[runs.count - 1].lastDay > #require(CalendarDate("9999-12-31")).dayNumber)
    #expect(WorkspaceDays.of(.gmt).runs.count == 1)
  }
}

extension WorkspaceDays {
  /// As `Schema.day(of:)` reckons it.
  fileprivate func day(of moment: Int64) -> Int? {
    runs.last { $0.since <= moment }.map {
      min($0.firstDay + Int((moment - $0.since) / 86_400_000), $0.lastDay)
    }
  }
}
