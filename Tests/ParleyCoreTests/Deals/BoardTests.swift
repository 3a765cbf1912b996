import SQLite
import Testing

@testable import ParleyCore

@Suite("The board")
struct BoardTests {
  /// The ids of each column's cards.
  private func cards(_ office: Office) async throws -> [[Int64]] {
    try await office.parley.board(of: office.pipeline.id, DealFilter(), by: office.tom).columns.map {
      $0.deals.map(\.id)
    }
  }

  @Test("each column has its first cards and what it comes to, a new deal at the head")
  func columns() async throws {
    let office = try await Office()
    var ids: [Int64] = []
    for _ in 0..<30 { ids.append(try await office.add(office.draft()).deal.id) }
    try await office.add(office.draft(value: .init(minor: 5, currency: "JPY")))
    let columns = try await office.parley.board(of: office.pipeline.id, DealFilter(), by: office.tom).columns
    #expect(columns.map(\.stage) == office.pipeline.stages)
    #expect(columns.map(\.count) == [31, 0, 0] && columns.map(\.deals.count) == [25, 0, 0])
    #expect(columns[0].totals.map(\.currency) == ["GBP", "JPY"])
    #expect(columns[0].totals.map(\.minor) == ["34200000", "5"] && columns[0].totals[0].count == 30)
    #expect(columns[0].deals.dropFirst().map(\.id) == Array(ids.reversed().prefix(24)))
    var filter = DealFilter()
    filter.stageID = office.pipeline.stages[0].id
    let rest = try await office.parley.deals(
      filter, order: .rank, after: columns[0].next, limit: 25, by: office.tom)
    #expect(rest.deals.map(\.id) == Array(ids.reversed().suffix(6)) && rest.next == nil)
  }

  @Test("a card goes behind another or to the head, in its column and in others, and the others hear of it")
  func move() async throws {
    let office = try await Office()
    let stages = office.pipeline.stages.map(\.id)
    var ids: [Int64] = []
    for _ in 0..<3 { ids.insert(try await office.add(office.draft()).deal.id, at: 0) }
    let (a, b, c) = (ids[0], ids[1], ids[2])
    _ = office.scene.takeAgentEvents()
    func move(_ id: Int64, _ stage: Int, _ card: Int64?) async throws {
      _ = try await office.parley.moveDeal(id, to: stages[stage], behind: card, by: office.tom)
    }
    try await move(a, 0, c)
    #expect(try await cards(office) == [[b, c, a], [], []])
    #expect(office.scene.takeAgentEvents() == ["deal.changed"])
    try await move(a, 0, b)
    #expect(try await cards(office) == [[b, a, c], [], []])
    try await move(c, 0, nil)
    #expect(try await cards(office) == [[c, b, a], [], []])
    _ = office.scene.takeAgentEvents()
    try await move(c, 1, nil)
    #expect(try await cards(office) == [[b, a], [c], []])
    #expect(office.scene.takeAgentEvents() == ["record.changed", "deal.changed", "totals.changed"])
    // The card has moved away meanwhile: the head.
    try await move(b, 1, a)
    #expect(try await cards(office) == [[a], [b, c], []])
    try await move(a, 1, b)
    #expect(try await cards(office) == [[], [b, a, c], []])
    try await move(a, 1, a)
    #expect(try await cards(office) == [[], [a, b, c], []])
  }

