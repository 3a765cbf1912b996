import Testing

@testable import ParleyCore

@Suite("Adding and editing contacts and accounts")
struct AddRecordTests {
  @Test("a contact is added with all that is known, cleaned, and every inbox hears of it")
  func contact() async throws {
    let office = try await Office()
    let account = try await office.account("Harbour & Rye")
    _ = office.scene.takeAgentEvents()
    let contact = try await office.contact(
      ContactChange(
        email: " Nora@Harbour.example ", firstName: " Nora", lastName: "Fitzgerald ", phone: "+44 1",
        jobTitle: "Owner", accountID: account.id, tags: ["VIP", "  wholesale ", "vip"]))
    #expect(contact.name == "Nora Fitzgerald")
    #expect(contact.email == "Nora@Harbour.example")
    #expect(contact.account == AccountReference(id: account.id, name: "Harbour & Rye"))
    #expect(contact.tags == ["VIP", "wholesale"])
    #expect(office.scene.takeAgentEvents() == ["contact.changed"])
    #expect(try await office.parley.contact(contact.id, by: office.tom) == contact)
  }

  @Test("an address or a name that is known is answered with whose it is, and nothing is stored")
  func taken() async throws {
    let office = try await Office()
    let nora = try await office.contact(ContactChange(email: "nora@harbour.example", firstName: "Nora"))
    let rye = try await office.account("Harbour & Rye")
    _ = office.scene.takeAgentEvents()
    await #expect(throws: ParleyError.contactTaken(existing: nora)) {
      try await office.contact(ContactChange(email: "NORA@harbour.example", firstName: "Another"))
    }
    await #expect(throws: ParleyError.accountTaken(existing: rye)) {
      try await office.account("  harbour & RYE")
    }
    let other = try await office.account("Other")
    await #expect(throws: ParleyError.accountTaken(existing: rye)) {
      try await office.parley.editAccount(
        other.id, AccountChange(name: "HARBOUR & RYE"), by: office.maya)
    }
    #expect(office.scene.takeAgentEvents() == ["account.changed"])
    #expect(try await office.parley.contact(nora.id, by: office.maya).firstName == "Nora")
  }

  @Test("what is sent again under its key is stored once and answered alike")
  func again() async throws {
    let office = try await Office()
    let key = IdempotencyKey.fresh()
    let draft = ContactChange(email: "nora@harbour.example")
    let first = try await office.parley.addContact(draft, idempotencyKey: key, by: office.maya)
    #expect(try await office.parley.addContact(draft, idempotencyKey: key, by: office.maya) == first)
    await #expect(throws: ParleyError.idempotencyMismatch) {
      try await office.parley.addContact(
        ContactChange(email: "dev@harbour.example"), idempotencyKey: key, by: office.maya)
    }
    #expect(try await office.scene.rows().contacts == 1)
  }

  @Test(
    "a contact that is at fault is not added",
    arguments: [
      (ContactChange(), ["email": "contact.email.required"]),
      (ContactChange(email: "nora@"), ["email": "contact.email.invalid"]),
      (ContactChange(email: "n@h.example", accountID: 77), ["accountID": "contact.account.unknown"]),
      (ContactChange(email: "n@h.example", tags: [" "]), ["tags": "contact.tags.invalid"]),
      (
        ContactChange(email: "n@h.example", tags: (0...50).map { "t\($0)" }),
        ["tags": "contact.tags.too-many"]
      ),
    ])
  func contactFaults(draft: ContactChange, fields: [String: String]) async throws {
    let office = try await Office()
    await #expect(throws: ParleyError.invalid(Invalid(code: "contact.invalid", fields: fields))) {
      try await office.contact(draft)
    }
    #expect(try await office.scene.rows().contacts == 0)
  }

  @Test("a contact moves to another account or out of all, and keeps its tags until they are set")
  func edit() async throws {
    let office = try await Office()
    let (one, two) = (try await office.account("One"), try await office.account("Two"))
    let nora = try await office.contact(
      ContactChange(email: "nora@h.example", accountID: one.id, tags: ["b", "a"]))
    func edit(_ change: ContactChange) async throws -> Contact {
      try await office.parley.editContact(nora.id, change, by: office.maya)
    }
    #expect(try await edit(ContactChange(accountID: two.id)).account?.name == "Two")
    let out = try await edit(ContactChange(accountID: .some(nil)))
    #expect(out.account == nil)
    #expect(out.tags == ["a", "b"])
    #expect(try await edit(ContactChange(tags: ["c"])).tags == ["c"])
    #expect(try await edit(ContactChange(tags: [])).tags == [])
  }

  @Test("an account is edited field by field; a website gets its scheme, an owner comes and goes")
  func account() async throws {
    let office = try await Office()
    let id = try await office.account("Harbour").id
    _ = office.scene.takeAgentEvents()
    func edit(_ change: AccountChange) async throws -> Account {
      try await office.parley.editAccount(id, change, by: office.tom)
    }
    #expect(try await edit(AccountChange(url: " harbour.example/a ")).url == "https://harbour.example/a")
    #expect(try await edit(AccountChange(url: "http://h.example")).url == "http://h.example")
    #expect(try await edit(AccountChange(phone: "+44  1")).phone == "+44 1")
    #expect(try await edit(AccountChange(ownerID: office.maya.id)).owner?.name == "Maya")
    let last = try await edit(AccountChange(name: "HARBOUR", url: "", ownerID: .some(nil)))
    #expect(last.name == "HARBOUR")
    #expect(last.owner == nil)
    #expect(office.scene.takeAgentEvents() == Array(repeating: "account.changed", count: 5))
    #expect(try await edit(AccountChange(name: "HARBOUR")) == last)
    #expect(office.scene.takeAgentEvents() == [])
  }

  @Test(
    "an account that is at fault is not stored",
    arguments: [
      (AccountChange(), ["name": "account.name.required"]),
      (AccountChange(name: String(repeating: "a", count: 201)), ["name": "account.name.too-long"]),
      (AccountChange(name: "A", url: "javascript://x"), ["url": "account.url.invalid"]),
      (AccountChange(name: "A", url: "two words"), ["url": "account.url.invalid"]),
      (
        AccountChange(name: "A", phone: String(repeating: "1", count: 51)),
        ["phone": "account.phone.too-long"]
      ),
      (AccountChange(name: "A", ownerID: 99), ["ownerID": "account.owner.unknown"]),
    ])
  func accountFaults(draft: AccountChange, fields: [String: String]) async throws {
    let office = try await Office()
    await #expect(throws: ParleyError.invalid(Invalid(code: "account.invalid", fields: fields))) {
      try await office.parley.addAccount(draft, idempotencyKey: .fresh(), by: office.maya)
    }
    #expect(try await office.scene.rows().accounts == 0)
  }

  @Test("a contact's and an account's deals and conversations come by pages, newest first, and nobody else's")
  func related() async throws {
    let office = try await Office()
    let rye = try await office.account("Harbour & Rye")
    var expected: [Int64] = []
    for number in 0..<3 {
      let draft = office.draft(title: "Deal \(number)", account: .existing(rye.id))
      expected.insert(try await office.add(draft).deal.id, at: 0)
    }
    let outsider = office.draft(contact: .new(name: "", email: "dev@x.example"), account: .new(name: "X"))
    try await office.add(outsider)
    let alone = try await office.add(office.draft(contact: nil, account: .existing(rye.id))).deal.id
    let nora = try #require(try await office.parley.contacts(matching: "nora@", by: office.maya).first)

    let page = try await office.parley.deals(ofContact: nora.id, limit: 2, by: office.maya)
    #expect(page.deals.map(\.id) == Array(expected.prefix(2)))
    let rest = try await office.parley.deals(
      ofContact: nora.id, before: page.next, limit: 2, by: office.maya)
    #expect(rest.deals.map(\.id) == Array(expected.suffix(1)))
    #expect(rest.next == nil)
    #expect(
      try await office.parley.deals(ofAccount: rye.id, by: office.maya).deals.map(\.id) == [alone] + expected)

    let (conversation, _) = try await office.conversation(email: "nora@harbour.example")
    _ = try await office.conversation(email: "dev@x.example")
    let byContact = try await office.parley.conversations(ofContact: nora.id, by: office.maya)
    let byAccount = try await office.parley.conversations(ofAccount: rye.id, by: office.maya)
    #expect(byContact.conversations.map(\.id) == [conversation.id])
    #expect(byAccount == byContact)
    await #expect(throws: ParleyError.notFound) {
      try await office.parley.deals(ofContact: 999, by: office.maya)
    }
    await #expect(throws: ParleyError.permissionDenied) {
      try await office.parley.conversations(ofAccount: rye.id, by: .machine)
    }
  }
}
