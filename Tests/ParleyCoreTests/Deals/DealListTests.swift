import SQLite
import Testing

@testable import ParleyCore

@Suite("Lists of deals")
struct DealListTests {
  /// Many deals over two pipelines, with much that is equal.
  private static func stocked(_ count: Int = 120) async throws -> Office {
    let office = try await Office()
    let other = try await office.parley.addPipeline(
      PipelineDraft(name: "Service", currency: "EUR"), by: office.maya)
    for number in 0..<count {
      let pipeline = number.isMultiple(of: 4) ? other : office.pipeline
      var draft = office.draft(
        title: "\(["duo", "Trio", "Élan", "ONE"][number % 4]) \(number % 10)",
        value: .init(minor: Int64(number % 7) * 1000, currency: ["USD", "EUR", "JPY"][number % 3]),
        contact: .new(name: "Person \(number % 5)", email: "p\(number % 5)@a.example"),
        account: .new(name: "Account \(number % 3)"))
      draft.pipelineID = pipeline.id
      draft.stageID = pipeline.stages[number % 3].id
      draft.ownerID = number.isMultiple(of: 2) ? office.maya.id : office.tom.id
      draft.forecastedCloseOn = number.isMultiple(of: 6) ? nil : "2026-12-\(10 + number % 9)"
      let deal = try await office.add(draft).deal
      let change = DealChange(
        status: number.isMultiple(of: 5) ? .won : nil,
        tags: number.isMultiple(of: 8) ? ["Fair", "barista"] : nil)
      _ = try await office.parley.editDeal(deal.id, change, by: office.maya)
    }
    return office
  }

  private func all(
    _ office: Office, _ filter: DealFilter, _ order: DealOrder, limit: Int
  ) async throws -> [Deal] {
    var deals: [Deal] = []
    var next: String?
    repeat {
      let page = try await office.parley.deals(
        filter, order: order, after: next, limit: limit, by: office.tom)
      #expect(page.deals.count <= limit && !page.deals.isEmpty)
      deals += page.deals
      next = page.next
    } while next != nil
    return deals
  }

  @Test("page by page every deal comes once and in order, in every order")
  func pages() async throws {
    let office = try await Self.stocked()
    var filter = DealFilter()
    filter.status = .all
    for order in DealOrder.allCases {
      let deals = try await all(office, filter, order, limit: 7)
      #expect(deals.count == 120 && Set(deals.map(\.id)).count == 120, "\(order)")
      for (left, right) in zip(deals, deals.dropFirst()) {
        let isInOrder =
          switch order {
          case .rank: !right.rank.utf8.lexicographicallyPrecedes(left.rank.utf8)
          case .newest: left.id > right.id
          case .value:
            (left.value.currency.code, -left.value.minorUnits, left.id)
              < (right.value.currency.code, -right.value.minorUnits, right.id)
          case .close:
            (left.forecastedCloseOn?.description ?? "~", left.id)
              < (right.forecastedCloseOn?.description ?? "~", right.id)
          case .activity: (left.lastActivityAt, left.id) > (right.lastActivityAt, right.id)
          case .title:
            !right.title.lowercased().utf8.lexicographicallyPrecedes(left.title.lowercased().utf8)
              || !right.title.allSatisfy(\.isASCII) || !left.title.allSatisfy(\.isASCII)
          }
        #expect(isInOrder, "\(order): \(left.id) before \(right.id)")
      }
    }
  }

  struct Narrowing: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let narrow: @Sendable (inout DealFilter, Office) -> Void
    let shows: @Sendable (Deal, Office) -> Bool

