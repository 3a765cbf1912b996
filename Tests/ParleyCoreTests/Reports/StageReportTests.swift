import Foundation
import SQLite
import Testing

@testable import ParleyCore

@Suite("How deals come through their stages", .timeLimit(.minutes(1)))
struct StageReportTests {
  private static let day: Int64 = 86_400_000

  /// Deals of London in November 2026, each added on the 1st at noon; then what befalls them.
  private func office(_ deals: Int = 1) async throws -> Office {
    let office = try await Office()
    for _ in 0..<deals { try await insert(into: office) }
    return office
  }

  private func insert(into office: Office) async throws {
    _ = try await office.parley.write { transaction, _ in
      try transaction.execute(
        """
        INSERT INTO deals (title, description, value_minor, currency, owner_id, pipeline_id, stage_id, status,
            stage_entered_at, created_by, created_at)
          VALUES ('A deal', '', 100, 'USD', ?, ?, ?, 'open', ?, ?, ?)
        """, office.maya.id, office.pipeline.id, office.pipeline.stages[0].id, Self.noon(1),
        office.maya.id, Self.noon(1))
    }
  }

  /// Of a day of November 2026.
  private static func noon(_ day: Int64) -> Int64 {
    1_793_534_400_000 + (day - 1) * Self.day
  }

  /// As a revision stores it.
  private func change(
    _ id: Int64, to stage: Int? = nil, status: Deal.Status? = nil, on day: Int64, in office: Office
  ) async throws {
    let stages = office.pipeline.stages
    _ = try await office.parley.write { transaction, _ in
      try transaction.execute(
        """
        UPDATE deals SET stage_id = ifnull(?1, stage_id), stage_entered_at = iif(?1 IS NULL, stage_entered_at, ?3),
            status = ifnull(?2, status), last_activity_at = ?3,
            closed_at = CASE WHEN ?2 IS NULL THEN closed_at WHEN ?2 = 'open' THEN NULL ELSE ?3 END
          WHERE id = ?4
        """, stage.map { stages[$0].id }, status?.rawValue, Self.noon(day), id)
    }
  }

  private func funnel(
    _ office: Office, from: String = "2026-11-01", to: String = "2026-11-30",
    owner: KeyPath<Office, AgentIdentity>? = nil
  ) async throws -> [String] {
    let filter = try ReportFilter(
      from: from, to: to, pipelineID: office.pipeline.id, ownerID: owner.map { office[keyPath: $0].id })
    let funnel = try await office.parley.funnel(filter, for: office.maya)
    return funnel.entries.map { entry in
      let index = funnel.stages.firstIndex { $0.id == entry.stageID } ?? -1
      let fates: [(String, Forecast.Sum)] = [
        ("onward", entry.onward), ("back", entry.back), ("away", entry.away), ("won", entry.won),
        ("lost", entry.lost), ("there", entry.there),
      ]
      let told = fates.filter { $0.1.count > 0 }.map { "\($0.0) \($0.1.count)" }.joined(separator: " ")
      return "\(index) \(entry.currency) \(entry.entered.count) \(entry.entered.minor.minorUnits): \(told)"
    }
  }

