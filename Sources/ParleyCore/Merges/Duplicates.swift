import SQLite

/// A contact or an account that may be another one, and why.
package struct Duplicate<Record: Sendable & Hashable & Codable>: Sendable, Hashable, Codable {
  package var record: Record
  /// What they have in common: `name`, `phone`, `email` (the part before the @, in the same account), `url`.
  package var reasons: [String]
}

extension Parley {
  /// The contacts that may be the same person, ten at most.
  ///
  /// - Throws: `notFound`; `merged`.
  package func duplicates(
    ofContact id: Int64, by agent: AgentIdentity
  ) async throws(ParleyError) -> [Duplicate<Contact>] {
    try agent.requireAgent()
    return try await read { snapshot in
      guard let contact = try ContactRecords.contact(id, in: snapshot) else {
        throw try MergeRecords.absence(of: RecordID(.contact, id), in: snapshot)
      }
      let found = try DuplicateRecords.duplicates(of: contact, in: snapshot)
      return try ContactRecords.contacts(found.map(\.id), in: snapshot).map { contact in
        Duplicate(record: contact, reasons: found.first { $0.id == contact.id }?.reasons ?? [])
      }
    }
  }

  /// The accounts that may be the same company, ten at most.
  ///
  /// - Throws: `notFound`; `merged`.
  package func duplicates(
    ofAccount id: Int64, by agent: AgentIdentity
  ) async throws(ParleyError) -> [Duplicate<Account>] {
    try agent.requireAgent()
    return try await read { snapshot in
      guard let account = try AccountRecords.account(id, in: snapshot) else {
        throw try MergeRecords.absence(of: RecordID(.account, id), in: snapshot)
      }
      let found = try DuplicateRecords.duplicates(of: account, in: snapshot)
      return try AccountRecords.accounts(found.map(\.id), in: snapshot).map { account in
        Duplicate(record: account, reasons: found.first { $0.id == account.id }?.reasons ?? [])
      }
    }
  }
}
