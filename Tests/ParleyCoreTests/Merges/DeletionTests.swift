import Testing

@testable import ParleyCore

@Suite("Deleting contacts and accounts")
struct DeletionTests {
  @Test("a contact's deals and conversations stay without it; its notes and tasks go")
  func contact() async throws {
    let office = try await Office()
    let (conversation, visitorID) = try await office.conversation(name: "Nora", email: "nora@harbour.example")
    let deal = try await office.add(office.draft(conversationID: conversation.id)).deal
    let id = try #require(deal.contact?.id)
    let record = RecordID(.contact, id)
    _ = try await office.parley.addNote("Likes rye", on: record, by: office.maya)
    try await office.parley.deleteContact(id, by: office.maya)
    await #expect(throws: ParleyError.notFound) { try await office.parley.contact(id, by: office.maya) }
    let after = try await office.parley.deal(deal.id, by: office.maya)
    #expect(after.contact == nil)
    #expect(after.account?.name == "Harbour & Rye")
    let strangers = "SELECT count(*) FROM visitors WHERE id = \(visitorID) AND contact_id IS NULL"
    #expect(try await office.scene.count(strangers) == 1)
    #expect(try await office.scene.count("SELECT count(*) FROM notes") == 0)
    let history = try await office.parley.history(of: deal.id, before: nil, limit: 5, by: office.maya)
    #expect(history.changes.first?.field == .contact)
    #expect(history.changes.first?.to == nil)
    #expect(office.scene.events.contains { $0.body == .recordRemoved(record) })
    #expect(try await office.scene.faults().isEmpty)
  }

  @Test("an account's contacts and deals stay without it")
  func account() async throws {
    let office = try await Office()
    let deal = try await office.add(office.draft()).deal
    let id = try #require(deal.account?.id)
    try await office.parley.deleteAccount(id, by: office.maya)
    #expect(try await office.parley.deal(deal.id, by: office.maya).account == nil)
    let contact = try await office.parley.contact(try #require(deal.contact?.id), by: office.maya)
    #expect(contact.account == nil)
    #expect(try await office.scene.faults().isEmpty)
  }

  @Test("only owners delete, since nothing brings it back; whoever is no agent does neither that nor a merge")
  func permission() async throws {
    let office = try await Office()
    let one = try await office.contact(ContactChange(email: "a@x.example"))
    let two = try await office.contact(ContactChange(email: "b@x.example"))
    let account = try await office.account("One")
    for agent in [office.tom, .machine] {
      await #expect(throws: ParleyError.permissionDenied) {
        try await office.parley.deleteContact(one.id, by: agent)
      }
      await #expect(throws: ParleyError.permissionDenied) {
        try await office.parley.deleteAccount(account.id, by: agent)
      }
    }
    await #expect(throws: ParleyError.permissionDenied) {
      try await office.parley.mergeContacts(into: one.id, MergeRequest(with: two.id), by: .machine)
    }
    _ = try await office.parley.mergeContacts(into: one.id, MergeRequest(with: two.id), by: office.tom)
  }
}
