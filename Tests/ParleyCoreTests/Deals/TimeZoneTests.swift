import Foundation
import Testing

@testable import ParleyCore

@Suite("Days in the workspace's time zone", .timeLimit(.minutes(1)))
struct TimeZoneTests {
  /// A day, and the moment in which it begins there: as `date -u` and the zone's rules have it.
  private static let days: [(zone: String, day: String, begins: String)] = [
    ("Pacific/Kiritimati", "2027-01-01", "2026-12-31T10:00:00Z"),
    ("America/St_Johns", "2026-01-01", "2026-01-01T03:30:00Z"),
    ("America/St_Johns", "2026-07-01", "2026-07-01T02:30:00Z"),
    // Both changes of clocks: a day of 23 hours and one of 25.
    ("Europe/Paris", "2026-03-29", "2026-03-28T23:00:00Z"),
    ("Europe/Paris", "2026-03-30", "2026-03-29T22:00:00Z"),
    ("Europe/Paris", "2026-10-25", "2026-10-24T22:00:00Z"),
    ("Europe/Paris", "2026-10-26", "2026-10-25T23:00:00Z"),
    // There was no midnight: the day began at one.
    ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"),
    ("America/Sao_Paulo", "2018-11-05", "2018-11-05T02:00:00Z"),
    // Its clocks change by half an hour.
    ("Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00:00Z"),
    ("Australia/Lord_Howe", "2026-04-06", "2026-04-05T13:30:00Z"),
    ("Asia/Kathmandu", "2028-02-29", "2028-02-28T18:15:00Z"),
    ("Asia/Kathmandu", "2028-03-01", "2028-02-29T18:15:00Z"),
    // The Monday of 2026-W53 and the Sunday before it; the first of the year in the middle of that week.
    ("Europe/Paris", "2026-12-28", "2026-12-27T23:00:00Z"),
    ("Pacific/Kiritimati", "2026-12-27", "2026-12-26T10:00:00Z"),
  ]

  private static func moment(_ text: String) throws -> Int64 {
    Int64(try Date(text, strategy: .iso8601).timeIntervalSince1970 * 1000)
  }

  @Test("a day begins, is today, and makes overdue what closed the day before", arguments: days.indices)
  func begins(_ index: Int) throws {
    let (zone, text, begins) = Self.days[index]
    let timeZone = try #require(TimeZone(name: zone))
    let day = try #require(CalendarDate(text))
    let moment = try Self.moment(begins)
    #expect(day.start(in: timeZone) == moment)
    let dayBefore = CalendarDate.today(in: timeZone, now: moment - 1)
    #expect(dayBefore == day.adding(days: -1))
    #expect(CalendarDate.today(in: timeZone, now: moment) == day)
    for (now, isOverdue) in [(moment - 1, false), (moment, true)] {
      let today = CalendarDate.today(in: timeZone, now: now)
      #expect(Deal.Status.open.isOverdue(forecastedCloseOn: dayBefore, today: today) == isOverdue)
      #expect(!Deal.Status.open.isOverdue(forecastedCloseOn: day, today: today))
    }
  }

  /// Three days about a change of clocks, by the first; in Beirut there is no midnight then. The last two are a year's and a leap day's.
  private static let changes: [(zone: String, first: String)] = [
    ("Europe/Paris", "2026-03-28"), ("Europe/Paris", "2026-10-24"), ("America/St_Johns", "2026-03-07"),
    ("America/St_Johns", "2026-10-31"), ("Australia/Lord_Howe", "2026-04-04"),
    ("Australia/Lord_Howe", "2026-10-03"),
    ("Asia/Beirut", "2026-03-28"), ("Pacific/Kiritimati", "2026-12-31"), ("Asia/Kathmandu", "2028-02-28"),
  ]

  @Test(
    "what waits for a day before a close date happens once, with that day's first hour, whatever the clocks do",
    arguments: changes.indices)
  func trigger(_ index: Int) async throws {
    let (zone, text) = Self.changes[index]
    let timeZone = try #require(TimeZone(name: zone))
    let first = try #require(CalendarDate(text))
    let scene = try await EngineScene()
    _ = try await scene.parley.updateWorkspace(WorkspaceChange(timeZone: zone), by: scene.owner)
    scene.workshop.advance(by: first.start(in: timeZone) - scene.parley.now())
    let (second, third) = (try #require(first.adding(days: 1)), try #require(first.adding(days: 2)))
    let automation = try await scene.automation([.when(.dealCloseDate) { $0.days = -1 }], [.step(.end)])
    // One for the day on which the clocks change, one for the day after.
    for day in [third, try #require(first.adding(days: 3))] {
      _ = try await scene.deal(with: try await scene.contact(), closeOn: day.description)
    }
    var begun: [Int64] = []
    for _ in 0..<(3 * 48) {
      _ = await scene.engine.work()
      let count = try await scene.runs(automation).count
      while begun.count < count { begun.append(scene.parley.now()) }
      scene.workshop.advance(by: 1_800_000)
    }
    #expect(begun == [second.start(in: timeZone), third.start(in: timeZone)])
  }

  @Test("a title's day is so many days off, over a change of clocks too", arguments: changes.indices)
  func titles(_ index: Int) async throws {
    let (zone, text) = Self.changes[index]
    let timeZone = try #require(TimeZone(name: zone))
    let first = try #require(CalendarDate(text))
    let workshop = try await Workshop()
    _ = try await workshop.parley.updateWorkspace(WorkspaceChange(timeZone: zone), by: workshop.owner)
    let next = try #require(first.adding(days: 1)).start(in: timeZone)
    for (now, offset) in [(first.start(in: timeZone), 0), (next - 1, 0), (next, 1)] {
      let values = try await workshop.parley.read {
        try PersonalizationValues(contact: nil, account: nil, now: now, in: $0)
      }
      let title = PersonalizedText("%TODAY%/%TODAY+3%/%TODAY-1%").resolved(with: values)
      let days = [0, 3, -1].compactMap { first.adding(days: offset + $0)?.description }
      #expect(title == days.joined(separator: "/"))
    }
  }

  @Test(
    "a deal becomes overdue with the workspace's midnight, in lists as on its page",
    arguments: changes.indices)
  func overdue(_ index: Int) async throws {
    let (zone, text) = Self.changes[index]
    let timeZone = try #require(TimeZone(name: zone))
    let closeOn = try #require(CalendarDate(text)?.adding(days: 1))
    let scene = try await EngineScene()
    _ = try await scene.parley.updateWorkspace(WorkspaceChange(timeZone: zone), by: scene.owner)
    let deal = try await scene.deal(with: try await scene.contact(), closeOn: closeOn.description)
    let midnight = try #require(closeOn.adding(days: 1)).start(in: timeZone)
    for (now, isOverdue) in [(midnight - 1, false), (midnight, true)] {
      scene.workshop.advance(by: now - scene.parley.now())
      #expect(try await scene.parley.deal(deal.id, by: scene.owner).overdue == isOverdue)
      let list = try await scene.parley.deals(
        DealFilter(), order: .newest, after: nil, limit: 5, by: scene.owner)
      #expect(list.deals.map(\.overdue) == [isOverdue])
    }
  }
}
