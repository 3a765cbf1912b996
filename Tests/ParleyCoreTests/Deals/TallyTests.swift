import Foundation
import SQLite
import Testing

@testable import ParleyCore

@Suite("Counts and sums that are kept of deals", .timeLimit(.minutes(1)))
struct TallyTests {
  @Test("they agree with the deals after each change of one")
  func changes() async throws {
    let office = try await Office()
    let other = try await office.parley.addPipeline(
      PipelineDraft(name: "Service", currency: "EUR"), by: office.maya)
    var draft = office.draft()
    draft.forecastedCloseOn = "2026-12-10"
    let deal = try await office.add(draft).deal
    _ = try await office.add(office.draft())
    let changes = [
      DealChange(tags: ["fair", "late"]), DealChange(stageID: office.pipeline.stages[1].id),
      DealChange(value: .init(minor: 3_000_000_007, currency: "EUR")), DealChange(ownerID: office.tom.id),
      DealChange(status: .won), DealChange(forecastedCloseOn: .some("2027-01-02")),
      DealChange(status: .lost, lostReason: "Price"), DealChange(ownerID: office.maya.id),
      DealChange(lostReason: "Timing"), DealChange(status: .open), DealChange(tags: ["late"]),
      DealChange(pipelineID: other.id, stageID: other.stages[2].id),
      DealChange(forecastedCloseOn: .some(nil)), DealChange(status: .won, tags: []),
      DealChange(tags: ["fair"]),
    ]
    for change in changes {
      _ = try await office.parley.editDeal(deal.id, change, by: office.maya)
      #expect(try await office.scene.disagreements() == [], "\(change)")
    }
    try await office.parley.removeDeal(deal.id, by: office.maya)
    #expect(try await office.scene.disagreements() == [])
    let left = try await office.parley.read { snapshot in
      try snapshot.rows(
        "SELECT sum(count) FROM deal_tag_totals UNION ALL SELECT sum(won + lost) FROM deal_outcomes"
      ) {
        $0.int(0)
      }
    }
    #expect(left == [0, 0])
  }

  @Test("a stage's probability weighs what is expected of its deals anew")
  func weighed() async throws {
    let office = try await Office()
    for number in 1...3 {
      var draft = office.draft(contact: .new(name: "", email: "c\(number)@example.com"))
      draft.value?.minor = 999_999_999_999
      draft.forecastedCloseOn = number == 3 ? nil : "2026-12-1\(number)"
      try await office.add(draft)
    }
    let stage = office.pipeline.stages[0]
    for probability in [0, 100, 37] {
      _ = try await office.parley.editStage(stage.id, StageDraft(probability: probability), by: office.maya)
      #expect(try await office.scene.disagreements() == [], "\(probability)")
      let filter = try ReportFilter(from: "2026-12-01", to: "2026-12-31")
      let forecast = try await office.parley.forecast(filter, by: .month, for: office.maya)
      let exact = Int128(2 * 999_999_999_999) * Int128(probability)
      #expect(forecast.totals.map(\.weighted.minor.minorUnits) == [(exact + 50) / 100])
    }
  }

  @Test("one that is wrong is found")
  func wrong() async throws {
    let office = try await Office()
    try await office.add(office.draft())
    try await office.parley.write { transaction, _ in
      try transaction.execute("UPDATE deal_totals SET rest = rest + 1 WHERE owner_id = 0")
      return
    }
    #expect(try await office.scene.disagreements() == ["deal totals"])
  }

