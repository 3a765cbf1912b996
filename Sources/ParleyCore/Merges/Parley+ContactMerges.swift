import SQLite

extension Parley {
  /// Makes one contact part of another, and answers that one as it is then. Its deals, conversations, notes, tasks, tags and
  /// addresses are the other's from then on, and whoever asks for it is led there.
  ///
  /// - Throws: `notFound`; `merged` when either has become part of another by then; `invalid` (`merge.invalid`):
  ///   `merge.with.same`, `merge.with.unknown`, `merge.take.unknown`.
  package func mergeContacts(
    into id: Int64, _ request: MergeRequest, by agent: AgentIdentity
  ) async throws(ParleyError) -> Contact {
    try agent.requireAgent()
    try request.check(id: id, fields: ["email", "name", "phone", "jobTitle", "account"])
    return try await write { [presence] transaction, changes in
      guard let kept = try ContactRecords.contact(id, in: transaction.snapshot) else {
        throw try MergeRecords.absence(of: RecordID(.contact, id), in: transaction.snapshot)
      }
      guard let gone = try ContactRecords.contact(request.with, in: transaction.snapshot) else {
        throw try request.absence(.contact, in: transaction.snapshot)
      }
      let party = PartyChange(
        records: PartyRecords(kind: .contact), agent: agent, presence: presence, changes: changes)
      return try party.merge(gone, into: kept, request, in: transaction)
    }
  }

  /// What has become part of a contact.
  ///
  /// - Throws: `notFound`; `merged`.
  package func merges(
    ofContact id: Int64, by agent: AgentIdentity
  ) async throws(ParleyError) -> MergeHistory {
    try agent.requireAgent()
    return try await read { try MergeHistory(of: RecordID(.contact, id), in: $0) }
  }
}

extension PartyChange {
  /// Answers the kept contact as it is then.
  func merge(
    _ gone: Contact, into kept: Contact, _ request: MergeRequest, in transaction: borrowing Transaction
  ) throws -> Contact {
    let change = try Self.change(of: kept, from: gone, request)
    let definitions = try FieldRecords.fields(of: .contact, in: transaction.snapshot)
    let replaced = kept.mergedFacts(definitions).filter { request.takes($0.field) }
    let merged = MergedRecord(id: gone.id, name: gone.name, facts: gone.mergedFacts(definitions))
    try records.moveFields(from: gone.id, to: kept.id, taking: request.takenFields, in: transaction)
    try move(
      gone.id, try JSON.text(ContactReference(gone)), to: kept.id, try JSON.text(ContactReference(kept)),
      in: transaction)
    if let email = EmailAddress(change.email == nil ? gone.email : kept.email) {
      try AliasRecords.add(email, ofContact: kept.id, in: transaction)
    }
    try ContactRecords.update(kept.id, with: change, in: transaction)
    let record = RecordID(.contact, kept.id)
    try MergeRecords.insert(
      merged, replaced: replaced, into: record, by: agent.id, at: changes.now, in: transaction)
    guard let after = try ContactRecords.contact(kept.id, in: transaction.snapshot) else {
      throw ParleyError.defect(reason: "merges.contact")
    }
    try changes.record(
      .recordMerged(RecordID(.contact, gone.id), into: kept.id), for: .agents, in: transaction)
    try changes.record(.contactChanged(after), for: .agents, in: transaction)
    try changes.recordParts(of: record, in: transaction)
    try changes.recordConversations(ofContact: kept.id, presence, in: transaction)
    return after
  }

  /// The fields in which the kept contact takes after the other. Their account goes with their job title where neither is
  /// chosen.
  private static func change(
    of kept: Contact, from gone: Contact, _ request: MergeRequest
  ) throws -> CheckedContactChange {
    var change = CheckedContactChange()
    if request.takes("email") { change.email = EmailAddress(gone.email) }
    if request.takes("name", over: kept.firstName + kept.lastName, gone.firstName + gone.lastName) {
      change.firstName = gone.firstName
      change.lastName = gone.lastName
    }
    if request.takes("phone", over: kept.phone, gone.phone) { change.phone = gone.phone }
    if request.takes("jobTitle", over: kept.jobTitle, gone.jobTitle) { change.jobTitle = gone.jobTitle }
    if request.takes("account", over: kept.account?.name ?? "", gone.account?.name ?? "") {
      change.accountID = .some(gone.account?.id)
    }
    return change
  }
}

extension MergeRequest {
  /// - Throws: `invalid`.
  func check(id: Int64, fields: [String]) throws(ParleyError) {
    var invalid = Invalid(code: "merge.invalid")
    if with == id { invalid.add("with", "merge.with.same") }
    let isKnown = { (name: String) in
      fields.contains(name) || name.hasPrefix("field.") && Int64(name.dropFirst("field.".count)) != nil
    }
    if !take.allSatisfy(isKnown) { invalid.add("take", "merge.take.unknown") }
    try invalid.check()
  }

  /// The ids of the fields of one's own whose values are taken.
  var takenFields: [Int64] {
    take.compactMap { $0.hasPrefix("field.") ? Int64($0.dropFirst("field.".count)) : nil }
  }

  func takes(_ field: String) -> Bool { take.contains(field) }

  /// A value that only one of them has stays.
  func takes(_ field: String, over kept: String, _ gone: String) -> Bool {
    !gone.isEmpty && (kept.isEmpty || take.contains(field))
  }

  func absence(_ kind: RecordKind, in snapshot: borrowing Snapshot) throws -> ParleyError {
    let error = try MergeRecords.absence(of: RecordID(kind, with), in: snapshot)
    guard error == .notFound else { return error }
    return .invalid(Invalid(code: "merge.invalid", fields: ["with": "merge.with.unknown"]))
  }
}

extension MergeHistory {
  init(of record: RecordID, in snapshot: borrowing Snapshot) throws {
    let exists =
      switch record.kind {
      case .contact: try ContactRecords.contact(record.id, in: snapshot) != nil
      case .account: try AccountRecords.account(record.id, in: snapshot) != nil
      case .deal: false
      }
    guard exists else { throw try MergeRecords.absence(of: record, in: snapshot) }
    merges = try MergeRecords.merges(into: record, in: snapshot)
    aliases = try AliasRecords.aliases(of: record, in: snapshot)
  }
}

extension Changes {
  /// Records that everything that hangs on a record may be other now.
  func recordParts(of record: RecordID, in transaction: borrowing Transaction) throws {
    for part in [RecordPart.notes, .tasks, .merges] {
      try self.record(.recordChanged(record, part), for: .agents, in: transaction)
    }
  }
}
