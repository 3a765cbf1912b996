import SQLite
import Testing

@testable import ParleyCore

@Suite("Deals by their words")
struct DealSearchTests {
  private func found(_ search: String, in office: Office) async throws -> [Int64] {
    var filter = DealFilter()
    (filter.search, filter.status) = (search, .all)
    let page = try await office.parley.deals(filter, order: .newest, after: nil, limit: 9, by: office.maya)
    #expect(page.count == page.deals.count && page.isExact)
    return page.deals.map(\.id)
  }

  /// Compares what the index holds with the deals, their people and companies (SQLite FTS5 §6.5); throws when they differ.
  private func check(_ office: Office) async throws {
    try await office.parley.write { transaction, _ in
      try transaction.execute("INSERT INTO deal_search (deal_search) VALUES ('integrity-check')")
      return
    }
  }

  @Test(
    "a deal is found by its title, its person and its company as they are now, one word of each if need be")
  func words() async throws {
    let office = try await Office()
    let (parley, maya) = (office.parley, office.maya)
    let first = try await office.add(office.draft(title: "Grinder")).deal
    let second = try await office.add(
      office.draft(
        title: "Roaster", contact: .new(name: "Élodie Blanc", email: "eb@quai.example"),
        account: .new(name: "Quai 9"))
    ).deal
    let people = [try #require(first.contact?.id), try #require(second.contact?.id)]
    let companies = [try #require(first.account?.id), try #require(second.account?.id)]
    try await check(office)
    for (search, expected) in [
      ("grind", [first.id]), ("nora", [first.id]), ("rye", [first.id]), ("elodie roas", [second.id]),
      ("quai bl roaster", [second.id]), ("example", [second.id, first.id]), ("nora roaster", []),
      ("quais", []),
    ] {
      #expect(try await found(search, in: office) == expected, "\(search)")
    }
    typealias Step = (name: String, work: () async throws -> Void, gone: String, there: String, ids: [Int64])
    let steps: [Step] = [
      (
        "the person is renamed",
        { _ = try await parley.editContact(people[0], ContactChange(lastName: "Quist"), by: maya) },
        "fitzgerald", "quist grinder", [first.id]
      ),
      (
        "the company is renamed",
        { _ = try await parley.editAccount(companies[1], AccountChange(name: "Ponton"), by: maya) }, "quai 9",
        "ponton", [second.id]
      ),
      (
        "the deal goes to another person and company",
        {
          let change = DealChange(contactID: .some(people[0]), accountID: .some(companies[0]))
          _ = try await parley.editDeal(second.id, change, by: maya)
        }, "ponton", "quist", [second.id, first.id]
      ),
      (
        "it is called otherwise, and is nobody's",
        {
          let change = DealChange(title: "Kettle", contactID: .some(nil))
          _ = try await parley.editDeal(second.id, change, by: maya)
        }, "roaster", "kettle rye", [second.id]
      ),
      (
        "the person becomes part of another",
        { _ = try await parley.mergeContacts(into: people[1], MergeRequest(with: people[0]), by: maya) },
        "quist",
        "blanc", [first.id]
      ),
      (
        "the company becomes part of another",
        {
          _ = try await parley.mergeAccounts(into: companies[1], MergeRequest(with: companies[0]), by: maya)
        },
        "harbour", "ponton", [second.id, first.id]
      ),
      (
        "the person is deleted", { try await parley.deleteContact(people[1], by: maya) }, "blanc", "grinder",
        [first.id]
      ),
      (
        "the company is deleted", { try await parley.deleteAccount(companies[1], by: maya) }, "ponton",
        "kettle",
        [second.id]
      ),
      (
        "the deal is deleted", { try await parley.removeDeal(second.id, by: maya) }, "kettle", "grinder",
        [first.id]
      ),
    ]
    for step in steps {
      try await step.work()
      #expect(try await found(step.gone, in: office) == [], "\(step.name)")
      #expect(try await found(step.there, in: office) == step.ids, "\(step.name)")
      try await check(office)
    }
    #expect(try await office.scene.faults() == [])
  }

  /// Two people, the first of whom has the newer half of the deals; more than a search looks at.
  private static func crowded() async throws -> Office {
    let office = try await Office()
    for name in ["one", "two"] {
      try await office.contact(ContactChange(email: "\(name)@machine.example", firstName: name))
    }
    try await office.parley.write { transaction, _ in
      try transaction.execute("INSERT INTO tags (name, name_key) VALUES ('even', 'even')")
      try transaction.execute(
        """
        INSERT INTO deals (id, title, sort_key, description, value_minor, currency, owner_id, pipeline_id, stage_id,
            status, created_by, created_at, last_activity_at, forecasted_close_on, contact_id, rank)
          WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
          SELECT i, 'Deal ' || i, printf('%05d', i), '', i % 5000, iif(i % 4 = 0, 'EUR', 'USD'), ?2 + i % 2, ?3,
            iif(i % 3 = 0, ?4, ?5), 'open', 1, 0, i % 100, date(1790000000 + 86400 * (i % 500), 'unixepoch'),
            iif(i > ?1 / 2, 1, 2), printf('%016x', i) FROM n
        """, count, office.maya.id, office.pipeline.id, office.pipeline.stages[0].id,
        office.pipeline.stages[1].id)
      try transaction.execute(
        "INSERT INTO deal_tags (deal_id, tag_id) SELECT id, 1 FROM deals WHERE id % 2 = 0")
    }
    return office
  }

  private static let count = NarrowingRecords.newestLimit + 2000

  @Test(
    "a word that very many share finds the newest deals of all, whoever's they are", arguments: [true, false])
  func newest(isNarrowed: Bool) async throws {
    let office = try await Self.crowded()
    var filter = DealFilter()
    filter.search = "machine"
    if isNarrowed { filter.tags = ["even"] }
    let step = isNarrowed ? 2 : 1
    let newest = try await office.parley.deals(filter, order: .newest, after: nil, limit: 3, by: office.maya)
    #expect(newest.deals.map(\.id) == (0..<3).map { Int64(Self.count - $0 * step) })
    #expect(newest.count == DealListRecords.countLimit && !newest.isExact)
    // It is followed no further than this, in whatever order the deals stand.
    let first = Int64(Self.count - (NarrowingRecords.depth - 1) * step)
    let titles = try await office.parley.deals(filter, order: .title, after: nil, limit: 3, by: office.maya)
    #expect(titles.deals.map(\.id) == (0..<3).map { first + Int64($0 * step) })
  }

  private static let narrowings:
    [(name: String, narrow: @Sendable (inout DealFilter) -> Void, shows: @Sendable (Int) -> Bool)] = [
      ("owner", { $0.ownerID = 1 }, { $0 % 2 == 0 }),
      ("tag and owner", { ($0.tags, $0.ownerID) = (["even"], 1) }, { $0 % 2 == 0 }),
      (
        "close dates", { $0.closeTo = CalendarDate("2027-01-04") }, { $0 % 500 <= 105 }
      ),
      (
        "amount", { ($0.valueFrom, $0.valueTo, $0.currency) = (1000, 3000, "EUR") },
        {
          $0 % 4 == 0 && (1000...3000).contains($0 % 5000)
        }
      ),
      (
        "amount of any currency", { ($0.valueFrom, $0.valueTo) = (1000, 2000) },
        { (1000...2000).contains($0 % 5000) }
      ),
      ("currency", { $0.currency = "EUR" }, { $0 % 4 == 0 }),
      (
        "word, close dates and currency",
        {
          ($0.search, $0.closeTo, $0.currency) = ("two", CalendarDate("2027-01-04"), "EUR")
        },
        {
          $0 <= count / 2 && $0 % 4 == 0 && $0 % 500 <= 105
        }
      ),
    ]

  @Test("what many deals meet is shown whole, each once and in its order", arguments: DealOrder.allCases)
  func orders(order: DealOrder) async throws {
    let office = try await Self.crowded()
    for (name, narrow, shows) in Self.narrowings {
      var filter = DealFilter()
      narrow(&filter)
      let ids = try await office.parley.read { [filter] snapshot in
        let columns = try Parley.visibleColumns(filter, to: office.maya, in: snapshot)
        let deals = try DealListRecords(of: columns, filter, in: snapshot)
        let whole = try deals.whole(of: columns, in: snapshot)
        var cursors: [DealCursor] = []
        while true {
          let page = try deals.page(
            of: columns, order, after: cursors.last, limit: 500, whole: whole, in: snapshot)
          cursors += page
          if page.count < 500 { break }
        }
        for (cursor, next) in zip(cursors, cursors.dropFirst()) where !cursor.precedes(next, in: order) {
          Issue.record("\(name): \(next) is before \(cursor)")
        }
        return cursors.map { Int($0.dealID) }
      }
      #expect(ids.sorted() == (1...Self.count).filter(shows), "\(name)")
    }
  }
}
