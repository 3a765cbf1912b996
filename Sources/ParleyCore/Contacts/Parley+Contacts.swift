import SQLite

extension Parley {
  /// Contacts to suggest for what is typed so far, best first: addresses that begin so, then those with all its words in
  /// name or address, then those with words that begin so, each newest first. For nothing typed, the newest.
  ///
  /// - Parameter limit: 1 to 50 of them; the cost does not grow with how many would match.
  package func contacts(
    matching typed: String, limit: Int = 8, by agent: AgentIdentity
  ) async throws(ParleyError) -> [Contact] {
    try agent.requireAgent()
    let search = PrefixSearch(typed)
    let limit = min(max(limit, 1), 50)
    return try await read { snapshot in
      guard !search.text.isEmpty else { return try ContactRecords.newest(limit: limit, in: snapshot) }
      var suggestions = Suggestions<Contact>(limit: limit)
      if search.text.contains("@") {
        let start = search.text.lowercased()
        suggestions.add(try ContactRecords.withEmail(from: start, limit: limit, in: snapshot))
      }
      for expression in [search.wholeWords, search.beginnings]
      where suggestions.hasRoom && !expression.isEmpty {
        suggestions.add(try ContactRecords.matching(expression, limit: limit, in: snapshot))
      }
      return suggestions.found
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
