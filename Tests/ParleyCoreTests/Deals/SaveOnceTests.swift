import SQLite
import Testing

@testable import ParleyCore

@Suite("Saved once")
struct SaveOnceTests {
  @Test("64 saves at once for the same new contact and account make one of each, and 64 deals")
  func concurrentSaves() async throws {
    let office = try await Office()
    let answers = try await withThrowingTaskGroup(of: AddedDeal.self) { group in
      for number in 0..<64 {
        group.addTask {
          let email = number.isMultiple(of: 2) ? "nora@harbour.example" : "NORA@HARBOUR.EXAMPLE"
          let account = number.isMultiple(of: 3) ? "Harbour & Rye" : "HARBOUR  & RYE"
          let draft = office.draft(
            title: "Deal \(number)", contact: .new(name: "Nora \(number)", email: email),
            account: .new(name: account))
          return try await office.add(draft, by: number.isMultiple(of: 2) ? office.maya : office.tom)
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(
      try await office.scene.rows() == Scene.Rows(contacts: 1, accounts: 1, deals: 64, idempotencyKeys: 64))
    #expect(answers.filter(\.created.contact).count == 1)
    #expect(answers.filter(\.created.account).count == 1)
    #expect(Set(answers.map(\.deal.contact?.id)).count == 1)
    #expect(Set(answers.map(\.deal.id)).count == 64)
    let types = office.scene.takeAgentEvents()
    #expect(types.filter { $0 == "contact.changed" }.count == 1)
    #expect(types.filter { $0 == "account.changed" }.count == 1)
    #expect(types.filter { $0 == "deal.added" }.count == 64)
  }

  @Test("a resend gets the first answer and stores nothing")
  func resend() async throws {
    let office = try await Office()
    let (conversation, _) = try await office.conversation()
    let draft = office.draft(conversationID: conversation.id)
    let key = IdempotencyKey.fresh()
    let first = try await office.parley.addDeal(draft, idempotencyKey: key, by: office.maya)
    let rows = try await office.scene.rows()
    _ = office.scene.takeAgentEvents()
    let second = try await office.parley.addDeal(draft, idempotencyKey: key, by: office.maya)
    #expect(second == first && second.created.contact)
    #expect(try await office.scene.rows() == rows)
    #expect(office.scene.takeAgentEvents().isEmpty)
  }

  @Test("a double click is one deal")
  func concurrentResends() async throws {
    let office = try await Office()
    let draft = office.draft()
    let key = IdempotencyKey.fresh()
    let answers = try await withThrowingTaskGroup(of: AddedDeal.self) { group in
      for _ in 0..<16 {
        group.addTask { try await office.parley.addDeal(draft, idempotencyKey: key, by: office.maya) }
      }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(answers.count == 1)
    #expect(
      try await office.scene.rows() == Scene.Rows(contacts: 1, accounts: 1, deals: 1, idempotencyKeys: 1))
  }

  @Test("a key that comes with another draft is refused; another agent's same key is another key")
  func mismatch() async throws {
    let office = try await Office()
    let key = IdempotencyKey.fresh()
    _ = try await office.parley.addDeal(office.draft(), idempotencyKey: key, by: office.maya)
    await #expect(throws: ParleyError.idempotencyMismatch) {
      try await office.parley.addDeal(office.draft(title: "Another"), idempotencyKey: key, by: office.maya)
    }
    #expect(try await office.scene.rows().deals == 1)
    _ = try await office.parley.addDeal(office.draft(title: "Another"), idempotencyKey: key, by: office.tom)
    #expect(try await office.scene.rows().deals == 2)
  }

  @Test("a refused draft does not use its key up")
  func refusalKeepsKey() async throws {
    let office = try await Office()
    let key = IdempotencyKey.fresh()
    await #expect(throws: ParleyError.self) {
      try await office.parley.addDeal(office.draft(title: ""), idempotencyKey: key, by: office.maya)
    }
    _ = try await office.parley.addDeal(office.draft(), idempotencyKey: key, by: office.maya)
    #expect(try await office.scene.rows().deals == 1)
  }

  @Test("when the last step fails, nothing of the others stays")
  func rollBack() async throws {
    let office = try await Office()
    let (conversation, visitorID) = try await office.conversation()
    let before = try await office.scene.rows()
    _ = office.scene.takeAgentEvents()
    _ = try await office.parley.write { transaction, _ in
      try transaction.execute(
        """
        CREATE TRIGGER refuse BEFORE INSERT ON idempotency_keys BEGIN SELECT raise(ABORT, 'refused'); END
        """)
    }
    await #expect(throws: ParleyError.self) {
      try await office.add(office.draft(conversationID: conversation.id))
    }
    #expect(try await office.scene.rows() == before)
    #expect(office.scene.takeAgentEvents().isEmpty)
    #expect(
      try await office.scene.count("SELECT contact_id IS NULL FROM visitors WHERE id = \(visitorID)") == 1)
    _ = try await office.parley.write { transaction, _ in try transaction.execute("DROP TRIGGER refuse") }
    try await office.add(office.draft(conversationID: conversation.id))
    #expect(try await office.scene.rows().deals == 1)
  }

  @Test(
    "a key is 8 to 64 letters, digits, hyphens and underscores",
    arguments: [
      ("abcdefg", false), ("abcdefgh", true), ("A-b_0123", true), (String(repeating: "x", count: 64), true),
      (String(repeating: "x", count: 65), false), ("abc defgh", false), ("abcdefgé", false),
      ("abcdefg/", false),
      ("", false),
    ])
  func keys(text: String, isKey: Bool) {
    #expect((IdempotencyKey(text) != nil) == isKey)
  }
}
