import Testing

@testable import ParleyCore

@Suite("Changes of many contacts and accounts")
struct RecordBulkTests {
  @Test("those that are named are changed; what was so before and what is gone are told apart")
  func named() async throws {
    let office = try await Office()
    let one = try await office.contact(ContactChange(email: "one@x.example", tags: ["VIP"]))
    let two = try await office.contact(ContactChange(email: "two@x.example"))
    let full = try await office.contact(
      ContactChange(email: "full@x.example", tags: (0..<50).map { "tag \($0)" }))
    let result = try await office.parley.changeContacts(
      .these([one.id, two.id, two.id, full.id, 99]), ContactBulkChange(addTag: "vip"), by: office.tom)
    #expect(result.changed == [two.id])
    #expect(
      result.skipped == [
        .init(id: full.id, name: "full@x.example", reason: "tags.too-many"),
        .init(id: 99, name: "", reason: "gone"),
      ])
    #expect(result.seen == 4)
    // The opposite undoes it, for those that were changed.
    _ = try await office.parley.changeContacts(
      .these(result.changed), ContactBulkChange(removeTag: "VIP"), by: office.tom)
    #expect(try await office.parley.contact(one.id, by: office.maya).tags == ["VIP"])
    #expect(try await office.parley.contact(two.id, by: office.maya).tags.isEmpty)
  }

  @Test("all that a filter leaves are changed in batches, each once, though the change takes them out of it")
  func filtered() async throws {
    let office = try await Office()
    try await office.scene.parley.write { transaction, _ in
      for index in 0..<1100 {
        let (contact, _) = try ContactRecords.findOrCreate(
          EmailAddress("c\(index)@x.example")!, name: PersonName(first: "", last: ""), phone: "",
          now: Scene.now, in: transaction)
        try ContactTagRecords.set([TagName("old")!], ofContact: contact.id, in: transaction)
      }
    }
    let filter = RecordFilter(tag: "old")
    var after: String?
    var changed = 0
    var batches = 0
    repeat {
      let result = try await office.parley.changeContacts(
        .all(filter, after: after), ContactBulkChange(removeTag: "old"), by: office.maya)
      changed += result.changed.count
      after = result.next
      batches += 1
      #expect(result.seen <= 500)
    } while after != nil
    #expect(changed == 1100)
    #expect(batches == 3)
    #expect(try await office.parley.contactList(filter, by: office.maya).count == 0)
  }

  @Test("accounts get an owner, and go, by owners of the workspace only")
  func accounts() async throws {
    let office = try await Office()
    let ids = [try await office.account("One").id, try await office.account("Two").id]
    let owned = try await office.parley.changeAccounts(
      .these(ids), AccountBulkChange(ownerID: .some(office.tom.id)), by: office.tom)
    #expect(owned.changed == ids)
    await #expect(throws: ParleyError.permissionDenied) {
      try await office.parley.changeAccounts(.these(ids), AccountBulkChange(delete: true), by: office.tom)
    }
    let gone = try await office.parley.changeAccounts(
      .these(ids), AccountBulkChange(delete: true), by: office.maya)
    #expect(gone.changed == ids)
    #expect(try await office.parley.accountList(by: office.maya).count == 0)
  }

  @Test("a change at fault changes nothing, and says why")
  func faults() async throws {
    let office = try await Office()
    let one = try await office.contact(ContactChange(email: "one@x.example"))
    await #expect(throws: ParleyError.self) {
      try await office.parley.changeContacts(
        .these([one.id]), ContactBulkChange(addTag: "a", accountID: .some(99)), by: office.maya)
    }
    await #expect(throws: ParleyError.self) {
      try await office.parley.changeContacts(.these([]), ContactBulkChange(addTag: "a"), by: office.maya)
    }
    await #expect(throws: ParleyError.permissionDenied) {
      try await office.parley.changeContacts(
        .these([one.id]), ContactBulkChange(addTag: "a"), by: .machine)
    }
    #expect(try await office.parley.contact(one.id, by: office.maya).tags.isEmpty)
  }
}
