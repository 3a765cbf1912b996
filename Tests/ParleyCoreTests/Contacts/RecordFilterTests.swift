import SQLite
import Testing

@testable import ParleyCore

@Suite("Filters of contacts and accounts")
struct RecordFilterTests {
  /// Four contacts: of Harbour, which Tom looks after, with an open deal; of Wharf, nobody's, with a lost one; of none, with a
  /// conversation; and with nothing.
  private func office() async throws -> Office {
    let office = try await Office()
    let harbour = try await office.account("Harbour")
    let wharf = try await office.account("Wharf")
    _ = try await office.parley.editAccount(
      harbour.id, AccountChange(ownerID: .some(office.tom.id)), by: office.maya)
    let one = try await office.contact(
      ContactChange(email: "one@x.example", accountID: .some(harbour.id), tags: ["VIP", "Fair"]))
    let two = try await office.contact(
      ContactChange(email: "two@x.example", accountID: .some(wharf.id), tags: ["VIP"]))
    try await office.contact(ContactChange(email: "three@x.example"))
    try await office.contact(ContactChange(email: "four@x.example"))
    _ = try await office.conversation(email: "three@x.example")
    try await office.add(office.draft(contact: .existing(one.id), account: .existing(harbour.id)))
    let lost = try await office.add(office.draft(contact: .existing(two.id), account: .existing(wharf.id)))
    _ = try await office.parley.editDeal(lost.deal.id, DealChange(status: .lost), by: office.maya)
    return office
  }

  private static func filter(_ change: (inout RecordFilter) -> Void) -> RecordFilter {
    var filter = RecordFilter()
    change(&filter)
    return filter
  }

  private static let today = CalendarDate("2026-11-23")
  private static let tomorrow = CalendarDate("2026-11-24")

  @Test(
    "a list of contacts shows those that a filter leaves, in either order",
    arguments: [
      (filter { $0.tags = ["vip"] }, ["one", "two"]),
      (filter { $0.tags = ["VIP", "Fair"] }, ["one"]),
      (filter { $0.tags = ["VIP", "nobody's"] }, []),
      (filter { $0.ownerID = 2 }, ["one"]),
      (filter { $0.ownerID = 0 }, ["four", "three", "two"]),
      (filter { $0.openDeals = .any }, ["one"]),
      (filter { $0.openDeals = RecordFilter.Having.none }, ["four", "three", "two"]),
      (filter { $0.conversations = .any }, ["three"]),
      (filter { $0.conversations = RecordFilter.Having.none }, ["four", "one", "two"]),
      (filter { $0.talkedFrom = today }, ["three"]), (filter { $0.talkedTo = today }, ["three"]),
      (filter { $0.talkedFrom = tomorrow }, []),
      (
        filter {
          $0.createdFrom = today
          $0.createdTo = today
        }, ["four", "one", "three", "two"]
      ),
      (filter { $0.createdFrom = tomorrow }, []),
      (
        filter {
          $0.search = "x.example"
          $0.tags = ["vip"]
          $0.openDeals = .any
        }, ["one"]
      ),
    ])
  func contacts(filter: RecordFilter, expected: [String]) async throws {
    let office = try await office()
    for order in RecordFilter.Order.allCases {
      var filter = filter
      filter.order = order
      let list = try await office.parley.contactList(filter, by: office.maya)
      let names = list.contacts.map { String($0.email.prefix { $0 != "@" }) }
      #expect(order == .name ? names == expected : names.sorted() == expected)
      #expect(list.count == expected.count && list.isExact)
    }
  }

  @Test(
    "a list of accounts likewise",
    arguments: [
      (filter { $0.ownerID = 2 }, ["Harbour"]), (filter { $0.ownerID = 0 }, ["Wharf"]),
      (filter { $0.openDeals = .any }, ["Harbour"]),
      (filter { $0.openDeals = RecordFilter.Having.none }, ["Wharf"]),
      (filter { $0.createdTo = today }, ["Harbour", "Wharf"]), (filter { $0.createdFrom = tomorrow }, []),
    ])
  func accounts(filter: RecordFilter, expected: [String]) async throws {
    let list = try await office().parley.accountList(filter, by: office().maya)
    #expect(list.accounts.map(\.name) == expected)
    #expect(list.count == expected.count)
  }

