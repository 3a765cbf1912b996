import SQLite

extension Parley {
  /// The agent's own views and those that are shared, by name.
  package func views(by agent: AgentIdentity) async throws(ParleyError) -> [View] {
    try agent.requireAgent()
    return try await read { try ViewRecords.views(of: agent.id, in: $0) }
  }

  /// Saves a view.
  ///
  /// - Throws: `invalid` (`view.invalid`) with every field error at once, `view.name.too-many` when the agent or the team has
  ///   too many; `idempotencyMismatch`.
  package func addView(
    _ draft: ViewDraft, idempotencyKey key: IdempotencyKey, by agent: AgentIdentity
  ) async throws(ParleyError) -> View {
    try agent.requireAgent()
    let checked = try draft.checked(isNew: true)
    let request = try IdempotentRequest(draft, key: key, agentID: agent.id)
    return try await write { transaction, changes in
      if let answer = try request.answer(View.self, in: transaction.snapshot) { return answer }
      try Self.requireRoom(for: checked, isNew: true, of: agent, in: transaction.snapshot)
      let id = try ViewRecords.insert(checked, by: agent.id, at: changes.now, in: transaction)
      let view = try Self.settle(id, checked, by: agent, in: transaction)
      try changes.recordViews(isShared: view.isShared, of: agent.id, in: transaction)
      try request.store(view, now: changes.now, in: transaction)
      return view
    }
  }

  /// Changes a view of one's own or, for owners, a shared one of somebody else. Whoever sees one may begin with it.
  ///
  /// - Throws: `notFound`, also for somebody else's own; `permissionDenied`; `invalid` as above.
  package func editView(
    _ id: Int64, _ draft: ViewDraft, by agent: AgentIdentity
  ) async throws(ParleyError) -> View {
    try agent.requireAgent()
    let checked = try draft.checked(isNew: false)
    return try await write { transaction, changes in
      let before = try Self.view(id, changedBy: draft.isPersonal ? nil : agent, seenBy: agent, transaction)
      if checked.isShared == true, !before.isShared {
        try Self.requireRoom(for: checked, isNew: false, of: agent, in: transaction.snapshot)
      }
      try ViewRecords.update(id, checked, in: transaction)
      let after = try Self.settle(id, checked, by: agent, in: transaction)
      let isForAll = !draft.isPersonal && (before.isShared || after.isShared)
      try changes.recordViews(isShared: isForAll, of: agent.id, in: transaction)
      return after
    }
  }

  /// - Throws: as `editView`.
  package func removeView(_ id: Int64, by agent: AgentIdentity) async throws(ParleyError) {
    try agent.requireAgent()
    try await write { transaction, changes in
      let view = try Self.view(id, changedBy: agent, seenBy: agent, transaction)
      try ViewRecords.delete(id, in: transaction)
      try changes.recordViews(isShared: view.isShared, of: agent.id, in: transaction)
    }
  }

  private static func settle(
    _ id: Int64, _ draft: ViewDraft, by agent: AgentIdentity, in transaction: borrowing Transaction
  ) throws -> View {
    guard let view = try ViewRecords.view(id, seenBy: agent.id, in: transaction.snapshot) else {
      throw ParleyError.defect(reason: "views.reload")
    }
    guard let isDefault = draft.isDefault, isDefault != view.isDefault else { return view }
    try ViewRecords.setDefault(isDefault, view, of: agent.id, in: transaction)
    var settled = view
    settled.isDefault = isDefault
    return settled
  }

  private static func view(
    _ id: Int64, changedBy changer: AgentIdentity?, seenBy agent: AgentIdentity,
    _ transaction: borrowing Transaction
  ) throws -> View {
    guard let view = try ViewRecords.view(id, seenBy: agent.id, in: transaction.snapshot) else {
      throw ParleyError.notFound
    }
    if let changer, view.agent.id != changer.id { try changer.requireOwner() }
    return view
  }

  private static func requireRoom(
    for draft: ViewDraft, isNew: Bool, of agent: AgentIdentity, in snapshot: borrowing Snapshot
  ) throws {
    let isFull =
      try isNew && ViewRecords.count(of: agent.id, in: snapshot) >= View.limit
      || draft.isShared == true && ViewRecords.countOfShared(in: snapshot) >= View.limit
    guard isFull else { return }
    throw ParleyError.invalid(Invalid(code: "view.invalid", fields: ["name": "view.name.too-many"]))
  }
}

extension Changes {
  /// Records that views came, went or changed: an open page loads them anew.
  fileprivate func recordViews(
    isShared: Bool, of agentID: Int64, in transaction: borrowing Transaction
  ) throws {
    try record(.viewsChanged, for: isShared ? .agents : .agent(agentID), in: transaction)
  }
}
