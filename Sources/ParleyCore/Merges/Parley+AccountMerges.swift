import SQLite

extension Parley {
  /// Makes one account part of another, as `mergeContacts`: its contacts, deals, notes and tasks are the other's from then on.
  ///
  /// - Throws: as `mergeContacts`.
  package func mergeAccounts(
    into id: Int64, _ request: MergeRequest, by agent: AgentIdentity
  ) async throws(ParleyError) -> Account {
    try agent.requireAgent()
    try request.check(id: id, fields: ["name", "url", "phone", "owner"])
    return try await write { [presence] transaction, changes in
      guard let kept = try AccountRecords.account(id, in: transaction.snapshot) else {
        throw try MergeRecords.absence(of: RecordID(.account, id), in: transaction.snapshot)
      }
      guard let gone = try AccountRecords.account(request.with, in: transaction.snapshot) else {
        throw try request.absence(.account, in: transaction.snapshot)
      }
      let change = Self.change(of: kept, from: gone, request)
      let definitions = try FieldRecords.fields(of: .account, in: transaction.snapshot)
      let replaced = kept.mergedFacts(definitions).filter { request.takes($0.field) }
      let merged = MergedRecord(id: gone.id, name: gone.name, facts: gone.mergedFacts(definitions))
      let party = PartyChange(
        records: PartyRecords(kind: .account), agent: agent, presence: presence, changes: changes)
      try party.records.moveFields(
        from: gone.id, to: id, taking: request.takenFields, in: transaction)
      try party.move(
        gone.id, try JSON.text(AccountReference(gone)), to: id, try JSON.text(AccountReference(kept)),
        in: transaction)
      if let name = AccountName(change.name == nil ? gone.name : kept.name) {
        try AliasRecords.add(name, ofAccount: id, in: transaction)
      }
      try AccountRecords.update(id, with: change, in: transaction)
      let record = RecordID(.account, id)
      try MergeRecords.insert(
        merged, replaced: replaced, into: record, by: agent.id, at: changes.now, in: transaction)
      guard let after = try AccountRecords.account(id, in: transaction.snapshot) else {
        throw ParleyError.defect(reason: "merges.account")
      }
      try changes.record(
        .recordMerged(RecordID(.account, gone.id), into: id), for: .agents, in: transaction)
      try changes.record(.accountChanged(after), for: .agents, in: transaction)
      try changes.recordParts(of: record, in: transaction)
      return after
    }
  }

  /// What has become part of an account.
  ///
  /// - Throws: `notFound`; `merged`.
  package func merges(
    ofAccount id: Int64, by agent: AgentIdentity
  ) async throws(ParleyError) -> MergeHistory {
    try agent.requireAgent()
    return try await read { try MergeHistory(of: RecordID(.account, id), in: $0) }
  }

  private static func change(
    of kept: Account, from gone: Account, _ request: MergeRequest
  ) -> CheckedAccountChange {
    var change = CheckedAccountChange()
    if request.takes("name") { change.name = AccountName(gone.name) }
    if request.takes("url", over: kept.url, gone.url) { change.url = gone.url }
    if request.takes("phone", over: kept.phone, gone.phone) { change.phone = gone.phone }
    if request.takes("owner", over: kept.owner?.name ?? "", gone.owner?.name ?? "") {
      change.ownerID = .some(gone.owner?.id)
    }
    return change
  }
}
