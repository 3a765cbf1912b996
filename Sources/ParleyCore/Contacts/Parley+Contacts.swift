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

  /// - Throws: `notFound`; `merged` for one that has become part of another.
  package func contact(_ id: Int64, by agent: AgentIdentity) async throws(ParleyError) -> Contact {
    try agent.requireAgent()
    return try await read { snapshot in
      guard let found = try ContactRecords.contact(id, in: snapshot) else {
        throw try MergeRecords.absence(of: RecordID(.contact, id), in: snapshot)
      }
      return found
    }
  }

  /// A page of all contacts, or of those that a filter leaves.
  ///
  /// - Parameters:
  ///   - cursor: the `next` of the page before; nil for the first.
  ///   - limit: 1 … 100.
  /// - Throws: `invalid` when the cursor is none of ours.
  package func contactList(
    _ filter: RecordFilter, after cursor: String? = nil, limit: Int = 50, by agent: AgentIdentity
  ) async throws(ParleyError) -> ContactList {
    try agent.requireAgent()
    let cursor = try RecordCursor.reading(cursor)
    let now = now()
    return try await read { snapshot in
      let page = try RecordListRecords(.contacts, filter, by: agent, at: now).page(
        after: cursor, limit: min(max(limit, 1), 100), in: snapshot)
      return ContactList(
        contacts: try ContactRecords.contacts(page.ids, in: snapshot), next: page.next?.text,
        count: page.count, isExact: page.isExact)
    }
  }

  /// Adds a contact.
  ///
  /// - Throws: `invalid` (`contact.invalid`) with every field error at once; `contactTaken` when a contact has the address;
  ///   `idempotencyMismatch` when the key came with another contact.
  package func addContact(
    _ draft: ContactChange, idempotencyKey key: IdempotencyKey, by agent: AgentIdentity
  ) async throws(ParleyError) -> Contact {
    try agent.requireAgent()
    let request = try IdempotentRequest(draft, key: key, agentID: agent.id)
    return try await write { transaction, changes in
      if let answer = try request.answer(Contact.self, in: transaction.snapshot) { return answer }
      let checked = try draft.checked(isNew: true, in: transaction.snapshot)
      guard let email = checked.email else { throw ParleyError.defect(reason: "contacts.check") }
      let name = PersonName(first: checked.firstName ?? "", last: checked.lastName ?? "")
      let (contact, isNew) = try ContactRecords.findOrCreate(
        email, name: name, phone: checked.phone ?? "", now: changes.now, in: transaction)
      guard isNew else { throw ParleyError.contactTaken(existing: contact) }
      try ContactRecords.update(contact.id, with: checked, in: transaction)
      guard let stored = try ContactRecords.contact(contact.id, in: transaction.snapshot) else {
        throw ParleyError.defect(reason: "contacts.insert")
      }
      try changes.record(.contactChanged(stored), for: .agents, in: transaction)
      changes.noticeNew(stored)
      try request.store(stored, now: changes.now, in: transaction)
      return stored
    }
  }

  /// Changes what is given of a contact, and answers it as it is then.
  ///
  /// - Throws: `invalid` (`contact.invalid`) with every field error at once; `contactTaken` when another contact has the address; `notFound`.
  package func editContact(
    _ id: Int64, _ change: ContactChange, by agent: AgentIdentity
  ) async throws(ParleyError) -> Contact {
    try agent.requireAgent()
    return try await write { [presence] transaction, changes in
      try Self.edit(id, change, presence, in: transaction, changes)
    }
  }

  /// The one path by which a stored contact changes.
  ///
  /// - Throws: as `editContact`.
  static func edit(
    _ id: Int64, _ change: ContactChange, _ presence: Presence, in transaction: borrowing Transaction,
    _ changes: Changes
  ) throws -> Contact {
    guard let before = try ContactRecords.contact(id, in: transaction.snapshot) else {
      throw try MergeRecords.absence(of: RecordID(.contact, id), in: transaction.snapshot)
    }
    let change = try change.checked(in: transaction.snapshot)
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
    changes.noticeChange(from: before, to: after)
    if after.email != before.email || after.name != before.name {
      try changes.recordConversations(ofContact: id, presence, in: transaction)
    }
    return after
  }
}

extension RecordCursor {
  /// - Throws: `invalid` for a text that is no cursor.
  static func reading(_ text: String?) throws(ParleyError) -> RecordCursor? {
    guard let text else { return nil }
    guard let cursor = RecordCursor(text) else {
      throw .invalid(Invalid(fields: ["before": "field.invalid"]))
    }
    return cursor
  }
}
