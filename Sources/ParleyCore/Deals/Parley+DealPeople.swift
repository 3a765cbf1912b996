import SQLite

extension Parley {
  /// Gives a contact a part in a deal that is not its own, or another role in it.
  ///
  /// - Throws: `notFound` for the deal; `permissionDenied`; `invalid` (`deal.invalid`): `secondaryContact` is unknown or the deal's own contact, `role` too long or
  ///   missing.
  package func setSecondaryContact(
    _ contactID: Int64, role typed: String, of dealID: Int64, by agent: AgentIdentity
  ) async throws(ParleyError) -> Deal {
    try agent.requireAgent()
    let role = typed.onOneLine
    return try await write { transaction, changes in
      let deal = try DealRevision(
        of: dealID, by: agent, requiring: .edit, in: transaction.snapshot, changes
      ).before
      var invalid = Invalid(code: "deal.invalid")
      if role.isEmpty { invalid.add("role", "deal.role.required") }
      if role.unicodeScalars.count > Deal.roleLimit { invalid.add("role", "deal.role.too-long") }
      if try ContactRecords.contact(contactID, in: transaction.snapshot) == nil {
        invalid.add("secondaryContact", "deal.secondaryContact.unknown")
      }
      if deal.contact?.id == contactID { invalid.add("secondaryContact", "deal.secondaryContact.primary") }
      try invalid.check()
      let before = deal.secondaryContacts.first { $0.id == contactID }
      guard before?.role != role else { return deal }
      return try Self.setPart(of: contactID, role: role, in: deal, by: agent, transaction, changes)
    }
  }

  /// Gives a contact who exists, and whom the deal is not with, a role that is not too long, and records that.
  static func setPart(
    of contactID: Int64, role: String, in deal: Deal, by agent: AgentIdentity,
    _ transaction: borrowing Transaction, _ changes: Changes
  ) throws -> Deal {
    let before = deal.secondaryContacts.first { $0.id == contactID }
    try DealRecords.addSecondaryContact(contactID, role: role, to: deal.id, in: transaction)
    return try recordPart(of: contactID, in: deal.id, from: before, by: agent, transaction, changes)
  }

  /// Takes a contact's part in a deal away; whoever has none is no error.
  ///
  /// - Throws: `notFound` for the deal; `permissionDenied`.
  package func removeSecondaryContact(
    _ contactID: Int64, of dealID: Int64, by agent: AgentIdentity
  ) async throws(ParleyError) -> Deal {
    try agent.requireAgent()
    return try await write { transaction, changes in
      let deal = try DealRevision(
        of: dealID, by: agent, requiring: .edit, in: transaction.snapshot, changes
      ).before
      guard let before = deal.secondaryContacts.first(where: { $0.id == contactID }) else { return deal }
      return try Self.takePart(before, in: dealID, by: agent, transaction, changes)
    }
  }

  /// Takes away the part that a contact has in a deal, and records that.
  static func takePart(
    _ part: SecondaryContact, in dealID: Int64, by agent: AgentIdentity,
    _ transaction: borrowing Transaction, _ changes: Changes
  ) throws -> Deal {
    try DealRecords.removeSecondaryContact(part.id, from: dealID, in: transaction)
    return try recordPart(of: part.id, in: dealID, from: part, by: agent, transaction, changes)
  }

  private static func recordPart(
    of contactID: Int64, in dealID: Int64, from before: SecondaryContact?, by agent: AgentIdentity,
    _ transaction: borrowing Transaction, _ changes: Changes
  ) throws -> Deal {
    try DealRecords.touch(dealID, at: changes.now, in: transaction)
    let deal = try DealRevision.reload(dealID, in: transaction, changes)
    let after = deal.secondaryContacts.first { $0.id == contactID }
    try DealHistoryRecords.insert(
      .secondaryContact, from: before.map { try JSON.text($0) }, to: after.map { try JSON.text($0) },
      of: dealID, by: agent, at: changes.now, in: transaction)
    let audience = Audience.pipeline(deal.pipeline.id)
    try changes.record(.recordChanged(RecordID(.deal, dealID), .changes), for: audience, in: transaction)
    try changes.record(.dealChanged(deal), for: audience, in: transaction)
    return deal
  }

  /// A page of a deal's history, newest first.
  ///
  /// - Parameters:
  ///   - id: the `next` of the page before; nil for the first.
  ///   - limit: 1 … 100.
  /// - Throws: `notFound`.
  package func history(
    of dealID: Int64, before id: Int64?, limit: Int, by agent: AgentIdentity
  ) async throws(ParleyError) -> DealHistoryPage {
    try agent.requireAgent()
    let limit = min(max(limit, 1), 100)
    return try await read { snapshot in
      try RecordAccess.require(.see, RecordID(.deal, dealID), by: agent, in: snapshot)
      let found = try DealHistoryRecords.page(
        of: dealID, before: id ?? .max, limit: limit + 1, in: snapshot)
      let shown = Array(found.prefix(limit))
      return DealHistoryPage(changes: shown, next: found.count > limit ? shown.last?.id : nil)
    }
  }
}