  @Test("what was won and lost, and why, is what was closed on the days of a range, in any time zone")
  func closedInZones() async throws {
    let office = try await Office()
    // Every seven hours from July 2025 on, a unit more each time; every third is lost, every other is Tom's.
    let start: Int64 = 1_751_370_000_000
    let step: Int64 = 7 * 3_600_000
    try await office.parley.write { transaction, _ in
      try transaction.execute(
        """
        INSERT INTO deals (title, description, value_minor, currency, owner_id, pipeline_id, stage_id, status,
            closed_at, lost_reason, created_by, created_at)
          WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 1799)
          SELECT 'x', '', i, 'USD', iif(i % 2, ?2, ?1), ?3, ?4, iif(i % 3, 'won', 'lost'), ?5 + i * ?6,
              iif(i % 3, '', 'Reason ' || (i % 5)), ?1, 0 FROM n
        """, office.maya.id, office.tom.id, office.pipeline.id, office.pipeline.stages[0].id, start, step)
      return
    }
    let ranges = [
      ("2025-07-01", "2026-12-31"), ("2025-07-02", "2026-11-30"), ("2025-10-25", "2025-10-27"),
      ("2026-03-29", "2026-03-29"),
      ("2026-03-08", "2026-03-08"), ("2026-05-01", "2026-05-07"), ("2020-01-01", "2020-01-31"),
    ]
    for zone in ["UTC", "Europe/Paris", "America/New_York", "Asia/Kathmandu", "Pacific/Chatham"] {
      _ = try await office.parley.updateWorkspace(WorkspaceChange(timeZone: zone), by: office.maya)
      #expect(try await office.scene.disagreements() == [], "\(zone)")
      for ((from, to), ownerID) in ranges.flatMap({ range in [nil, office.tom.id].map { (range, $0) } }) {
        let filter = try ReportFilter(from: from, to: to, ownerID: ownerID)
        let moments = Period(from: filter.range.lowerBound, to: filter.range.upperBound)
          .moments(in: TimeZone(name: zone) ?? .gmt)
        let all = (0..<1800 as Range<Int64>).filter {
          moments.contains(start + $0 * step) && (ownerID == nil || $0 % 2 == 1)
        }
        let (won, lost) = (all.filter { $0 % 3 != 0 }, all.filter { $0 % 3 == 0 })
        let told = "\(zone) \(from) … \(to) of \(ownerID ?? 0)"
        let outcomes = try await office.parley.outcomes(filter, for: office.maya)
        #expect(outcomes.owners.reduce(into: .nothing) { $0 += $1.won } == sum(won), "\(told)")
        #expect(outcomes.owners.reduce(into: .nothing) { $0 += $1.lost } == sum(lost), "\(told)")
        for reason in outcomes.reasons {
          let ones = sum(lost.filter { reason.reason == "Reason \($0 % 5)" })
          #expect(reason.count == ones.count && reason.minor == ones.minor, "\(told) \(reason.reason)")
        }
        #expect(outcomes.reasons.reduce(0) { $0 + $1.count } == lost.count, "\(told)")
        for unit in [Period.Unit.week, .month] {
          let forecast = try await office.parley.forecast(filter, by: unit, for: office.maya)
          #expect(forecast.totals.reduce(into: .nothing) { $0 += $1.won } == sum(won), "\(told) by \(unit)")
        }
      }
    }
  }

  private func sum(_ numbers: [Int64]) -> Forecast.Sum {
    Forecast.Sum(count: Int64(numbers.count), minor: MinorSum(Int128(numbers.reduce(0, +))))
  }

  @Test("ranges are whole spans of several lengths, and neighbours of one length are one run")
  func spans() throws {
    func runs(_ ranges: ClosedRange<Int>...) throws -> [DaySpans.Run] {
      DaySpans(
        try ranges.map {
          try #require(CalendarDate(dayNumber: $0.lowerBound))...#require(
            CalendarDate(dayNumber: $0.upperBound))
        }
      ).runs
    }
    #expect(
      try runs(-1...82) == [
        .init(span: 1, slots: -1..<0), .init(span: 64, slots: 0..<1), .init(span: 8, slots: 8..<10),
        .init(span: 1, slots: 80..<83),
      ])
    #expect(try runs(3...3, 4...9) == [.init(span: 1, slots: 3..<10)])
    #expect(try runs(0...7, 8...15) == [.init(span: 8, slots: 0..<2)])
    #expect(try runs(-64 ... -1) == [.init(span: 64, slots: -1..<0)])
  }
}
