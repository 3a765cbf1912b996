import Foundation
import SQLite
import Testing

@testable import ParleyCore

@Suite("The deal forecast", .timeLimit(.minutes(1)))
struct ForecastTests {
  /// A deal as a row, told by what a forecast asks of it.
  private struct Told {
    var value: Int64 = 100_000
    var currency = "USD"
    var status = Deal.Status.open
    var closeOn: String? = nil
    /// Of the stages, counted from 0.
    var stage = 0
    var closedAt: String? = nil
    var owner: Int64? = nil
    var copies = 1
  }

  /// The office is in London. Stages have the probabilities 10, 50 and 75.
  private func office(_ deals: [Told]) async throws -> Office {
    let office = try await Office()
    try await office.parley.write { transaction, changes in
      for (stage, probability) in zip(office.pipeline.stages, [10, 50, 75]) {
        try transaction.execute("UPDATE stages SET probability = ? WHERE id = ?", probability, stage.id)
      }
      for deal in deals {
        for _ in 0..<deal.copies {
          try transaction.execute(
            """
            INSERT INTO deals (title, description, value_minor, currency, owner_id, pipeline_id, stage_id, status,
                forecasted_close_on, closed_at, created_by, created_at)
              VALUES ('A deal', '', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, deal.value, deal.currency, deal.owner ?? office.maya.id, office.pipeline.id,
            office.pipeline.stages[deal.stage].id, deal.status.rawValue, deal.closeOn,
            try Self.moment(deal.closedAt),
            office.maya.id, changes.now)
        }
      }
    }
    return office
  }

  /// Of `2026-11-23T17:30:00Z`, in milliseconds since 1970 UTC.
  private static func moment(_ text: String?) throws -> Int64? {
    guard let text else { return nil }
    return Int64(try Date(text, strategy: .iso8601).timeIntervalSince1970 * 1000)
  }

  private func forecast(
    _ deals: [Told], from: String = "2026-10-01", to: String = "2027-01-31", by unit: Period.Unit = .month,
    currency: String? = nil
  ) async throws -> Forecast {
    let office = try await office(deals)
    let filter = try ReportFilter(from: from, to: to, currency: currency)
    return try await office.parley.forecast(filter, by: unit, for: office.maya)
  }

  /// `2026-11 USD open 2 300 weighted 150 won 0 0 forecast 2 300`
  private func told(_ buckets: [Forecast.Bucket]) -> [String] {
    buckets.map { bucket in
      "\(bucket.from.description.prefix(7)) \(bucket.currency) open \(bucket.open.count) \(bucket.open.minor.minorUnits) "
        + "weighted \(bucket.weighted.minor.minorUnits) won \(bucket.won.count) \(bucket.won.minor.minorUnits) "
        + "forecast \(bucket.forecast.count) \(bucket.forecast.minor.minorUnits)"
    }
  }

  @Test("deals stand in the month of their close date, a currency at a time, weighted by their stages")
  func months() async throws {
    let forecast = try await forecast([
      Told(value: 100, closeOn: "2026-11-01", stage: 0), Told(value: 200, closeOn: "2026-11-30", stage: 2),
      Told(value: 5000, currency: "JPY", closeOn: "2026-11-15", stage: 1),
      Told(value: 300, closeOn: "2026-12-01", stage: 1), Told(value: 1, closeOn: "2027-02-01"),
      Told(value: 1, closeOn: "2026-09-30"),
    ])
    #expect(
      forecast.periods.map(\.from.description) == ["2026-10-01", "2026-11-01", "2026-12-01", "2027-01-01"])
    #expect(
      told(forecast.buckets) == [
        "2026-11 JPY open 1 5000 weighted 2500 won 0 0 forecast 1 5000",
        "2026-11 USD open 2 300 weighted 160 won 0 0 forecast 2 300",
        "2026-12 USD open 1 300 weighted 150 won 0 0 forecast 1 300",
      ])
    #expect(
      told(forecast.totals) == [
        "2026-10 JPY open 1 5000 weighted 2500 won 0 0 forecast 1 5000",
        "2026-10 USD open 3 600 weighted 310 won 0 0 forecast 3 600",
      ])
    #expect(forecast.today.description == "2026-11-23")
  }

  @Test("what was won counts on the day it was won, and against what was forecast for that day")
  func accuracy() async throws {
    let forecast = try await forecast([
      // Forecast for October and won in it; lost; won a month late; won without ever having been forecast.
      Told(value: 1000, status: .won, closeOn: "2026-10-10", closedAt: "2026-10-20T12:00:00Z"),
      Told(value: 2000, status: .lost, closeOn: "2026-10-12", closedAt: "2026-10-13T12:00:00Z"),
      Told(value: 4000, status: .won, closeOn: "2026-10-30", closedAt: "2026-11-02T12:00:00Z"),
      Told(value: 8000, status: .won, closedAt: "2026-11-03T12:00:00Z"),
      // Clocks in London went back on 2026-10-25: midnight is at 23:00 UTC before and at 0:00 after.
      Told(value: 10, status: .won, closedAt: "2026-09-30T22:59:59Z"),
      Told(value: 20, status: .won, closedAt: "2026-09-30T23:00:00Z"),
      Told(value: 40, status: .won, closedAt: "2026-10-31T23:59:59Z"),
      Told(value: 80, status: .won, closedAt: "2026-11-01T00:00:00Z"),
    ])
    #expect(
      told(forecast.buckets) == [
        "2026-10 USD open 0 0 weighted 0 won 3 1060 forecast 3 7000",
        "2026-11 USD open 0 0 weighted 0 won 3 12080 forecast 0 0",
      ])
  }

  @Test("a sum passes 64 bits without loss, and is written as a string")
  func greatSums() async throws {
    let limit = Money.limit
    let forecast = try await forecast([
      Told(value: limit - 1, closeOn: "2026-11-05", stage: 2, copies: 10_000)
    ])
    let bucket = try #require(forecast.buckets.first)
    let sum = (Int128(limit) - 1) * 10_000
    #expect(sum > Int128(Int64.max))
    #expect(bucket.open == Forecast.Sum(count: 10_000, minor: MinorSum(sum)))
    #expect(bucket.weighted.minor.minorUnits == sum * 3 / 4)
    let json = String(decoding: try JSONEncoder().encode(bucket.open), as: UTF8.self)
    #expect(json.contains(#""minor":"9999999999999990000""#))
  }

  @Test("weighted values are added before they are rounded, a half up")
  func rounding() async throws {
    // 3 × 0.1 = 0.3 → 0; 5 × 0.1 = 0.5 → 1; 0.3 + 0.5 over the whole = 0.8 → 1; 0.75 of 2 = 1.5 → 2.
    let forecast = try await forecast([
      Told(value: 1, closeOn: "2026-10-01", copies: 3), Told(value: 5, closeOn: "2026-11-01"),
      Told(value: 2, currency: "EUR", closeOn: "2026-11-01", stage: 2),
    ])
    #expect(forecast.buckets.map(\.weighted.minor.minorUnits) == [0, 2, 1])
    #expect(forecast.totals.map(\.weighted.minor.minorUnits) == [2, 1])
  }

  @Test("open deals without a close date are told apart")
  func undated() async throws {
    let forecast = try await forecast([
      Told(value: 7, copies: 2), Told(value: 9, currency: "EUR"), Told(value: 1, status: .lost),
      Told(value: 1, closeOn: "2030-01-01"),
    ])
    #expect(
      forecast.undated == [
        Total(currency: "EUR", count: 1, sum: MoneySum(rest: 9)),
        Total(currency: "USD", count: 2, sum: MoneySum(rest: 14)),
      ])
    #expect(forecast.buckets.isEmpty)
  }

  @Test("owner, currency and pipeline narrow every figure")
  func filters() async throws {
    let office = try await Office()
    let deals = [
      Told(value: 1, closeOn: "2026-11-05", owner: office.maya.id),
      Told(value: 2, closeOn: "2026-11-05", owner: office.tom.id),
      Told(value: 4, currency: "EUR", closeOn: "2026-11-05", owner: office.tom.id),
      Told(value: 8, status: .won, closedAt: "2026-11-05T12:00:00Z", owner: office.tom.id),
      Told(value: 16, owner: office.tom.id),
    ]
    let other = try await self.office(deals)
    func open(_ owner: Int64?, _ currency: String?, _ pipeline: Int64?) async throws -> [String] {
      let filter = try ReportFilter(
        from: "2026-11-01", to: "2026-11-30", pipelineID: pipeline, ownerID: owner, currency: currency)
      let forecast = try await other.parley.forecast(filter, by: .month, for: other.maya)
      return forecast.totals.map { "\($0.currency) \($0.open.minor.minorUnits) \($0.won.minor.minorUnits)" }
        + forecast.undated.map { "\($0.currency) \($0.minor)" }
    }
    #expect(try await open(nil, nil, nil) == ["EUR 4 0", "USD 3 8", "USD 16"])
    #expect(try await open(other.tom.id, nil, other.pipeline.id) == ["EUR 4 0", "USD 2 8", "USD 16"])
    #expect(try await open(other.maya.id, nil, nil) == ["USD 1 0"])
    #expect(try await open(nil, "EUR", nil) == ["EUR 4 0"])
    await #expect(throws: ParleyError.notFound) { try await open(nil, nil, 999) }
  }

  @Test("the week begins where the workspace says")
  func weekStart() async throws {
    let office = try await office([
      Told(value: 1, closeOn: "2026-11-22"), Told(value: 2, closeOn: "2026-11-23"),
    ])
    let filter = try ReportFilter(from: "2026-11-16", to: "2026-11-29")
    let byMonday = try await office.parley.forecast(filter, by: .week, for: office.tom)
    #expect(byMonday.buckets.map(\.open.minor.minorUnits) == [1, 2])
    _ = try await office.parley.updateWorkspace(WorkspaceChange(weekStartsOn: .sunday), by: office.maya)
    let bySunday = try await office.parley.forecast(filter, by: .week, for: office.tom)
    #expect(bySunday.buckets.map(\.open.minor.minorUnits) == [3])
    #expect(bySunday.periods.map(\.from.description) == ["2026-11-16", "2026-11-22", "2026-11-29"])
  }

  @Test("the deals behind a figure are those that it counts, the greatest first")
  func dealsBehind() async throws {
    let office = try await office([
      Told(value: 1, closeOn: "2026-11-05"), Told(value: 3, closeOn: "2026-11-30"),
      Told(value: 2, status: .lost, closeOn: "2026-11-06", closedAt: "2026-11-06T12:00:00Z"),
      Told(value: 5, status: .won, closeOn: "2026-12-01", closedAt: "2026-11-30T23:59:59Z"),
      Told(value: 7, status: .won, closeOn: "2026-11-01", closedAt: "2026-12-01T00:00:00Z"),
      Told(value: 9, currency: "EUR", closeOn: "2026-11-05"),
    ])
    let filter = try ReportFilter(from: "2026-11-01", to: "2026-11-30", currency: "USD")
    func values(_ figure: ForecastFigure, limit: Int = 50) async throws -> [Int64] {
      try await office.parley.deals(behind: figure, of: filter, limit: limit, for: office.maya)
        .map(\.value.minorUnits)
    }
    #expect(try await values(.open) == [3, 1])
    #expect(try await values(.won) == [5])
    #expect(try await values(.forecast) == [7, 3, 2, 1])
    #expect(try await values(.forecast, limit: 2) == [7, 3])
  }

  @Test(
    "what is wrong with a filter is told all at once",
    arguments: [
      (nil, "2026-13-01", "XXX", ["from": "required", "to": "invalid", "currency": "unknown"]),
      ("2026-11-02", "2026-11-01", nil, ["to": "reversed"]),
    ] as [(String?, String?, String?, [String: String])])
  func faults(from: String?, to: String?, currency: String?, expected: [String: String]) throws {
    do throws(ParleyError) {
      _ = try ReportFilter(from: from, to: to, currency: currency)
      Issue.record("the filter was taken")
    } catch {
      guard case .invalid(let invalid) = error else { throw error }
      #expect(invalid.fields.mapValues { String($0.split(separator: ".").last ?? "") } == expected)
    }
  }

  @Test("a range of too many periods is refused")
  func tooLong() async throws {
    let office = try await Office()
    let filter = try ReportFilter(from: "2026-01-01", to: "2028-01-01")
    let refusal = ParleyError.invalid(
      Invalid(code: "report.invalid", fields: ["to": "report.range.too-long"]))
    await #expect(throws: refusal) { try await office.parley.forecast(filter, by: .day, for: office.maya) }
    _ = try await office.parley.forecast(filter, by: .week, for: office.maya)
  }

  @Test("a report reads the entries of its range in an index, and no row of a deal")
  func plans() async throws {
    let office = try await Office()
    for (statement, search) in [
      (
        ReportRecords.expectedStatement,
        "SEARCH deal_forecasts USING PRIMARY KEY (owner_id=? AND day>? AND day<?)"
      ),
      (ReportRecords.undatedStatement, "SEARCH deal_forecasts USING PRIMARY KEY (owner_id=? AND day=?)"),
      (
        ReportRecords.wonStatement,
        "SEARCH kept USING PRIMARY KEY (owner_id=? AND span=? AND slot>? AND slot<?)"
      ),
    ] {
      let filled = statement.replacing(/\?\d/, with: "'1'")
      let plan = try await office.parley.read { snapshot in
        try snapshot.rows("EXPLAIN QUERY PLAN " + filled) { $0.text(3) }
      }
      #expect(plan.contains { $0.hasPrefix(search) }, "\(plan)")
      #expect(!plan.contains { $0.contains("SCAN deal") }, "\(plan)")
    }
  }

  @Test(
    "a sum is written in its currency's decimals",
    arguments: [
      (0, 2, "0.00"), (5, 2, "0.05"), (123_456, 2, "1234.56"), (7, 0, "7"), (1234, 3, "1.234"),
      (9, 3, "0.009"),
    ])
  func decimals(minor: Int, exponent: Int, expected: String) {
    #expect(MinorSum(Int128(minor)).decimal(exponent: exponent) == expected)
  }
}