    init(
      _ name: String, _ narrow: @escaping @Sendable (inout DealFilter, Office) -> Void,
      shows: @escaping @Sendable (Deal, Office) -> Bool
    ) {
      (testDescription, self.narrow, self.shows) = (name, narrow, shows)
    }
  }

  private static let narrowings = [
    Narrowing("pipeline", { $0.pipelineID = $1.pipeline.id }, shows: { $0.pipeline.id == $1.pipeline.id }),
    Narrowing(
      "stage", { $0.stageID = $1.pipeline.stages[1].id }, shows: { $0.stage.id == $1.pipeline.stages[1].id }),
    Narrowing("open", { filter, _ in filter.status = .open }, shows: { deal, _ in deal.status == .open }),
    Narrowing("won", { filter, _ in filter.status = .won }, shows: { deal, _ in deal.status == .won }),
    Narrowing("lost", { filter, _ in filter.status = .lost }, shows: { _, _ in false }),
    Narrowing("owner", { $0.ownerID = $1.tom.id }, shows: { $0.owner.id == $1.tom.id }),
    Narrowing(
      "value", { filter, _ in (filter.valueFrom, filter.valueTo, filter.currency) = (2000, 4000, "EUR") },
      shows: { deal, _ in (2000...4000).contains(deal.value.minorUnits) && deal.value.currency.code == "EUR" }
    ),
    Narrowing(
      "from a day on", { filter, _ in filter.closeFrom = CalendarDate("2026-12-15") },
      shows: { deal, _ in
        deal.forecastedCloseOn.map { $0.day >= 15 } ?? false
      }),
    Narrowing(
      "up to a day", { filter, _ in filter.closeTo = CalendarDate("2026-12-12") },
      shows: { deal, _ in
        deal.forecastedCloseOn.map { $0.day <= 12 } ?? false
      }),
    Narrowing(
      "tag", { filter, _ in filter.tags = ["FAIR"] }, shows: { deal, _ in deal.tags.contains("Fair") }),
    Narrowing(
      "two tags", { filter, _ in filter.tags = ["fair", "barista"] },
      shows: { deal, _ in
        Set(deal.tags).isSuperset(of: ["Fair", "barista"])
      }),
    Narrowing("a tag that is not", { filter, _ in filter.tags = ["nothing"] }, shows: { _, _ in false }),
    Narrowing("contact", { filter, _ in filter.contactID = 2 }, shows: { deal, _ in deal.contact?.id == 2 }),
    Narrowing("account", { filter, _ in filter.accountID = 3 }, shows: { deal, _ in deal.account?.id == 3 }),
    Narrowing(
      "title", { filter, _ in filter.search = "eLAN" }, shows: { deal, _ in deal.title.hasPrefix("Élan") }),
    Narrowing(
      "person", { filter, _ in filter.search = "person 4" },
      shows: { deal, _ in
        deal.contact?.name == "Person 4"
      }),
    Narrowing(
      "company", { filter, _ in filter.search = "account 2" },
      shows: { deal, _ in
        // One word may be the company's and another the title's, or the person's.
        deal.account?.name == "Account 2" || deal.title.hasSuffix(" 2") || deal.contact?.name == "Person 2"
      }),
    Narrowing("no word", { filter, _ in filter.search = "!?" }, shows: { _, _ in false }),
    Narrowing(
      "several",
      {
        $0.ownerID = $1.maya.id
        $0.tags = ["barista"]
        $0.search = "duo"
      },
      shows: { deal, office in
        deal.owner.id == office.maya.id && deal.tags.contains("barista") && deal.title.hasPrefix("duo")
      }),
  ]

  @Test("a filter shows exactly what it says, and what that comes to, in whatever order")
  func filters() async throws {
    let office = try await Self.stocked()
    var everything = DealFilter()
    everything.status = .all
    let deals = try await all(office, everything, .newest, limit: 100)
    for narrowing in Self.narrowings {
      var filter = everything
      narrowing.narrow(&filter, office)
      let expected = deals.filter { narrowing.shows($0, office) }
      for order in DealOrder.allCases {
        let page = try await office.parley.deals(
          filter, order: order, after: nil, limit: 100, by: office.tom)
        #expect(
          Set(page.deals.map(\.id)) == Set(expected.map(\.id)), "\(narrowing.testDescription), \(order)")
        #expect(page.count == expected.count && page.isExact, "\(narrowing.testDescription)")
        let sums = Dictionary(grouping: expected, by: \.value.currency.code).mapValues { group in
          String(group.reduce(0) { $0 + $1.value.minorUnits })
        }
        #expect(Dictionary(uniqueKeysWithValues: page.totals.map { ($0.currency, $0.minor) }) == sums)
      }
    }
  }

  @Test("a page goes on where it was although cards move, come and go meanwhile")
  func keyset() async throws {
    let office = try await Office()
    var ids: [Int64] = []
    for _ in 0..<30 { ids.insert(try await office.add(office.draft()).deal.id, at: 0) }
    let first = try await office.parley.deals(
      DealFilter(), order: .rank, after: nil, limit: 10, by: office.tom)
    #expect(first.deals.map(\.id) == Array(ids[..<10]))
    // The last card of the page goes away, the next one to the head, and a new one comes.
    try await office.parley.removeDeal(ids[9], by: office.tom)
    _ = try await office.parley.moveDeal(
      ids[10], to: office.pipeline.stages[0].id, behind: nil, by: office.tom)
    try await office.add(office.draft())
    let second = try await office.parley.deals(
      DealFilter(), order: .rank, after: first.next, limit: 100, by: office.tom)
    #expect(second.deals.map(\.id) == Array(ids[11...]) && second.next == nil)
  }

  @Test(
    "what is no place in this order is refused",
    arguments: ["", "x", "[]", "[1]", "[\"a\",\"b\"]", "{\"a\":1}", "[null,1]", "[1.5,1]"])
  func cursors(text: String) async throws {
    let office = try await Office()
    await #expect(throws: ParleyError.invalid(Invalid(fields: ["before": "field.invalid"]))) {
      try await office.parley.deals(DealFilter(), order: .rank, after: text, limit: 10, by: office.tom)
    }
  }

  @Test("where no counts are kept, at most so many are counted as are looked at")
  func bounded() async throws {
    let office = try await Office()
    let stage = office.pipeline.stages[0].id
    let limit = DealListRecords.countLimit
    for count in [limit, 1] {
      try await office.parley.write { transaction, _ in
        try transaction.execute(
          """
          INSERT INTO deals (title, description, value_minor, currency, owner_id, pipeline_id, stage_id, status,
              created_by, created_at, rank)
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
            SELECT 'x', '', 3, 'EUR', ?2, ?3, ?4, 'open', ?2, 0, printf('%016x', 70000 * ?1 + i) FROM n
          """, count, office.maya.id, office.pipeline.id, stage)
        return
      }
      var filter = DealFilter()
      filter.valueFrom = 3
      let page = try await office.parley.deals(filter, order: .rank, after: nil, limit: 1, by: office.tom)
      #expect(page.count == limit && page.isExact == (count == limit))
      #expect(page.totals.map(\.minor) == ["\(3 * limit)"])
      filter = DealFilter()
      filter.ownerID = office.maya.id
      let owned = try await office.parley.deals(filter, order: .rank, after: nil, limit: 1, by: office.tom)
      #expect(owned.count == (count == limit ? limit : limit + 1) && owned.isExact)
      let whole = try await office.parley.deals(
        DealFilter(), order: .rank, after: nil, limit: 1, by: office.tom)
      #expect(whole.count == owned.count && whole.isExact)
    }
  }

  @Test("titles stand as people read them, whatever their case and accents")
  func titles() async throws {
    let office = try await Office()
    for title in ["zebra", "Éclair", "apple", "Eclair A", "ÉCLAIR B", "Ångström"] {
      try await office.add(office.draft(title: title))
    }
    func titles() async throws -> [String] {
      try await office.parley.deals(DealFilter(), order: .title, after: nil, limit: 9, by: office.maya)
        .deals.map(\.title)
    }
    #expect(try await titles() == ["Ångström", "apple", "Éclair", "Eclair A", "ÉCLAIR B", "zebra"])
    _ = try await office.parley.editDeal(1, DealChange(title: "Äpfel"), by: office.maya)
    #expect(try await titles().first == "Ångström")
    #expect(try await titles()[1] == "Äpfel")
  }

  @Test("conditions that many deals meet, each alone, are answered together: all, some or none of them")
  func denseConditions() async throws {
    let office = try await Office()
    let stages = office.pipeline.stages.map(\.id)
    try await office.parley.write { transaction, _ in
      try transaction.execute("INSERT INTO tags (name, name_key) VALUES ('even', 'even'), ('late', 'late')")
      try transaction.execute(
        """
        INSERT INTO deals (id, title, sort_key, description, value_minor, currency, owner_id, pipeline_id, stage_id,
            status, created_by, created_at, rank)
          WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000)
          SELECT i, 'Machine ' || i, 'machine ' || i, '', i, 'USD', ?1 + i % 2, ?2, iif(i % 3 = 0, ?3, ?4), 'open', 1, 0,
            printf('%016x', i) FROM n
        """, office.maya.id, office.pipeline.id, stages[0], stages[1])
      try transaction.execute(
        """
        INSERT INTO deal_tags (deal_id, tag_id)
          SELECT id, 1 FROM deals WHERE id % 2 = 0 UNION ALL SELECT id, 2 FROM deals WHERE id > 8000
        """)
    }
    func page(
      _ change: (inout DealFilter) -> Void, order: DealOrder = .title
    ) async throws -> (ids: [Int64], count: Int, isExact: Bool) {
      var filter = DealFilter()
      change(&filter)
      let page = try await office.parley.deals(filter, order: order, after: nil, limit: 3, by: office.maya)
      return (page.deals.map(\.id), page.count, page.isExact)
    }
    let evenOfMaya = try await page { ($0.tags, $0.ownerID) = (["even"], office.maya.id) }
    #expect(evenOfMaya == ([10, 100, 1000], DealListRecords.countLimit, false))
    #expect(try await page { ($0.tags, $0.ownerID) = (["even"], office.tom.id) } == ([], 0, true))
    #expect(try await page { ($0.tags, $0.valueTo) = (["late"], 8003) } == ([8001, 8002, 8003], 3, true))
    #expect(
      try await page { ($0.tags, $0.search) = (["late"], "machine 9") }.ids == [9, 90, 900].filter {
        $0 > 8000
      }
        + [9000, 9001, 9002])
    let inStage = try await page(
      { ($0.stageID, $0.tags, $0.valueFrom) = (stages[0], ["even"], 11_990) }, order: .value)
    #expect(inStage == ([12_000, 11_994], 2, true))
    // A word that very many hold: the newest of them, and it is said that there are more.
    let many = try await page({ $0.search = "machine" }, order: .newest)
    #expect(many == ([12_000, 11_999, 11_998], DealListRecords.countLimit, false))
  }

  @Test("each order of a column is read from its index, without sorting", arguments: DealOrder.allCases)
  func plans(order: DealOrder) async throws {
    let office = try await Office()
    let plan = try await office.parley.read { snapshot in
      let columns = order.keys.map(\.sql) + ["deals.id"]
      let direction = order.isDescending ? " DESC" : ""
      let keys: [any Bindable] = order.keys.map { $0.isText ? "x" as any Bindable : 1 }
      let values: [any Bindable] = [1, "open"] + keys + keys + [1]
      return try snapshot.rows(
        """
        EXPLAIN QUERY PLAN SELECT \(columns.joined(separator: ", ")) FROM deals
          WHERE deals.stage_id = ? AND deals.status = ? AND \(order.clausesBehind.joined(separator: " AND "))
          ORDER BY \(columns.map { $0 + direction }.joined(separator: ", ")) LIMIT 26
        """, binding: values
      ) { $0.text(3) }
    }
    #expect(plan.count == 1 && plan[0].contains("USING") && plan[0].contains("INDEX deals_by_"), "\(plan)")
    // The equal columns, and a beginning of the keys behind them.
    #expect(plan[0].contains("stage_id=? AND status=? AND"), "\(plan)")
  }
}