  @Test("what became of the deals that entered a stage adds up to all of them")
  func fates() async throws {
    let office = try await office(5)
    try await change(1, to: 1, on: 3, in: office)
    try await change(1, to: 2, on: 5, in: office)
    try await change(1, status: .won, on: 9, in: office)
    try await change(2, to: 1, on: 4, in: office)
    try await change(2, to: 0, on: 6, in: office)
    try await change(3, status: .lost, on: 7, in: office)
    // Moved and won by one change.
    try await change(4, to: 2, status: .won, on: 8, in: office)
    #expect(
      try await funnel(office) == [
        "0 USD 6 600: onward 3 lost 1 there 2", "1 USD 2 200: onward 1 back 1", "2 USD 2 200: won 2",
      ])
    // The deals that came back on the 6th.
    #expect(try await funnel(office, from: "2026-11-06", to: "2026-11-06") == ["0 USD 1 100: there 1"])
  }

  @Test("a deal that is opened again goes on as if it had not been closed")
  func reopened() async throws {
    let office = try await office()
    try await change(1, status: .lost, on: 2, in: office)
    #expect(try await funnel(office) == ["0 USD 1 100: lost 1"])
    try await change(1, status: .open, on: 3, in: office)
    #expect(try await funnel(office) == ["0 USD 1 100: there 1"])
    // Closed, moved while closed, and opened where it stands then.
    try await change(1, status: .lost, on: 4, in: office)
    try await change(1, to: 1, on: 5, in: office)
    #expect(try await funnel(office) == ["0 USD 1 100: lost 1"])
    try await change(1, status: .open, on: 6, in: office)
    #expect(try await funnel(office) == ["0 USD 1 100: lost 1", "1 USD 1 100: there 1"])
    try await change(1, status: .won, on: 7, in: office)
    try await change(1, status: .lost, on: 8, in: office)
    #expect(try await funnel(office) == ["0 USD 1 100: lost 1", "1 USD 1 100: lost 1"])
  }

  @Test("a deal's owner, value and currency of today count, and one that is deleted counts nowhere")
  func followed() async throws {
    let office = try await office(2)
    try await change(1, to: 1, on: 3, in: office)
    _ = try await office.parley.write { transaction, _ in
      try transaction.execute(
        "UPDATE deals SET owner_id = ?, value_minor = 7, currency = 'EUR' WHERE id = 1", office.tom.id)
    }
    #expect(
      try await funnel(office) == ["0 EUR 1 7: onward 1", "0 USD 1 100: there 1", "1 EUR 1 7: there 1"])
    #expect(try await funnel(office, owner: \.tom) == ["0 EUR 1 7: onward 1", "1 EUR 1 7: there 1"])
    #expect(try await funnel(office, owner: \.maya) == ["0 USD 1 100: there 1"])
    try await office.parley.removeDeal(1, by: office.maya)
    #expect(try await funnel(office) == ["0 USD 1 100: there 1"])
    #expect(try await office.scene.count("SELECT count(*) FROM deal_stays") == 1)
  }

  @Test("what happens to a deal in another pipeline shows in that one only")
  func otherPipeline() async throws {
    let office = try await office(2)
    guard let dollar = Currency(code: "USD") else { return }
    let other = try await office.parley.write { transaction, _ in
      try PipelineRecords.insertDefault(currency: dollar, in: transaction)
    }
    _ = try await office.parley.write { transaction, _ in
      try transaction.execute(
        "UPDATE deals SET pipeline_id = ?, stage_id = ?, stage_entered_at = ? WHERE id = 1", other.id,
        other.stages[1].id, Self.noon(5))
      try transaction.execute("UPDATE deals SET value_minor = 900, owner_id = ? WHERE id = 1", office.tom.id)
    }
    #expect(try await funnel(office) == ["0 USD 2 200: away 1 there 1"])
    let filter = try ReportFilter(from: "2026-11-01", to: "2026-11-30", pipelineID: other.id)
    let entries = try await office.parley.funnel(filter, for: office.maya).entries
    #expect(entries.map(\.there) == [Forecast.Sum(count: 1, minor: MinorSum(900))])
    // Who does not see the other pipeline does not see the deal behind the figure.
    let stage = office.pipeline.stages[0].id
    let left = try ReportFilter(from: "2026-11-01", to: "2026-11-30", pipelineID: office.pipeline.id)
    let cases: [([Int64], [Int64])] = [([office.pipeline.id], []), ([office.pipeline.id, other.id], [1])]
    for (visible, expected) in cases {
      let found = try await office.parley.read { snapshot in
        try StageReportRecords.deals(
          enteringStage: stage, .away, within: 0..<Int64.max, nowIn: try JSON.text(visible),
          ReportRecords.Scope(left, for: office.maya, in: snapshot), limit: 9, in: snapshot)
      }
      #expect(found.map(\.id) == expected)
    }
  }

  @Test("the use cases that move deals keep the stays: add, move, edit, change of many, the end of a stage")
  func useCases() async throws {
    let office = try await Office()
    let stages = office.pipeline.stages
    for number in 1...4 {
      try await office.add(office.draft(contact: .new(name: "", email: "c\(number)@example.com")))
    }
    _ = try await office.parley.moveDeal(1, to: stages[1].id, behind: nil, by: office.maya)
    _ = try await office.parley.editDeal(2, DealChange(stageID: stages[1].id, status: .won), by: office.maya)
    _ = try await office.parley.changeDeals([3], BulkChange(stageID: stages[2].id), by: office.maya)
    try await office.parley.removeStage(stages[2].id, movingDealsTo: stages[1].id, by: office.maya)
    let filter = try ReportFilter(from: "2026-11-23", to: "2026-11-23", pipelineID: office.pipeline.id)
    let funnel = try await office.parley.funnel(filter, for: office.maya)
    #expect(funnel.stages.map(\.id) == stages.prefix(2).map(\.id))
    #expect(funnel.entries.map(\.entered.count) == [4, 3])
    #expect(funnel.entries.map(\.onward.count) == [3, 0])
    #expect(funnel.entries.map(\.there.count) == [1, 2])
    #expect(funnel.entries.map(\.won.count) == [0, 1])
    let going = try await office.scene.text("SELECT fate FROM deal_stays WHERE stage_id = \(stages[2].id)")
    #expect(going == "back")
  }

  @Test("what is counted by day and what is read by moment come to the same, in every zone")
  func zones() async throws {
    let office = try await Office()
    try await office.parley.write { transaction, _ in
      // One an hour, over four days of UTC.
      for hour in 0..<96 {
        let at = Self.noon(10) + Int64(hour) * 3_600_000
        try transaction.execute(
          """
          INSERT INTO deals (title, description, value_minor, currency, owner_id, pipeline_id, stage_id, status,
              stage_entered_at, created_by, created_at) VALUES ('', '', 1, 'USD', 1, ?, ?, 'open', ?, 1, ?)
          """, office.pipeline.id, office.pipeline.stages[0].id, at, at)
      }
    }
    for zone in ["UTC", "Europe/Paris", "America/New_York", "Asia/Kathmandu", "Pacific/Chatham"] {
      _ = try await office.parley.updateWorkspace(WorkspaceChange(timeZone: zone), by: office.maya)
      for (from, to) in [("10", "10"), ("11", "11"), ("11", "12"), ("09", "15"), ("13", "13")] {
        let filter = try ReportFilter(
          from: "2026-11-\(from)", to: "2026-11-\(to)", pipelineID: office.pipeline.id)
        let moments = Period(from: filter.range.lowerBound, to: filter.range.upperBound)
          .moments(in: TimeZone(name: zone) ?? .gmt)
        let expected = try await office.scene.count(
          """
          SELECT count(*) FROM deal_stays
            WHERE entered_at >= \(moments.lowerBound) AND entered_at < \(moments.upperBound)
          """)
        let funnel = try await office.parley.funnel(filter, for: office.maya)
        #expect(Int(funnel.entries.first?.entered.count ?? 0) == expected, "\(zone) \(from) to \(to)")
      }
    }
  }

  @Test("stays of the days before 1970 stand on their day")
  func before1970() async throws {
    let office = try await Office()
    _ = try await office.parley.updateWorkspace(WorkspaceChange(timeZone: "UTC"), by: office.maya)
    for moment in [-1, 0, -Self.day, -Self.day - 1, -100 * Self.day] {
      try await office.parley.write { transaction, _ in
        try transaction.execute(
          """
          INSERT INTO deals (title, description, value_minor, currency, owner_id, pipeline_id, stage_id, status,
              stage_entered_at, created_by, created_at) VALUES ('', '', 1, 'USD', 1, ?1, ?2, 'open', ?3, 1, ?3)
          """, office.pipeline.id, office.pipeline.stages[0].id, moment)
        return
      }
    }
    #expect(try await office.scene.disagreements() == [])
    for (from, to, count) in [
      ("1970-01-01", "1970-01-01", 1), ("1969-12-31", "1969-12-31", 2), ("1969-12-30", "1969-12-30", 1),
      ("1969-01-01", "1969-12-31", 4),
    ] {
      let entered = try await funnel(office, from: from, to: to)
      #expect(entered == ["0 USD \(count) \(count): there \(count)"], "\(from) to \(to)")
    }
  }

  @Test("times are of the stays that ended in the range, and of those that last until now")
  func times() async throws {
    let office = try await office(5)
    for (id, left) in [(1, 2), (2, 4), (3, 6), (4, 20)] as [(Int64, Int64)] {
      try await change(id, to: 1, on: left, in: office)
    }
    func times(_ to: String) async throws -> [StageTimes.Row] {
      let filter = try ReportFilter(from: "2026-11-01", to: to, pipelineID: office.pipeline.id)
      return try await office.parley.stageTimes(filter, for: office.maya).rows
    }
    let three = try await times("2026-11-10")[0].left
    #expect(three == StageTimes.Span(count: 3, isExact: true, median: 3 * Self.day, average: 3 * Self.day))
    let all = try await times("2026-11-30")
    #expect(all[0].left.median == 4 * Self.day && all[0].left.average == 7 * Self.day)
    #expect(all[0].there.count == 1 && all[0].there.median == Scene.now - Self.noon(1))
    #expect(all[1].left == StageTimes.Span(count: 0, isExact: true, median: nil, average: nil))
    #expect(all[1].there.count == 4)
  }

  @Test("the deals behind a figure are those that it counts, the last to enter first")
  func dealsBehind() async throws {
    let office = try await office(3)
    try await change(2, to: 1, on: 3, in: office)
    try await change(1, to: 1, on: 4, in: office)
    try await change(1, status: .won, on: 5, in: office)
    let filter = try ReportFilter(from: "2026-11-01", to: "2026-11-30", pipelineID: office.pipeline.id)
    let stages = office.pipeline.stages.map(\.id)
    func ids(_ stage: Int, _ fates: [StageFate], limit: Int = 9) async throws -> [Int64] {
      try await office.parley.deals(entering: stages[stage], fates, of: filter, limit: limit, for: office.tom)
        .map(\.id)
    }
    #expect(try await ids(1, StageFate.allCases) == [1, 2])
    #expect(try await ids(1, [.won]) == [1])
    #expect(try await ids(0, [.onward]) == [2, 1])
    #expect(try await ids(0, StageFate.allCases, limit: 2).count == 2)
    await #expect(throws: ParleyError.notFound) {
      try await office.parley.deals(entering: 999, [.won], of: filter, limit: 9, for: office.tom)
    }
  }

  @Test("a report about stages needs a pipeline, one that there is")
  func pipeline() async throws {
    let office = try await Office()
    let refusal = ParleyError.invalid(
      Invalid(code: "report.invalid", fields: ["pipeline": "report.pipeline.required"]))
    let none = try ReportFilter(from: "2026-11-01", to: "2026-11-30")
    await #expect(throws: refusal) { try await office.parley.funnel(none, for: office.maya) }
    let other = try ReportFilter(from: "2026-11-01", to: "2026-11-30", pipelineID: 999)
    await #expect(throws: ParleyError.notFound) {
      try await office.parley.stageTimes(other, for: office.maya)
    }
  }

  @Test("a report reads counts, and entries of an index where it reads stays")
  func plans() async throws {
    let office = try await Office()
    for (statement, search) in [
      (
        StageReportRecords.entriesStatement,
        "SEARCH kept USING PRIMARY KEY (stage_id=? AND owner_id=? AND span=? AND slot>? AND slot<?)"
      ),
      (StageReportRecords.leftStatement, "SEARCH deal_stays USING COVERING INDEX"),
      (StageReportRecords.thereStatement, "SEARCH deal_stays USING COVERING INDEX"),
    ] {
      let filled = statement.replacing(/\?\d/, with: "1")
      let plan = try await office.parley.read { snapshot in
        try snapshot.rows("EXPLAIN QUERY PLAN " + filled) { $0.text(3) }
      }
      #expect(plan.contains { $0.contains(search) }, "\(plan)")
      #expect(!plan.contains { $0.contains("SCAN deal_stays") || $0.contains("SCAN kept") }, "\(plan)")
    }
  }
}
