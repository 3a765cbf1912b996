import Foundation
import Testing

@testable import ParleyCore

@Suite("Several names in one cell")
struct ListCellTests {
  @Test(
    "they are written so that they are read back",
    arguments: [
      ([], ""), (["one"], "one"), (["one", "two"], "one; two"), (["a;b"], "\"a;b\""),
      (["a,b", "c"], "\"a,b\"; c"), (["\"x\""], "\"\"\"x\"\"\""), (["x \"y\" z"], "x \"y\" z"),
      (["\""], "\"\"\"\""), (["a; \"b\""], "\"a; \"\"b\"\"\""),
    ])
  func roundTrip(_ items: [String], _ text: String) {
    #expect(ListCell.text(items) == text)
    #expect(ListCell.items(text) == items)
  }

  @Test(
    "they are read as people and programs write them",
    arguments: [
      ("a, b,c", ["a", "b", "c"]), ("a;b,c;", ["a", "b,c"]), (" ; a ;; b", ["a", "b"]),
      ("only, one;", ["only, one"]),
      ("\"open", ["\"open"]), ("\"open; b", ["\"open", "b"]), ("\"a\" b; c", ["a b", "c"]),
      ("\"a,b\", c", ["a,b", "c"]),
      ("", []), (";", []), ("\"\"", []),
    ])
  func read(_ text: String, _ items: [String]) {
    #expect(ListCell.items(text) == items)
  }
}

@Suite("Moments in cells")
struct MomentCellTests {
  private static let cases: [(zone: String, text: String, iso: String?)] = [
    ("Europe/Paris", "2026-11-30 17:05:09", "2026-11-30T16:05:09Z"),
    ("Europe/Paris", "2026-11-30", "2026-11-29T23:00:00Z"),
    ("Europe/Paris", "30/11/2026 5:05 PM", "2026-11-30T16:05:00Z"),
    ("Europe/Paris", "30.11.26 12:00 am", "2026-11-29T23:00:00Z"),
    ("Europe/Paris", "2026-11-30T16:05:09.999Z", "2026-11-30T16:05:09Z"),
    ("Europe/Paris", "2026-11-30T16:05-03:30", "2026-11-30T19:35:00Z"),
    // The hour that Paris has twice, and the one that it has not.
    ("Europe/Paris", "2026-10-25 02:30", "2026-10-25T00:30:00Z"),
    ("Europe/Paris", "2026-03-29 02:30", "2026-03-29T01:30:00Z"),
    ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"),
    ("Pacific/Kiritimati", "2026-01-01 00:00", "2025-12-31T10:00:00Z"),
    ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04T14:45:00Z"),
    ("Asia/Kathmandu", "1969-12-31 23:59:59", "1969-12-31T18:29:59Z"),
    ("Europe/Paris", "2026-11-30 24:00", nil), ("Europe/Paris", "2026-11-30 13:00 PM", nil),
    ("Europe/Paris", "2026-02-30 10:00", nil),
    ("Europe/Paris", "2026-11-30 10", nil), ("Europe/Paris", "2026-11-30 10:60", nil),
    ("Europe/Paris", "2026-11-30 noon", nil),
    ("Europe/Paris", "2026-11-30 10:00+9999", nil),
  ]

  @Test("a moment is read in the workspace's time zone", arguments: cases.indices)
  func read(_ index: Int) throws {
    let (zone, text, iso) = Self.cases[index]
    let timeZone = try #require(TimeZone(name: zone))
    let moment = TypedCell.moment(text, .dayMonthYear, in: timeZone)
    #expect(moment.map { Date(timeIntervalSince1970: Double($0) / 1000).ISO8601Format() } == iso)
    // As it is written, it is read as what is written the same.
    guard let moment else { return }
    let written = TypedCell.text(ofMoment: moment, in: timeZone)
    let again = try #require(TypedCell.moment(written, .dayMonthYear, in: timeZone))
    #expect(TypedCell.text(ofMoment: again, in: timeZone) == written)
  }
}
