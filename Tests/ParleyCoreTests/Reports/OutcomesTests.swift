import Foundation
import SQLite
import Testing

@testable import ParleyCore

@Suite("What became of deals", .timeLimit(.minutes(1)))
struct OutcomesTests {
  private struct Closed {
    var status: Deal.Status
    var value: Int64
    var at: String
    var currency = "USD"
    var reason = ""
    var isToms = false
  }

  private func office(_ deals: [Closed]) async throws -> Office {
    let office = try await Office()
    try await office.parley.write { transaction, changes in
      for deal in deals {
        let moment = Int64(try Date(deal.at, strategy: .iso8601).timeIntervalSince1970 * 1000)
        try transaction.execute(
          """
          INSERT INTO deals (title, description, value_minor, currency, owner_id, pipeline_id, stage_id, status,
              closed_at, lost_reason, created_by, created_at)
            VALUES ('A deal', '', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """, deal.value, deal.currency, deal.isToms ? office.tom.id : office.maya.id, office.pipeline.id,
          office.pipeline.stages[0].id, deal.status.rawValue, deal.status == .open ? nil : moment,
          deal.reason,
          office.maya.id, changes.now)
      }
    }
    return office
  }

  private func filter(
    _ office: Office, ownedBy owner: KeyPath<Office, AgentIdentity>? = nil, currency: String? = nil
  ) throws -> ReportFilter {
    try ReportFilter(
      from: "2026-11-01", to: "2026-11-30", ownerID: owner.map { office[keyPath: $0].id }, currency: currency)
  }

  private func outcomes(
    _ deals: [Closed], ownedBy owner: KeyPath<Office, AgentIdentity>? = nil
  ) async throws -> Outcomes {
    let office = try await office(deals)
    return try await office.parley.outcomes(try filter(office, ownedBy: owner), for: office.maya)
  }

  private static let deals = [
    Closed(status: .won, value: 100, at: "2026-11-01T00:00:00Z"),
    Closed(status: .won, value: 30, at: "2026-11-30T23:59:59Z"),
    Closed(status: .won, value: 1, at: "2026-10-31T23:59:59Z"),
    Closed(status: .won, value: 1, at: "2026-12-01T00:00:00Z"),
    Closed(status: .lost, value: 7, at: "2026-11-05T12:00:00Z", reason: "Price"),
    Closed(status: .lost, value: 8, at: "2026-11-06T12:00:00Z", reason: "Price", isToms: true),
    Closed(status: .lost, value: 900, at: "2026-11-07T12:00:00Z", isToms: true),
    Closed(
      status: .lost, value: 5, at: "2026-11-07T12:00:00Z", currency: "EUR", reason: "Timing", isToms: true),
    Closed(status: .open, value: 1, at: "2026-11-07T12:00:00Z"),
  ]

  private func told(_ share: Outcomes.Share) -> String {
    "\(share.currency) \(share.owner.name) won \(share.won.count) \(share.won.minor.minorUnits) "
      + "lost \(share.lost.count) \(share.lost.minor.minorUnits)"
  }

  @Test("deals count on the day they were closed, by owner and currency")
  func owners() async throws {
    #expect(
      try await outcomes(Self.deals).owners.map(told) == [
        "EUR Tom won 0 0 lost 1 5", "USD Maya won 2 130 lost 1 7", "USD Tom won 0 0 lost 2 908",
      ])
    #expect(
      try await outcomes(Self.deals, ownedBy: \.maya).owners.map(told) == ["USD Maya won 2 130 lost 1 7"])
  }

  @Test("reasons stand by how often they were given, also where none was")
  func reasons() async throws {
    let reasons = try await outcomes(Self.deals).reasons
    #expect(
      reasons.map { "\($0.currency) \($0.reason) \($0.count) \($0.minor.minorUnits)" } == [
        "EUR Timing 1 5", "USD Price 2 15", "USD  1 900",
      ])
  }

  @Test("of many reasons the most frequent are told")
  func manyReasons() async throws {
    let deals = (1...30).map {
      Closed(status: .lost, value: 1, at: "2026-11-05T12:00:00Z", reason: "Reason \($0 + 100)")
    }
    let often = Closed(status: .lost, value: 1, at: "2026-11-05T12:00:00Z", reason: "Often")
    let reasons = try await outcomes(deals + [often, often]).reasons
    #expect(reasons.count == Outcomes.reasonLimit)
    #expect(reasons.first?.reason == "Often")
  }

  @Test("the deals behind a figure are those that it counts, the last to be closed first")
  func dealsBehind() async throws {
    let office = try await office(Self.deals)
    func ids(
      _ figure: OutcomeFigure, _ reason: String? = nil, ownedBy owner: KeyPath<Office, AgentIdentity>? = nil,
      currency: String? = nil, limit: Int = 9
    ) async throws -> [Int64] {
      try await office.parley.deals(
        closedAs: figure, reason: reason, of: try filter(office, ownedBy: owner, currency: currency),
        limit: limit, for: office.tom
      ).map(\.id)
    }
    #expect(try await ids(.won) == [2, 1])
    #expect(try await ids(.won, "Price") == [2, 1])
    #expect(try await ids(.lost, currency: "USD") == [7, 6, 5])
    #expect(try await ids(.lost, currency: "USD", limit: 2) == [7, 6])
    #expect(try await ids(.lost, "Price") == [6, 5])
    #expect(try await ids(.lost, "Price", ownedBy: \.tom) == [6])
    #expect(try await ids(.lost, "") == [7])
    let other = try ReportFilter(from: "2026-11-01", to: "2026-11-30", pipelineID: 999)
    await #expect(throws: ParleyError.notFound) {
      try await office.parley.deals(closedAs: .won, reason: nil, of: other, limit: 9, for: office.tom)
    }
  }

  @Test("a report reads what is kept of its range, and no deal")
  func plans() async throws {
    let office = try await Office()
    for statement in [OutcomeRecords.ownersStatement, OutcomeRecords.reasonsStatement] {
      let filled = statement.replacing(/\?\d/, with: "'1'")
      let plan = try await office.parley.read { snapshot in
        try snapshot.rows("EXPLAIN QUERY PLAN " + filled) { $0.text(3) }
      }
      #expect(!plan.contains { $0.contains("deals") || $0.contains("SCAN kept") }, "\(plan)")
      #expect(
        plan.contains { $0.hasPrefix("SEARCH kept USING PRIMARY KEY") && $0.contains("slot>? AND slot<?") },
        "\(plan)")
    }
    let behind = try await office.parley.read { snapshot in
      try snapshot.rows(
        "EXPLAIN QUERY PLAN " + OutcomeRecords.dealsStatement.replacing(/\?\d/, with: "'1'")
      ) { $0.text(3) }
    }
    #expect(
      behind.contains {
        $0.hasPrefix(
          "SEARCH deals USING COVERING INDEX deals_by_closing (status=? AND closed_at>? AND closed_at<?)")
      } && !behind.contains { $0.contains("TEMP B-TREE") }, "\(behind)")
  }
}
