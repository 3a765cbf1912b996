import SQLite
import Testing

@testable import ParleyCore

@Suite("Merging of contacts and accounts")
struct MergeTests {
  /// What can hang on a contact, and how many of it a contact has.
  private static let belongings: [(name: String, sql: String)] = [
    ("deals", "SELECT count(*) FROM deals WHERE contact_id = ?"),
    ("parts in deals", "SELECT count(*) FROM deal_contacts WHERE contact_id = ?"),
    ("visitors", "SELECT count(*) FROM visitors WHERE contact_id = ?"),
    ("notes", "SELECT count(*) FROM notes WHERE contact_id = ?"),
    ("tasks", "SELECT count(*) FROM tasks WHERE contact_id = ?"),
    ("tags", "SELECT count(*) FROM contact_tags WHERE contact_id = ?"),
  ]

  /// Ada, who has one of everything, and Ada again, who has nothing.
  private func pair() async throws -> (office: Office, kept: Contact, gone: Contact, deal: Deal) {
    let office = try await Office()
    let kept = try await office.contact(
      ContactChange(email: "ada@new.example", firstName: "Ada", phone: "1", tags: ["VIP"]))
    let gone = try await office.contact(
      ContactChange(
        email: "Ada@old.example", firstName: "Ada", lastName: "Lovelace", phone: "2", jobTitle: "Countess",
        accountID: .some(try await office.account("Analytical").id), tags: ["vip", "Reader"]))
    let (conversation, _) = try await office.conversation(email: "ada@old.example")
    let deal = try await office.add(
      office.draft(conversationID: conversation.id, contact: .existing(gone.id))
    ).deal
    let other = try await office.add(office.draft(account: nil)).deal
    _ = try await office.parley.setSecondaryContact(gone.id, role: "Adviser", of: other.id, by: office.maya)
    let record = RecordID(.contact, gone.id)
    _ = try await office.parley.addNote("Likes engines", on: record, by: office.maya)
    _ = try await office.parley.addTask(TaskDraft(title: "Call", kind: "call"), to: record, by: office.maya)
    return (office, kept, gone, deal)
  }

