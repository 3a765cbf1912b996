import Testing

@testable import ParleyCore

@Suite("Records with fields of one's own")
struct FieldRecordTests {
  @Test(
    "a deal keeps them from its draft on; a change says what it was and what it is, and nothing when it is the same"
  )
  func deal() async throws {
    let office = try await Office()
    let plan = try await office.field("Plan", .choice, choices: ["Gold", "Tin"])
    let seats = try await office.field("Seats", .number)
    let deal = try await office.deal([plan.id: .integer(plan.choices[0].id), seats.id: .text("12.50")])
    let number = try #require(ExactNumber("12.5"))
    #expect(
      deal.fields == CustomFieldValues([plan.id: .choice(plan.choices[0].id), seats.id: .number(number)]))
    _ = office.scene.takeAgentEvents()
    let same = DealChange(fields: [seats.id: .text("12.5")])
    #expect(try await office.parley.editDeal(deal.id, same, by: office.tom) == deal)
    #expect(office.scene.takeAgentEvents().isEmpty)
    let change = DealChange(fields: [seats.id: .nothing, plan.id: .integer(plan.choices[1].id)])
    let after = try await office.parley.editDeal(deal.id, change, by: office.tom)
    #expect(after.fields == CustomFieldValues([plan.id: .choice(plan.choices[1].id)]))
    #expect(office.scene.takeAgentEvents() == ["record.changed", "deal.changed"])
    let history = try await office.parley.history(of: deal.id, before: nil, limit: 9, by: office.maya)
    #expect(history.changes.map(\.field) == [.field, .field, .created])
    let id = plan.id
    #expect(history.changes[1].from == #"{"id":\#(id),"name":"Plan","type":"choice","value":"Gold"}"#)
    #expect(history.changes[1].to == #"{"id":\#(id),"name":"Plan","type":"choice","value":"Tin"}"#)
    #expect(history.changes[0].to == #"{"id":\#(seats.id),"name":"Seats","type":"number","value":null}"#)
  }

  @Test("what is wrong with them is said with all the rest, field by field")
  func faults() async throws {
    let office = try await Office()
    let plan = try await office.field("Plan", .choice, choices: ["Gold"])
    let start = try await office.field("Start", .date)
    let elsewhere = try await office.field("Elsewhere", .text, of: .contact)
    var draft = office.draft(title: "")
    draft.fields = [plan.id: .integer(99), start.id: .text("soon"), elsewhere.id: .text("x"), 999: .nothing]
    #expect(
      try await office.faults(of: draft) == [
        "title": "deal.title.required", "fields.\(plan.id)": "fields.unknown",
        "fields.\(start.id)": "fields.invalid", "fields.\(elsewhere.id)": "fields.unknown",
        "fields.999": "fields.unknown",
      ])
    let contact = ContactChange(email: "nobody", accountID: 77, fields: [elsewhere.id: .truth(true)])
    let refused = ParleyError.invalid(
      Invalid(
        code: "contact.invalid",
        fields: [
          "email": "contact.email.invalid", "accountID": "contact.account.unknown",
          "fields.\(elsewhere.id)": "fields.invalid",
        ]))
    await #expect(throws: refused) {
      try await office.parley.addContact(contact, idempotencyKey: .fresh(), by: office.maya)
    }
  }

  @Test("so it is with contacts and accounts, wherever they are read")
  func people() async throws {
    let office = try await Office()
    let role = try await office.field("Roles", .choices, of: .contact, choices: ["Buyer", "User"])
    let founded = try await office.field("Founded", .date, of: .account)
    let contact = try await office.contact(
      ContactChange(
        email: "ada@engine.example", fields: [role.id: .integers([role.choices[1].id, role.choices[0].id])]))
    let roles = CustomFieldValues([role.id: .choices(role.choices.map(\.id))])
    #expect(contact.fields == roles)
    #expect(try await office.parley.contact(contact.id, by: office.tom).fields == roles)
    #expect(try await office.parley.contacts(matching: "ada", by: office.tom).map(\.fields) == [roles])
    #expect(
      try await office.parley.contactList(RecordFilter(), by: office.tom).contacts.map(\.fields) == [roles])
    _ = office.scene.takeAgentEvents()
    let emptied = try await office.parley.editContact(
      contact.id, ContactChange(fields: [role.id: .nothing]), by: office.tom)
    #expect(emptied.fields == CustomFieldValues() && office.scene.takeAgentEvents() == ["contact.changed"])
    let account = try await office.parley.addAccount(
      AccountChange(name: "Engine", fields: [founded.id: .text("1843-07-10")]), idempotencyKey: .fresh(),
      by: office.maya)
    #expect(account.fields[founded.id] == CalendarDate("1843-07-10").map { .date($0) })
    let changed = try await office.parley.editAccount(
      account.id, AccountChange(fields: [founded.id: .text("1844-01-01")]), by: office.maya)
    #expect(changed.fields[founded.id] == CalendarDate("1844-01-01").map { .date($0) })
  }

  @Test("a resent deal with fields is stored once and answered as before")
  func resent() async throws {
    let office = try await Office()
    let plan = try await office.field("Plan", .choice, choices: ["Gold"])
    var draft = office.draft()
    draft.fields = [plan.id: .integer(plan.choices[0].id)]
    let key = IdempotencyKey.fresh()
    let first = try await office.parley.addDeal(draft, idempotencyKey: key, by: office.maya)
    #expect(try await office.parley.addDeal(draft, idempotencyKey: key, by: office.maya) == first)
    #expect(try await office.scene.rows().deals == 1)
  }
}