  @Test("open deals are those of the pipelines that one may see: others leave no trace")
  func permission() async throws {
    let office = try await office()
    // Nobody but owners sees the pipeline any more.
    _ = try await office.scene.parley.write { transaction, _ in
      try transaction.execute("DELETE FROM pipeline_rights")
    }
    let filter = Self.filter { $0.openDeals = .any }
    #expect(try await office.parley.contactList(filter, by: office.maya).count == 1)
    #expect(try await office.parley.contactList(filter, by: office.tom).contacts.isEmpty)
    #expect(try await office.parley.accountList(filter, by: office.tom).count == 0)
  }

  @Test(
    "a page looks at so many records at most, and the next goes on: every record that meets the filter comes once"
  )
  func bounded() async throws {
    let office = try await Office()
    for index in 0..<40 {
      try await office.contact(
        ContactChange(email: "c\(index)@x.example", firstName: index % 3 == 0 ? "Same" : "N\(index % 7)"))
    }
    let talked = try await office.conversation(email: "c17@x.example")
    #expect(talked.visitorID > 0)
    for order in RecordFilter.Order.allCases {
      var filter = Self.filter { $0.conversations = RecordFilter.Having.none }
      filter.order = order
      let list = RecordListRecords(.contacts, filter, by: office.maya, at: Scene.now, scanLimit: 7)
      var ids: [Int64] = []
      var cursor: RecordCursor?
      var pages = 0
      repeat {
        let page = try await office.parley.read { [cursor] in try list.page(after: cursor, limit: 5, in: $0) }
        ids += page.ids
        cursor = page.next
        pages += 1
        #expect(!page.isExact)
      } while cursor != nil && pages < 50
      #expect(ids.count == 39)
      #expect(Set(ids).count == 39)
    }
  }

  /// More contacts than a search looks at, each third of them tagged.
  private static func crowd() async throws -> Office {
    let office = try await Office()
    try await office.parley.write { transaction, _ in
      try transaction.execute("INSERT INTO tags (name, name_key) VALUES ('third', 'third')")
      try transaction.execute(
        """
        INSERT INTO contacts (id, email, email_key, first_name, created_at, sort_key)
          WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
          SELECT i, i || '@x.example', i || '@x.example', iif(i % 4 = 0, 'Ann', 'Bob'), i, printf('%05d', ?1 - i) FROM n
        """, people)
      try transaction.execute(
        "INSERT INTO contact_tags (contact_id, tag_id) SELECT id, 1 FROM contacts WHERE id % 3 = 0")
    }
    return office
  }

  private static let people = NarrowingRecords.newestLimit + 2000

  private struct Shown {
    let filter: RecordFilter
    let shows: (Int) -> Bool
  }

  private static func shown(_ index: Int) -> Shown {
    switch index {
    case 0: Shown(filter: filter { $0.tags = ["third"] }, shows: { $0.isMultiple(of: 3) })
    case 1:
      Shown(
        filter: filter {
          $0.tags = ["third"]
          $0.search = "ann"
        }, shows: { $0.isMultiple(of: 12) })
    case 2: Shown(filter: filter { $0.search = "bo" }, shows: { !$0.isMultiple(of: 4) })
    default:
      Shown(
        filter: filter {
          $0.search = "example"
          $0.openDeals = RecordFilter.Having.none
        }, shows: { _ in true })
    }
  }

  @Test(
    "what very many meet is shown whole by pages, each once and in its order; a word, but newest first, no further than it is followed",
    arguments: 0..<4)
  func crowds(index: Int) async throws {
    let shown = Self.shown(index)
    let office = try await Self.crowd()
    for order in RecordFilter.Order.allCases {
      var filter = shown.filter
      filter.order = order
      let list = RecordListRecords(.contacts, filter, by: office.maya, at: Scene.now)
      let ids = try await office.parley.read { snapshot in
        var (ids, cursor): ([Int], RecordCursor?) = ([], nil)
        repeat {
          let page = try list.page(after: cursor, limit: 500, in: snapshot)
          ids += page.ids.map(Int.init)
          cursor = page.next
        } while cursor != nil
        return ids
      }
      let all = (1...Self.people).reversed().filter(shown.shows)
      let isCut = order != .newest && !shown.filter.search.isEmpty && all.count > NarrowingRecords.depth
      #expect(ids == (isCut ? Array(all.prefix(NarrowingRecords.depth)) : all))
    }
  }
}