  @Test("everything that hangs on the one hangs on the other afterwards")
  func moves() async throws {
    let (office, kept, gone, deal) = try await pair()
    func counts(of id: Int64) async throws -> [String: Int] {
      var counts: [String: Int] = [:]
      for (name, sql) in Self.belongings {
        counts[name] = try await office.parley.read { try $0.first(sql, id) { $0.int(0) } ?? 0 }
      }
      return counts
    }
    let before = try await counts(of: gone.id)
    #expect(before.values.allSatisfy { $0 > 0 })
    let after = try await office.parley.mergeContacts(
      into: kept.id, MergeRequest(with: gone.id, take: ["phone"]), by: office.tom)
    var expected = before
    // One of Ada's tags was that of Ada already.
    expected["tags"] = 2
    #expect(try await counts(of: kept.id) == expected)
    #expect(try await counts(of: gone.id).values.allSatisfy { $0 == 0 })
    #expect(after.tags == ["Reader", "VIP"])
    #expect(
      [after.email, after.name, after.phone, after.jobTitle] == ["ada@new.example", "Ada", "2", "Countess"])
    #expect(after.account?.name == "Analytical")
    #expect(try await office.parley.deal(deal.id, by: office.maya).contact?.id == kept.id)
    #expect(try await office.scene.faults().isEmpty)
  }

  @Test(
    "whatever refers to a contact or an account is known to be moved", arguments: ["contacts", "accounts"])
  func references(table: String) async throws {
    let office = try await Office()
    let referring = try await office.parley.read { snapshot in
      try snapshot.rows(
        """
        SELECT DISTINCT name FROM sqlite_master
          WHERE type = 'table' AND EXISTS (
            SELECT 1 FROM pragma_foreign_key_list(sqlite_master.name) WHERE "table" = ?) ORDER BY 1
        """, table
      ) { $0.text(0) }
    }
    let known = [
      "contacts": [
        "automation_runs", "contact_aliases", "contact_fields", "contact_tags", "deal_contacts", "deals",
        "merges", "notes", "notifications", "tasks", "visitors",
      ],
      "accounts": ["account_aliases", "account_fields", "contacts", "deals", "merges", "notes", "tasks"],
    ]
    #expect(referring == known[table])
  }

  @Test("a part in a deal that both had is one, and the history tells of the other")
  func parts() async throws {
    let (office, kept, gone, deal) = try await pair()
    _ = try await office.parley.setSecondaryContact(kept.id, role: "Decider", of: deal.id, by: office.maya)
    _ = try await office.parley.mergeContacts(into: kept.id, MergeRequest(with: gone.id), by: office.maya)
    let after = try await office.parley.deal(deal.id, by: office.maya)
    #expect(after.contact?.id == kept.id)
    #expect(after.secondaryContacts.isEmpty)
    let history = try await office.parley.history(of: deal.id, before: nil, limit: 50, by: office.maya)
    let moved = try #require(history.changes.first { $0.field == .contact })
    #expect(moved.from?.contains("Lovelace") == true)
    #expect(moved.to?.contains("ada@new.example") == true)
    #expect(moved.agent?.id == office.maya.id)
  }

  @Test("by the address that one was known by, whoever comes finds the other")
  func aliases() async throws {
    let (office, kept, gone, _) = try await pair()
    _ = try await office.parley.mergeContacts(into: kept.id, MergeRequest(with: gone.id), by: office.maya)
    let old = "ADA@OLD.example"
    let deal = try await office.add(office.draft(contact: .new(name: "A. L.", email: old)))
    #expect(deal.deal.contact?.id == kept.id)
    #expect(!deal.created.contact)
    let (_, visitorID) = try await office.conversation(email: old)
    #expect(
      try await office.scene.count("SELECT contact_id FROM visitors WHERE id = \(visitorID)") == kept.id)
    let known = try await office.parley.contact(kept.id, by: office.maya)
    await #expect(throws: ParleyError.contactTaken(existing: known)) {
      try await office.contact(ContactChange(email: old))
    }
    let found = try await office.parley.contacts(matching: "ada@old", by: office.maya)
    #expect(found.map(\.id) == [kept.id])
    // Made the main one, it is no other any more, and the main one of before is.
    _ = try await office.parley.editContact(kept.id, ContactChange(email: old), by: office.maya)
    let history = try await office.parley.merges(ofContact: kept.id, by: office.maya)
    #expect(history.aliases == ["ada@new.example"])
  }

  @Test("who asks for what was merged is led to what it is part of, also over several merges")
  func redirection() async throws {
    let office = try await Office()
    var ids: [Int64] = []
    for name in ["a", "b", "c"] {
      ids.append(try await office.contact(ContactChange(email: "\(name)@x.example")).id)
    }
    _ = try await office.parley.mergeContacts(into: ids[1], MergeRequest(with: ids[0]), by: office.maya)
    _ = try await office.parley.mergeContacts(into: ids[2], MergeRequest(with: ids[1]), by: office.maya)
    for id in ids.prefix(2) {
      await #expect(throws: ParleyError.merged(into: ids[2])) {
        try await office.parley.contact(id, by: office.maya)
      }
      await #expect(throws: ParleyError.merged(into: ids[2])) {
        try await office.parley.editContact(id, ContactChange(firstName: "X"), by: office.maya)
      }
      let deal = try await office.add(office.draft(contact: .existing(id))).deal
      #expect(deal.contact?.id == ids[2])
    }
    let history = try await office.parley.merges(ofContact: ids[2], by: office.maya)
    #expect(history.merges.map(\.record.id) == [ids[1], ids[0]])
    #expect(history.aliases == ["a@x.example", "b@x.example"])
  }

  @Test("no id is given twice, so that an old address never leads to somebody else")
  func ids() async throws {
    let office = try await Office()
    let first = try await office.contact(ContactChange(email: "a@x.example"))
    let second = try await office.contact(ContactChange(email: "b@x.example"))
    _ = try await office.parley.mergeContacts(into: first.id, MergeRequest(with: second.id), by: office.maya)
    #expect(try await office.contact(ContactChange(email: "c@x.example")).id > second.id)
    let account = try await office.account("One")
    try await office.parley.deleteAccount(account.id, by: office.maya)
    #expect(try await office.account("One").id > account.id)
  }

  @Test("an account takes contacts, deals, notes and tasks of another, and its name for another name")
  func accounts() async throws {
    let office = try await Office()
    let kept = try await office.account("Harbour & Rye")
    let gone = try await office.account("Harbour and Rye")
    _ = try await office.parley.editAccount(
      gone.id, AccountChange(phone: "1", ownerID: .some(office.tom.id)), by: office.maya)
    let contact = try await office.contact(
      ContactChange(email: "n@x.example", accountID: .some(gone.id)))
    let deal = try await office.add(office.draft(contact: nil, account: .existing(gone.id))).deal
    let record = RecordID(.account, gone.id)
    _ = try await office.parley.addNote("Pays late", on: record, by: office.maya)
    let after = try await office.parley.mergeAccounts(
      into: kept.id, MergeRequest(with: gone.id, take: ["name"]), by: office.maya)
    #expect(after.name == "Harbour and Rye")
    #expect(after.phone == "1")
    #expect(after.owner?.id == office.tom.id)
    #expect(try await office.parley.contact(contact.id, by: office.maya).account?.id == kept.id)
    #expect(try await office.parley.deal(deal.id, by: office.maya).account?.id == kept.id)
    #expect(try await office.scene.count("SELECT count(*) FROM notes WHERE account_id = \(kept.id)") == 1)
    let again = try await office.add(office.draft(contact: nil, account: .new(name: "harbour & RYE")))
    #expect(again.deal.account?.id == kept.id)
    let history = try await office.parley.merges(ofAccount: kept.id, by: office.maya)
    #expect(history.aliases == ["Harbour & Rye"])
    #expect(history.merges.first?.replaced == [MergedFact(field: "name", title: nil, text: "Harbour & Rye")])
    #expect(history.merges.first?.record.facts.map(\.field) == ["name", "phone", "owner"])
  }

  @Test("of fields of one's own the chosen values stay, and those that only one has")
  func fields() async throws {
    let office = try await Office()
    let food = try await office.parley.addField(
      FieldDraft(kind: .contact, type: .text, name: "Food"), by: office.maya)
    let size = try await office.parley.addField(
      FieldDraft(kind: .contact, type: .number, name: "Size"), by: office.maya)
    let kept = try await office.contact(
      ContactChange(email: "a@x.example", fields: [food.id: .text("Rye"), size.id: .text("1")]))
    let gone = try await office.contact(
      ContactChange(email: "b@x.example", fields: [food.id: .text("Oats"), size.id: .text("2")]))
    let after = try await office.parley.mergeContacts(
      into: kept.id, MergeRequest(with: gone.id, take: ["field.\(food.id)"]), by: office.maya)
    #expect(after.fields[food.id] == .text("Oats"))
    #expect(after.fields[size.id]?.typedText(as: size) == "1")
    let history = try await office.parley.merges(ofContact: kept.id, by: office.maya)
    #expect(
      history.merges.first?.replaced
        == [MergedFact(field: "field.\(food.id)", title: "Food", text: "Rye")])
    #expect(try await office.scene.faults().isEmpty)
  }

  @Test(
    "what cannot be merged is refused, with its reason",
    arguments: [
      (MergeRequest(with: 1), ["with": "merge.with.same"]),
      (MergeRequest(with: 99), ["with": "merge.with.unknown"]),
      (MergeRequest(with: 2, take: ["shoe"]), ["take": "merge.take.unknown"]),
    ])
  func refusals(request: MergeRequest, fields: [String: String]) async throws {
    let office = try await Office()
    for name in ["a", "b"] { try await office.contact(ContactChange(email: "\(name)@x.example")) }
    await #expect(throws: ParleyError.invalid(Invalid(code: "merge.invalid", fields: fields))) {
      try await office.parley.mergeContacts(into: 1, request, by: office.maya)
    }
  }

  @Test("64 merges and as many deals at once lose nothing")
  func concurrency() async throws {
    let office = try await Office()
    let kept = try await office.contact(ContactChange(email: "kept@x.example"))
    var twins: [Contact] = []
    for index in 0..<64 {
      twins.append(try await office.contact(ContactChange(email: "twin\(index)@x.example")))
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for twin in twins {
        group.addTask {
          _ = try await office.parley.mergeContacts(
            into: kept.id, MergeRequest(with: twin.id), by: office.maya)
        }
        group.addTask { try await office.add(office.draft(contact: .existing(twin.id), account: nil)) }
        group.addTask {
          try await office.add(office.draft(contact: .new(name: "", email: twin.email), account: nil))
        }
      }
      try await group.waitForAll()
    }
    #expect(try await office.scene.count("SELECT count(*) FROM contacts") == 1)
    #expect(try await office.scene.count("SELECT count(*) FROM deals WHERE contact_id = \(kept.id)") == 128)
    #expect(try await office.scene.count("SELECT count(*) FROM contact_aliases") == 64)
    #expect(try await office.scene.faults().isEmpty)
  }

  @Test("every open page is told, and deals are told to who may see them only")
  func events() async throws {
    let (office, kept, gone, _) = try await pair()
    _ = office.scene.takeAgentEvents()
    _ = try await office.parley.mergeContacts(into: kept.id, MergeRequest(with: gone.id), by: office.maya)
    let types = office.scene.events.map(\.body.type)
    #expect(types.contains("record.merged"))
    #expect(types.contains("contact.changed"))
    #expect(types.filter { $0 == "deal.changed" }.count == 2)
    #expect(types.contains("conversation.changed"))
    let deals = office.scene.events.filter { $0.body.type == "deal.changed" }
    #expect(deals.allSatisfy { $0.audience == .pipeline(office.pipeline.id) })
  }

  @Test("likely duplicates have a name, a telephone number or an address of the same account in common")
  func duplicates() async throws {
    let office = try await Office()
    let account = try await office.account("Analytical")
    let ada = try await office.contact(
      ContactChange(
        email: "ada@one.example", firstName: "Ada", lastName: "Lovelace", phone: "+44 1",
        accountID: .some(account.id)))
    let named = try await office.contact(
      ContactChange(email: "a@two.example", firstName: "ADA", lastName: "Lovelace", phone: "+44 1"))
    let local = try await office.contact(
      ContactChange(email: "Ada@three.example", accountID: .some(account.id)))
    try await office.contact(ContactChange(email: "ada@four.example"))
    try await office.contact(ContactChange(email: "adam@one.example", accountID: .some(account.id)))
    let found = try await office.parley.duplicates(ofContact: ada.id, by: office.maya)
    #expect(found.map(\.record.id) == [named.id, local.id])
    #expect(found.map(\.reasons) == [["name", "phone"], ["email"]])
  }
}
