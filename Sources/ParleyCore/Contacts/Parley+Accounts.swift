import SQLite

extension Parley {
  /// Accounts to suggest for what is typed so far, best first: names that begin so in alphabetical order, then those with
  /// all its words, then those with words that begin so, newest first. For nothing typed, the newest.
  ///
  /// - Parameter limit: 1 … 50 of them.
  package func accounts(
    matching typed: String, limit: Int = 8, by agent: AgentIdentity
  ) async throws(ParleyError) -> [Account] {
    try agent.requireAgent()
    return try await read { snapshot in
      try Suggestions.find(typed, limit: limit, from: AccountRecords.self, in: snapshot)
    }
  }

  /// - Throws: `notFound`; `merged` for one that has become part of another.
  package func account(_ id: Int64, by agent: AgentIdentity) async throws(ParleyError) -> Account {
    try agent.requireAgent()
    return try await read { snapshot in
      guard let found = try AccountRecords.account(id, in: snapshot) else {
        throw try MergeRecords.absence(of: RecordID(.account, id), in: snapshot)
      }
      return found
    }
  }

  /// A page of all accounts, or of those that a filter leaves.
  ///
  /// - Parameters:
  ///   - cursor: the `next` of the page before; nil for the first.
  ///   - limit: 1 … 100.
  /// - Throws: `invalid` when the cursor is none of ours, or a field of the filter.
  package func accountList(
    _ filter: RecordFilter = RecordFilter(), after cursor: String? = nil, limit: Int = 50,
    by agent: AgentIdentity
  ) async throws(ParleyError) -> AccountList {
    try agent.requireAgent()
    let cursor = try RecordCursor.reading(cursor)
    let now = now()
    return try await read { snapshot in
      let page = try RecordListRecords(.accounts, filter, by: agent, at: now).page(
        after: cursor, limit: min(max(limit, 1), 100), in: snapshot)
      return AccountList(
        accounts: try AccountRecords.accounts(page.ids, in: snapshot), next: page.next?.text,
        count: page.count, isExact: page.isExact)
    }
  }

  /// Adds an account.
  ///
  /// - Throws: `invalid` (`account.invalid`) with every field error at once; `accountTaken` when one is called so;
  ///   `idempotencyMismatch` when the key came with another account.
  package func addAccount(
    _ draft: AccountChange, idempotencyKey key: IdempotencyKey, by agent: AgentIdentity
  ) async throws(ParleyError) -> Account {
    try agent.requireAgent()
    let request = try IdempotentRequest(draft, key: key, agentID: agent.id)
    return try await write { transaction, changes in
      if let answer = try request.answer(Account.self, in: transaction.snapshot) { return answer }
      let checked = try draft.checked(isNew: true, in: transaction.snapshot)
      guard let name = checked.name else { throw ParleyError.defect(reason: "accounts.check") }
      let (account, isNew) = try AccountRecords.findOrCreate(name, now: changes.now, in: transaction)
      guard isNew else { throw ParleyError.accountTaken(existing: account) }
      try AccountRecords.update(account.id, with: checked, in: transaction)
      guard let stored = try AccountRecords.account(account.id, in: transaction.snapshot) else {
        throw ParleyError.defect(reason: "accounts.insert")
      }
      try changes.record(.accountChanged(stored), for: .agents, in: transaction)
      try request.store(stored, now: changes.now, in: transaction)
      return stored
    }
  }

  /// Changes what is given of an account, and answers it as it is then.
  ///
  /// - Throws: `invalid` (`account.invalid`) with every field error at once; `accountTaken` when another account is called
  ///   so; `notFound`.
  package func editAccount(
    _ id: Int64, _ change: AccountChange, by agent: AgentIdentity
  ) async throws(ParleyError) -> Account {
    try agent.requireAgent()
    return try await write { transaction, changes in
      guard let before = try AccountRecords.account(id, in: transaction.snapshot) else {
        throw try MergeRecords.absence(of: RecordID(.account, id), in: transaction.snapshot)
      }
      let checked = try change.checked(isNew: false, in: transaction.snapshot)
      if let name = checked.name,
        let other = try AccountRecords.account(key: name.key, in: transaction.snapshot), other.id != id
      {
        throw ParleyError.accountTaken(existing: other)
      }
      try AccountRecords.update(id, with: checked, in: transaction)
      guard let after = try AccountRecords.account(id, in: transaction.snapshot), after != before else {
        return before
      }
      try changes.record(.accountChanged(after), for: .agents, in: transaction)
      changes.noticeChange(from: before, to: after)
      return after
    }
  }
}
