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
        "SELECT sum(count) FROM deal_tag_totals UNION ALL SELECT sum(count) FROM deal_closings"
      ) {
        $0.int(0)
      }
    }
    #expect(left == [0, 0])
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

  @Test("what was won on a day is added up of days, hours and what is left of an hour, in any time zone")
  func wonInZones() async throws {
    let office = try await Office()
    // Each quarter of an hour of five days, a unit more each time.
    let start: Int64 = 1_795_305_600_000
    try await office.parley.write { transaction, _ in
      try transaction.execute(
        """
        INSERT INTO deals (title, description, value_minor, currency, owner_id, pipeline_id, stage_id, status,
            closed_at, created_by, created_at)
          WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 479)
          SELECT 'x', '', i, 'USD', ?1, ?2, ?3, 'won', ?4 + i * 900000, ?1, 0 FROM n
        """, office.maya.id, office.pipeline.id, office.pipeline.stages[0].id, start)
      return
    }
    let scope = ReportRecords.Scope(pipelines: "[\(office.pipeline.id)]", ownerID: nil, currency: nil)
    for (from, to) in [(0, 480), (3, 477), (4, 100), (22, 118), (5, 7), (96, 192), (7, 7), (479, 480)]
      as [(Int64, Int64)]
    {
      let moments = start + from * 900_000..<start + to * 900_000
      let won = try await office.parley.read {
        try ReportRecords.won(within: [moments], scope, in: $0)
      }
      let sum = won.reduce(into: MinorSum()) { $0 += $1.sum }
      #expect(won.reduce(0) { $0 + $1.count } == to - from, "\(from) ..< \(to)")
      #expect(sum == MinorSum(Int128((from..<to).reduce(0, +))), "\(from) ..< \(to)")
    }
  }

  @Test("what an owner won and lost, and why, is added up of spans and what is left")
  func outcomesInSpans() async throws {
    let office = try await Office()
    // Every seven hours from about the middle of 2025 on, a unit more each time; every third is lost, every other is Tom's.
    let start: Int64 = 1_750_000_000_000
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
    #expect(try await office.scene.disagreements() == [])
    let ranges: [(Int64, Int64)] = [(0, 1800), (1, 1799), (3, 4), (5, 5), (13, 400), (700, 1500)]
    for ((from, to), ownerID) in ranges.flatMap({ range in [nil, office.tom.id].map { (range, $0) } }) {
      let moments = start + from * step..<start + to * step
      let scope = ReportRecords.Scope(pipelines: "[\(office.pipeline.id)]", ownerID: ownerID, currency: nil)
      let (won, lost, reasons, ofOwner) = try await office.parley.read { snapshot in
        (
          try OutcomeRecords.groups(.won, within: moments, scope, in: snapshot),
          try OutcomeRecords.groups(.lost, within: moments, scope, in: snapshot),
          try OutcomeRecords.reasons(within: moments, scope, in: snapshot),
          try ReportRecords.won(within: [moments], scope, in: snapshot)
        )
      }
      let all = (from..<to).filter { ownerID == nil || $0 % 2 == 1 }
      let (wonOnes, lostOnes) = (all.filter { $0 % 3 != 0 }, all.filter { $0 % 3 == 0 })
      let told = "\(from) ..< \(to) of \(ownerID ?? 0)"
      func sum(_ numbers: [Int64]) -> MinorSum { MinorSum(Int128(numbers.reduce(0, +))) }
      for (groups, ones) in [(won, wonOnes), (lost, lostOnes)] {
        #expect(groups.reduce(0) { $0 + $1.sum.count } == ones.count, "\(told)")
        #expect(groups.reduce(into: MinorSum()) { $0 += $1.sum.minor } == sum(ones), "\(told)")
      }
      #expect(ofOwner.reduce(0) { $0 + $1.count } == wonOnes.count, "\(told)")
      #expect(ofOwner.reduce(into: MinorSum()) { $0 += $1.sum } == sum(wonOnes), "\(told)")
      for reason in reasons {
        let ones = lostOnes.filter { reason.reason == "Reason \($0 % 5)" }
        #expect(reason.count == ones.count && reason.minor == sum(ones), "\(told) \(reason.reason)")
      }
      #expect(reasons.reduce(0) { $0 + $1.count } == lostOnes.count, "\(told)")
    }
  }

  @Test("a range is whole spans of several lengths and what is left at its ends")
  func spans() {
    let day = UTCDivision.day
    let spans = UTCSpans(-1..<83 * day + 5, by: [64, 8, 1].map { $0 * day })
    #expect(
      spans.runs == [
        .init(span: 64 * day, slots: 0..<1), .init(span: 8 * day, slots: 8..<10),
        .init(span: day, slots: 80..<83),
      ])
    #expect(spans.rest == [-1..<0, 83 * day..<83 * day + 5])
    #expect(UTCSpans(7..<7, by: [64 * day]).rest == [])
  }
}
