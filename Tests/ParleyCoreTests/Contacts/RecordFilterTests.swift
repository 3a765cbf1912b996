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
}
