import SQLite

extension Parley {
  /// Changes many contacts alike, in one transaction; of a filter a batch at a time.
  ///
  /// - Throws: `invalid` when the change itself is at fault: `contact.tags.invalid`, `contact.account.unknown`; `permissionDenied` for
  ///   who deletes and is no owner. Then nothing is changed.
  package func changeContacts(
    _ selection: RecordSelection, _ change: ContactBulkChange, by agent: AgentIdentity
  ) async throws(ParleyError) -> RecordBulkResult {
    try agent.requireAgent()
    if change.delete { try agent.requireOwner() }
    let added = try Self.tag(change.addTag, "addTag")
    let removed = try Self.tag(change.removeTag, "removeTag")
    return try await write { [presence] transaction, changes in
      if case .some(.some(let id)) = change.accountID,
        try AccountRecords.account(id, in: transaction.snapshot) == nil
      {
        throw ParleyError.invalid(
          Invalid(code: "contact.invalid", fields: ["accountID": "contact.account.unknown"]))
      }
      return try Self.each(selection, of: .contacts, by: agent, transaction, changes) { id, result in
        if change.delete {
          return try Self.deleteContact(id, by: agent, presence, in: transaction, changes)
        }
        guard let before = try ContactRecords.contact(id, in: transaction.snapshot) else { return false }
        var tags = before.tags.compactMap { TagName($0) }
        if let added, !tags.contains(added) { tags.append(added) }
        if let removed { tags.removeAll { $0 == removed } }
        guard tags.count <= max(Contact.mostTags, before.tags.count) else {
          result.skipped.append(.init(id: id, name: before.name, reason: "tags.too-many"))
          return true
        }
        let hasOtherTags = tags != before.tags.compactMap { TagName($0) }
        let one = CheckedContactChange(accountID: change.accountID, tags: hasOtherTags ? tags : nil)
        try ContactRecords.update(id, with: one, in: transaction)
        if let after = try ContactRecords.contact(id, in: transaction.snapshot), after != before {
          try changes.record(.contactChanged(after), for: .agents, in: transaction)
          result.changed.append(id)
        }
        return true
      }
    }
  }

  /// Changes many accounts alike, in one transaction; of a filter a batch at a time.
  ///
  /// - Throws: as `changeContacts`: `account.owner.unknown`.
  package func changeAccounts(
    _ selection: RecordSelection, _ change: AccountBulkChange, by agent: AgentIdentity
  ) async throws(ParleyError) -> RecordBulkResult {
    try agent.requireAgent()
    if change.delete { try agent.requireOwner() }
    return try await write { [presence] transaction, changes in
      let one = try AccountChange(ownerID: change.ownerID).checked(isNew: false, in: transaction.snapshot)
      return try Self.each(selection, of: .accounts, by: agent, transaction, changes) { id, result in
        if change.delete {
          return try Self.deleteAccount(id, by: agent, presence, in: transaction, changes)
        }
        guard let before = try AccountRecords.account(id, in: transaction.snapshot) else { return false }
        try AccountRecords.update(id, with: one, in: transaction)
        if let after = try AccountRecords.account(id, in: transaction.snapshot), after != before {
          try changes.record(.accountChanged(after), for: .agents, in: transaction)
          result.changed.append(id)
        }
        return true
      }
    }
  }

  /// Goes through a selection.
  ///
  /// - Parameter body: answers whether the record was there; notes what became of it.
  private static func each(
    _ selection: RecordSelection, of table: RecordListRecords.Table, by agent: AgentIdentity,
    _ transaction: borrowing Transaction, _ changes: Changes,
    _ body: (Int64, inout RecordBulkResult) throws -> Bool
  ) throws -> RecordBulkResult {
    var result = RecordBulkResult()
    var ids: [Int64]
    switch selection {
    case .these(let chosen):
      guard (1...RecordSelection.limit).contains(chosen.count) else {
        throw ParleyError.invalid(Invalid(fields: ["ids": "field.invalid"]))
      }
      ids = chosen
    case .all(var filter, let cursor):
      filter.order = .newest
      let page = try RecordListRecords(table, filter, by: agent, at: changes.now).page(
        after: try RecordCursor.reading(cursor), limit: RecordSelection.limit, in: transaction.snapshot)
      ids = page.ids
      result.next = page.next?.text
    }
    var seen: Set<Int64> = []
    for id in ids where seen.insert(id).inserted {
      let before = result
      guard try body(id, &result) else {
        result.skipped.append(.init(id: id, name: "", reason: "gone"))
        continue
      }
      // What is deleted notes nothing.
      if result == before, try !exists(id, table, in: transaction.snapshot) { result.changed.append(id) }
    }
    result.seen = seen.count
    return result
  }

  private static func exists(
    _ id: Int64, _ table: RecordListRecords.Table, in snapshot: borrowing Snapshot
  ) throws -> Bool {
    switch table {
    case .contacts: try ContactRecords.contact(id, in: snapshot) != nil
    case .accounts: try AccountRecords.account(id, in: snapshot) != nil
    }
  }

  private static func tag(_ typed: String?, _ field: String) throws(ParleyError) -> TagName? {
    guard let typed else { return nil }
    guard let name = TagName(typed) else {
      throw .invalid(Invalid(code: "contact.invalid", fields: [field: "contact.tags.invalid"]))
    }
    return name
  }
}
