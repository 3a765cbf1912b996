import Testing

@testable import ParleyCore

@Suite("Lists of contacts and accounts")
struct RecordListTests {
  /// In the order in which they become known.
  private static let people: [(first: String, last: String, email: String, account: String, tags: [String])] =
    [
      ("Zoë", "Adler", "zoe@adler.example", "Adler", ["VIP"]),
      ("Élodie", "Blanc", "elodie@blanc.example", "Blanc", []),
      ("", "", "fred@nowhere.example", "Adler", ["Reseller", "vip"]),
      ("Emil", "Carr", "emil@carr.example", "", []),
      ("elodie", "Aune", "aune@carr.example", "Adler", []),
    ]

  private func office() async throws -> Office {
    let office = try await Office()
    for name in ["Blanc", "Adler", "Église"] { try await office.account(name) }
    for person in Self.people {
      let accounts = try await office.parley.accounts(matching: person.account, by: office.maya)
      let account = person.account.isEmpty ? nil : accounts.first?.id
      try await office.contact(
        ContactChange(
          email: person.email, firstName: person.first, lastName: person.last, accountID: .some(account),
          tags: person.tags))
    }
    return office
  }

  /// The whole list by pages of two.
  private func all(_ filter: RecordFilter, in office: Office) async throws -> [String] {
    var emails: [String] = []
    var cursor: String?
    repeat {
      let page = try await office.parley.contactList(filter, after: cursor, limit: 2, by: office.maya)
      #expect(page.contacts.count <= 2)
      emails += page.contacts.map { $0.email.split(separator: "@")[0] }.map(String.init)
      cursor = page.next
      if cursor == nil {
        #expect(page.count == emails.count)
        #expect(page.isExact)
      }
    } while cursor != nil
    return emails
  }

  @Test(
    "every contact that the filter leaves comes once, in its order, over all pages",
    arguments: [
      (RecordFilter(), ["aune", "elodie", "emil", "fred", "zoe"]),
      (RecordFilter(order: .newest), ["aune", "emil", "fred", "elodie", "zoe"]),
      (RecordFilter(search: "elo"), ["aune", "elodie"]),
      (RecordFilter(search: "ELODIE b"), ["elodie"]),
      (RecordFilter(search: "carr", order: .newest), ["aune", "emil"]),
      (RecordFilter(search: "!"), []), (RecordFilter(search: "nobody"), []),
      (RecordFilter(tag: "VIP"), ["fred", "zoe"]), (RecordFilter(tag: "Reseller", order: .newest), ["fred"]),
      (RecordFilter(tag: "unknown"), []), (RecordFilter(tag: ""), []),
    ])
  func lists(filter: RecordFilter, expected: [String]) async throws {
    #expect(try await all(filter, in: office()) == expected)
  }

  @Test("an account's contacts are those and no others, in either order and with a search")
  func account() async throws {
    let office = try await office()
    let adler = try #require(try await office.parley.accounts(matching: "Adler", by: office.maya).first)
    var filter = RecordFilter(accountID: adler.id)
    #expect(try await all(filter, in: office) == ["aune", "fred", "zoe"])
    filter.order = .newest
    #expect(try await all(filter, in: office) == ["aune", "fred", "zoe"])
    filter.search = "zo"
    #expect(try await all(filter, in: office) == ["zoe"])
  }

  @Test("who is added, renamed or taken out while one pages moves nobody else")
  func whilePaging() async throws {
    let office = try await office()
    let first = try await office.parley.contactList(RecordFilter(), limit: 2, by: office.maya)
    try await office.contact(ContactChange(email: "aaron@new.example"))
    _ = try await office.parley.editContact(
      first.contacts[1].id, ContactChange(firstName: "Aaa"), by: office.maya)
    let next = try await office.parley.contactList(
      RecordFilter(), after: first.next, limit: 10, by: office.maya)
    #expect(next.contacts.map(\.name) == ["Emil Carr", "fred@nowhere.example", "Zoë Adler"])
  }

  @Test("accounts stand by name without regard to accents, or newest first, and are found by a word")
  func accounts() async throws {
    let office = try await office()
    func names(_ search: String = "", _ order: RecordFilter.Order = .name) async throws -> [String] {
      try await office.parley.accountList(
        RecordFilter(search: search, order: order), by: office.maya
      ).accounts.map(\.name)
    }
    #expect(try await names() == ["Adler", "Blanc", "Église"])
    #expect(try await names("", .newest) == ["Église", "Adler", "Blanc"])
    #expect(try await names("egl") == ["Église"])
    let page = try await office.parley.accountList(limit: 2, by: office.maya)
    #expect(page.count == 3)
    let rest = try await office.parley.accountList(after: page.next, limit: 2, by: office.maya)
    #expect(rest.accounts.map(\.name) == ["Église"])
    #expect(rest.next == nil)
  }

  @Test("what is no cursor is refused", arguments: ["", "x", "12", ".a", "1e3.a"])
  func cursors(text: String) async throws {
    let office = try await Office()
    await #expect(throws: ParleyError.self) {
      try await office.parley.contactList(RecordFilter(), after: text, by: office.maya)
    }
  }

  @Test("whoever is no agent sees no list")
  func permission() async throws {
    let office = try await office()
    await #expect(throws: ParleyError.permissionDenied) {
      try await office.parley.contactList(RecordFilter(), by: .machine)
    }
    await #expect(throws: ParleyError.permissionDenied) { try await office.parley.accountList(by: .machine) }
  }
}

extension Office {
  @discardableResult
  func contact(_ draft: ContactChange) async throws(ParleyError) -> Contact {
    try await parley.addContact(draft, idempotencyKey: .fresh(), by: maya)
  }

  @discardableResult
  func account(_ name: String) async throws(ParleyError) -> Account {
    try await parley.addAccount(AccountChange(name: name), idempotencyKey: .fresh(), by: maya)
  }
}
