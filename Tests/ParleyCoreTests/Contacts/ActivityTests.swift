import SQLite
import Testing

@testable import ParleyCore

@Suite("Contacts and accounts by their last activity")
struct ActivityTests {
  private func order(_ office: Office) async throws -> (contacts: [String], accounts: [String]) {
    let filter = RecordFilter(order: .activity)
    return (
      try await office.parley.contactList(filter, by: office.maya).contacts.map(\.firstName),
      try await office.parley.accountList(filter, by: office.maya).accounts.map(\.name)
    )
  }

  /// Three of each, who became known an hour apart.
  private func office() async throws -> Office {
    let office = try await Office()
    for (index, name) in ["Ada", "Ben", "Cleo"].enumerated() {
      let account = try await office.account("\(name) & Co")
      let contact = try await office.contact(
        ContactChange(email: "\(name)@x.example", firstName: name, accountID: .some(account.id)))
      #expect(contact.lastActivityAt == Scene.now && account.lastActivityAt == Scene.now)
      try await office.parley.write { transaction, _ in
        let moment = Scene.now - Int64(10 - index) * 3_600_000
        for table in ["contacts", "accounts"] {
          try transaction.execute("UPDATE \(table) SET last_activity_at = ? WHERE id = ?", moment, index + 1)
        }
      }
    }
    return office
  }

  enum Doing: String, CaseIterable, Sendable {
    case message, deal, note, taskOfAccount

    fileprivate func happen(in office: Office) async throws {
      switch self {
      case .message: _ = try await office.conversation(email: "ada@x.example")
      case .deal: try await office.add(office.draft(contact: .existing(1), account: .existing(1)))
      case .note: _ = try await office.parley.addNote("Rang", on: RecordID(.contact, 1), by: office.maya)
      case .taskOfAccount:
        let task = TaskDraft(title: "Ring", kind: "call", assigneeID: office.tom.id)
        _ = try await office.parley.addTask(task, to: RecordID(.account, 1), by: office.maya)
      }
    }
  }

  @Test("the latest active stands first, whatever it was, and its account with it", arguments: Doing.allCases)
  func first(doing: Doing) async throws {
    let office = try await office()
    #expect(try await order(office) == (["Cleo", "Ben", "Ada"], ["Cleo & Co", "Ben & Co", "Ada & Co"]))
    try await doing.happen(in: office)
    let after = try await order(office)
    #expect(after.accounts == ["Ada & Co", "Cleo & Co", "Ben & Co"])
    #expect(
      after.contacts == (doing == .taskOfAccount ? ["Cleo", "Ben", "Ada"] : ["Ada", "Cleo", "Ben"]))
  }

  @Test("who becomes part of another, or is recognised, brings their activity along")
  func merged() async throws {
    let office = try await office()
    try await office.add(office.draft(contact: .existing(2), account: .existing(2)))
    _ = try await office.parley.mergeContacts(into: 1, MergeRequest(with: 2), by: office.maya)
    #expect(try await order(office).contacts == ["Ada", "Cleo"])
    _ = try await office.parley.mergeAccounts(into: 1, MergeRequest(with: 2), by: office.maya)
    #expect(try await order(office).accounts == ["Ada & Co", "Cleo & Co"])
    #expect(try await office.scene.faults() == [])
  }
}
