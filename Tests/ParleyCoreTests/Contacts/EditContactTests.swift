import Testing

@testable import ParleyCore

@Suite("Editing a contact")
struct EditContactTests {
  private func contact(_ email: String = "nora@harbour.example", in office: Office) async throws -> Contact {
    let draft = office.draft(contact: .new(name: "Nora Fitzgerald", email: email))
    let id = try #require(try await office.add(draft).deal.contact?.id)
    return try await office.parley.contact(id, by: office.maya)
  }

  @Test("what is given changes, cleaned; what is not stays; every inbox hears of it")
  func edit() async throws {
    let office = try await Office()
    let before = try await contact(in: office)
    _ = office.scene.takeAgentEvents()
    let change = ContactChange(firstName: " Nóra\n", phone: "+44  117 496 0112", jobTitle: "General Manager")
    let after = try await office.parley.editContact(before.id, change, by: office.tom)
    var expected = before
    (expected.firstName, expected.phone, expected.jobTitle) = ("Nóra", "+44 117 496 0112", "General Manager")
    expected.name = "Nóra Fitzgerald"
    #expect(after == expected)
    #expect(try await office.parley.contact(before.id, by: office.maya) == expected)
    #expect(office.scene.takeAgentEvents() == ["contact.changed"])
    #expect(try await office.parley.contacts(matching: "Nora", by: office.maya) == [expected])
    #expect(try await office.parley.editContact(before.id, change, by: office.tom) == expected)
    #expect(office.scene.takeAgentEvents().isEmpty)
  }

  @Test("an address changes with its key, and is found by it")
  func email() async throws {
    let office = try await Office()
    let before = try await contact(in: office)
    let change = ContactChange(email: " Nora.F@Harbour.Example ")
    let after = try await office.parley.editContact(before.id, change, by: office.maya)
    #expect(after.email == "Nora.F@Harbour.Example")
    #expect(try await office.parley.contacts(matching: "nora@", by: office.maya).isEmpty == false)
    #expect(try await contact("nora.f@harbour.example", in: office).id == before.id)
    #expect(try await contact("nora@harbour.example", in: office).id != before.id)
  }

  @Test("an address that is another contact's is refused, and that contact named")
  func taken() async throws {
    let office = try await Office()
    let nora = try await contact(in: office)
    let dev = try await contact("dev@harbour.example", in: office)
    await #expect(throws: ParleyError.contactTaken(existing: nora)) {
      try await office.parley.editContact(
        dev.id, ContactChange(email: "NORA@harbour.example"), by: office.maya)
    }
    #expect(try await office.parley.contact(dev.id, by: office.maya) == dev)
    let own = ContactChange(email: "DEV@harbour.example")
    #expect(try await office.parley.editContact(dev.id, own, by: office.maya).email == "DEV@harbour.example")
  }

  @Test("everything that is wrong is said at once")
  func faults() async throws {
    let office = try await Office()
    let nora = try await contact(in: office)
    let long = String(repeating: "é", count: 101)
    let change = ContactChange(email: "nora@", firstName: long, lastName: long, phone: long, jobTitle: long)
    await #expect(
      throws: ParleyError.invalid(
        Invalid(
          code: "contact.invalid",
          fields: [
            "email": "contact.email.invalid", "firstName": "contact.firstName.too-long",
            "lastName": "contact.lastName.too-long", "phone": "contact.phone.too-long",
            "jobTitle": "contact.jobTitle.too-long",
          ]))
    ) { try await office.parley.editContact(nora.id, change, by: office.maya) }
    await #expect(
      throws: ParleyError.invalid(
        Invalid(code: "contact.invalid", fields: ["email": "contact.email.required"]))
    ) { try await office.parley.editContact(nora.id, ContactChange(email: " "), by: office.maya) }
    #expect(try await office.parley.contact(nora.id, by: office.maya) == nora)
  }

  @Test("the conversations of a contact who is called otherwise are told of anew")
  func conversations() async throws {
    let office = try await Office()
    let nora = try await contact(in: office)
    let (conversation, _) = try await office.conversation(email: "nora@harbour.example")
    #expect(conversation.name == "Nora Fitzgerald")
    _ = office.scene.takeAgentEvents()
    _ = try await office.parley.editContact(nora.id, ContactChange(lastName: "Quinn"), by: office.maya)
    #expect(office.scene.takeAgentEvents() == ["contact.changed", "conversation.changed"])
    _ = try await office.parley.editContact(nora.id, ContactChange(jobTitle: "Owner"), by: office.maya)
    #expect(office.scene.takeAgentEvents() == ["contact.changed"])
  }

  @Test("a contact or an account that is not there is not found, and nobody else may look")
  func notFound() async throws {
    let office = try await Office()
    await #expect(throws: ParleyError.notFound) { try await office.parley.contact(1, by: office.maya) }
    await #expect(throws: ParleyError.notFound) { try await office.parley.account(1, by: office.maya) }
    await #expect(throws: ParleyError.notFound) {
      try await office.parley.editContact(1, ContactChange(firstName: "Nora"), by: office.maya)
    }
    await #expect(throws: ParleyError.permissionDenied) { try await office.parley.contact(1, by: .machine) }
    await #expect(throws: ParleyError.permissionDenied) { try await office.parley.account(1, by: .machine) }
    await #expect(throws: ParleyError.permissionDenied) {
      try await office.parley.editContact(1, ContactChange(), by: .machine)
    }
  }
}
