import SQLite

extension Parley {
  /// Deletes a contact with its notes, tasks and tags. Deals stay, without it; conversations stay, under the name that the
  /// visitor gave.
  ///
  /// - Throws: `permissionDenied` for who is no owner, since nothing brings a contact back; `notFound`; `merged`.
  package func deleteContact(_ id: Int64, by agent: AgentIdentity) async throws(ParleyError) {
    try agent.requireAgent()
    try agent.requireOwner()
    try await write { [presence] transaction, changes in
      guard try Self.deleteContact(id, by: agent, presence, in: transaction, changes) else {
        throw try MergeRecords.absence(of: RecordID(.contact, id), in: transaction.snapshot)
      }
    }
  }

  /// Deletes an account with its notes and tasks. Its contacts and deals stay, without it.
  ///
  /// - Throws: as `deleteContact`.
  package func deleteAccount(_ id: Int64, by agent: AgentIdentity) async throws(ParleyError) {
    try agent.requireAgent()
    try agent.requireOwner()
    try await write { [presence] transaction, changes in
      guard try Self.deleteAccount(id, by: agent, presence, in: transaction, changes) else {
        throw try MergeRecords.absence(of: RecordID(.account, id), in: transaction.snapshot)
      }
    }
  }

  /// Answers whether it was there.
  static func deleteContact(
    _ id: Int64, by agent: AgentIdentity, _ presence: Presence, in transaction: borrowing Transaction,
    _ changes: Changes
  ) throws -> Bool {
    guard let contact = try ContactRecords.contact(id, in: transaction.snapshot) else { return false }
    let conversations = try ConversationRecords.list(
      ofContact: id, limit: Changes.shownConversations, presence, in: transaction.snapshot)
    let party = PartyChange(
      records: PartyRecords(kind: .contact), agent: agent, presence: presence, changes: changes)
    try party.delete(id, try JSON.text(ContactReference(contact)), in: transaction)
    try changes.record(.recordRemoved(RecordID(.contact, id)), for: .agents, in: transaction)
    for conversation in conversations {
      guard let after = try ConversationRecords.find(conversation.id, presence, in: transaction.snapshot)
      else { continue }
      try changes.record(.conversationChanged(after), for: .agents, in: transaction)
    }
    return true
  }

  static func deleteAccount(
    _ id: Int64, by agent: AgentIdentity, _ presence: Presence, in transaction: borrowing Transaction,
    _ changes: Changes
  ) throws -> Bool {
    guard let account = try AccountRecords.account(id, in: transaction.snapshot) else { return false }
    let party = PartyChange(
      records: PartyRecords(kind: .account), agent: agent, presence: presence, changes: changes)
    try party.delete(id, try JSON.text(AccountReference(account)), in: transaction)
    try changes.record(.recordRemoved(RecordID(.account, id)), for: .agents, in: transaction)
    return true
  }
}