  @Test("64 moves at once lose no card, and no two have the same place")
  func concurrentMoves() async throws {
    let office = try await Office()
    var ids: [Int64] = []
    for _ in 0..<16 { ids.append(try await office.add(office.draft()).deal.id) }
    let all = ids
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<64 {
        group.addTask {
          let stage = office.pipeline.stages[number % 3].id
          _ = try await office.parley.moveDeal(
            all[number % 16], to: stage, behind: all[(number * 7 + 3) % 16],
            by: number.isMultiple(of: 2) ? office.maya : office.tom)
        }
      }
      try await group.waitForAll()
    }
    #expect(try await cards(office).flatMap { $0 }.sorted() == all)
    #expect(try await office.scene.count("SELECT count(DISTINCT stage_id || ' ' || rank) FROM deals") == 16)
    #expect(try await office.scene.disagreements() == [])
  }

  @Test("a stage of another pipeline, a deal that is not, and who is no agent are refused")
  func refusals() async throws {
    let office = try await Office()
    let deal = try await office.add(office.draft()).deal
    let other = try await office.parley.addPipeline(
      PipelineDraft(name: "Service", currency: "EUR"), by: office.maya)
    let unknown = ParleyError.invalid(Invalid(code: "deal.invalid", fields: ["stage": "deal.stage.unknown"]))
    for stage in [99, other.stages[0].id] {
      await #expect(throws: unknown) {
        try await office.parley.moveDeal(deal.id, to: stage, behind: nil, by: office.tom)
      }
    }
    await #expect(throws: ParleyError.notFound) {
      try await office.parley.moveDeal(99, to: deal.stage.id, behind: nil, by: office.tom)
    }
    await #expect(throws: ParleyError.permissionDenied) {
      try await office.parley.moveDeal(deal.id, to: deal.stage.id, behind: nil, by: .machine)
    }
    await #expect(throws: ParleyError.notFound) {
      try await office.parley.board(of: 99, DealFilter(), by: office.tom)
    }
  }

  @Test(
    "sums pass 64 bits, digit by digit",
    arguments: [
      (0, 0, "0"), (0, 999_999_999, "999999999"), (0, 1_000_000_000, "1000000000"),
      (9_223_372_036_854_775_807, 7, "9223372036854775807000000007"), (1, 1_000_000_001, "2000000001"),
    ] as [(Int64, Int64, String)])
  func sums(billions: Int64, rest: Int64, expected: String) {
    #expect(MoneySum(billions: billions, rest: rest).digits == expected)
  }

  @Test("the kept totals are what a recount gives, whatever happened, also above 64 bits")
  func totals() async throws {
    let office = try await Office()
    let stages = office.pipeline.stages.map(\.id)
    var ids: [Int64] = []
    for number in 0..<40 {
      let value = DealDraft.Value(
        minor: Money.limit - Int64(number), currency: ["USD", "JPY", "KWD"][number % 3])
      ids.append(try await office.add(office.draft(value: value)).deal.id)
    }
    for _ in 0..<200 {
      guard let id = ids.randomElement() else { break }
      switch Int.random(in: 0..<5) {
      case 0:
        _ = try await office.parley.moveDeal(
          id, to: stages.randomElement() ?? 0, behind: ids.randomElement(), by: office.tom)
      case 1:
        let value = DealDraft.Value(
          minor: .random(in: 0...Money.limit), currency: ["USD", "JPY", "KWD"].randomElement())
        _ = try await office.parley.editDeal(id, DealChange(value: value), by: office.tom)
      case 2:
        let status = Deal.Status.allCases.randomElement()
        _ = try await office.parley.editDeal(id, DealChange(status: status), by: office.tom)
      case 3 where ids.count > 20:
        try await office.parley.removeDeal(id, by: office.tom)
        ids.removeAll { $0 == id }
      default:
        _ = try await office.parley.editDeal(
          id, DealChange(stageID: stages.randomElement()), by: office.tom)
      }
    }
    #expect(try await office.scene.disagreements() == [])
    // 10^15 and more than ten thousand times that: past 2^63.
    _ = try await office.parley.write { transaction, _ in
      try transaction.execute(
        """
        INSERT INTO deals (title, description, value_minor, currency, owner_id, pipeline_id, stage_id, status,
            created_by, created_at, rank)
          WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
          SELECT 'x', '', 1000000000000000, 'EUR', ?, ?, ?, 'open', ?, 0, printf('7%015x', i) FROM n
        """, office.maya.id, office.pipeline.id, stages[0], office.maya.id)
    }
    let column = try await office.parley.board(of: office.pipeline.id, DealFilter(), by: office.tom).columns[
      0]
    let euros = try #require(column.totals.first { $0.currency == "EUR" })
    #expect(euros.minor == "10000000000000000000" && euros.count == 10_000)
    #expect(try await office.scene.disagreements() == [])
  }
}

extension Scene {
  /// What is kept for speed and disagrees with what it is of, by name.
  func disagreements() async throws -> [String] {
    try await parley.read { snapshot in
      try InvariantRecords.all.filter { try $0.violations(in: snapshot) > 0 }.map(\.name)
    }
  }
}
