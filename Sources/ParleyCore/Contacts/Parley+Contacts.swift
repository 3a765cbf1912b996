import SQLite

extension Parley {
  /// Contacts to suggest for what is typed so far, best first: for a typed "@" those whose address begins so; then those with all
  /// its words in name or address, then those with words that begin so, each newest first. For nothing typed, the newest.
  ///
  /// - Parameter limit: 1 … 50 of them.
  package func contacts(
    matching typed: String, limit: Int = 8, by agent: AgentIdentity
  ) async throws(ParleyError) -> [Contact] {
    try agent.requireAgent()
    return try await read { snapshot in
      try Suggestions.find(typed, limit: limit, from: ContactRecords.self, in: snapshot)
    }
  }

  /// - Throws: `notFound`.
  package func contact(_ id: Int64, by agent: AgentIdentity) async throws(ParleyError) -> Contact {
    try agent.requireAgent()
    let found = try await read { try ContactRecords.contact(id, in: $0) }
    guard let found else { throw .notFound }
    return found
  }

  /// Changes what is given of a contact, and answers it as it is then.
  ///
  /// - Throws: `invalid` (`contact.invalid`) with every field error at once; `contactTaken` when another contact has the address; `notFound`.
  package func editContact(
    _ id: Int64, _ change: ContactChange, by agent: AgentIdentity
  ) async throws(ParleyError) -> Contact {
    try agent.requireAgent()
    let change = try change.checked()
    return try await write { [presence] transaction, changes in
      guard let before = try ContactRecords.contact(id, in: transaction.snapshot) else {
        throw ParleyError.notFound
      }
      if let email = change.email,
        let other = try ContactRecords.contact(email: email, in: transaction.snapshot), other.id != id
      {
        throw ParleyError.contactTaken(existing: other)
      }
      try ContactRecords.update(id, with: change, in: transaction)
      guard let after = try ContactRecords.contact(id, in: transaction.snapshot), after != before else {
        return before
      }
      try changes.record(.contactChanged(after), for: .agents, in: transaction)
      if after.email != before.email || after.displayName != before.displayName {
        try changes.recordConversations(ofContact: id, presence, in: transaction)
      }
      return after
    }
  }
}
