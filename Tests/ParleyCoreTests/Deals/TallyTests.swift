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
      DealChange(status: .lost, lostReason: "Price"), DealChange(status: .open), DealChange(tags: ["late"]),
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
      let won = try await office.parley.read { try ReportRecords.won(within: moments, scope, in: $0) }
      let sum = won.reduce(into: MinorSum()) { $0 += $1.sum }
      #expect(won.reduce(0) { $0 + $1.count } == to - from, "\(from) ..< \(to)")
      #expect(sum == MinorSum(Int128((from..<to).reduce(0, +))), "\(from) ..< \(to)")
    }
  }
}
