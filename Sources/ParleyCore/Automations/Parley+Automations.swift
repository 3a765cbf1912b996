import SQLite

extension Parley {
  /// Every automation, by name.
  ///
  /// - Throws: `permissionDenied` for who is no owner, as everything here.
  package func automations(by agent: AgentIdentity) async throws(ParleyError) -> AutomationList {
    try agent.requireOwner()
    return try await read { snapshot in
      AutomationList(
        automations: try AutomationRecords.automations(in: snapshot).map {
          try Self.checked($0, in: snapshot)
        })
    }
  }

  /// - Throws: `notFound`.
  package func automation(_ id: Int64, by agent: AgentIdentity) async throws(ParleyError) -> Automation {
    try agent.requireOwner()
    return try await read { try Self.stored(id, in: $0) }
  }

  /// Adds an automation, switched off.
  ///
  /// - Throws: `invalid` (`automation.invalid`); `automationTooMany`; `idempotencyMismatch`.
  package func addAutomation(
    _ draft: AutomationDraft, idempotencyKey key: IdempotencyKey, by agent: AgentIdentity
  ) async throws(ParleyError) -> Automation {
    try agent.requireOwner()
    try agent.requireAgent()
    let name = try draft.checkedName()
    let request = try IdempotentRequest(draft, key: key, agentID: agent.id)
    return try await write { transaction, changes in
      if let answer = try request.answer(Automation.self, in: transaction.snapshot) { return answer }
      guard try AutomationRecords.count(in: transaction.snapshot) < Automation.limit else {
        throw ParleyError.automationTooMany
      }
      let id = try AutomationRecords.insert(
        name, entry: draft.entry ?? .always, draft.definition ?? AutomationDefinition(), by: agent.id,
        at: changes.now, in: transaction)
      try changes.recordAutomations([id], in: transaction)
      let added = try Self.stored(id, in: transaction.snapshot)
      try request.store(added, now: changes.now, in: transaction)
      return added
    }
  }

  /// Saves an automation as it is to be. Runs under way follow it from their next step on.
  ///
  /// - Parameter version: of the automation that the change began with.
  /// - Throws: `invalid`; `automationConflict` when someone else has saved it since; `automationFaulty` for one that is switched on
  ///   and would have problems; `notFound`.
  package func saveAutomation(
    _ id: Int64, _ draft: AutomationDraft, version: Int64, by agent: AgentIdentity
  ) async throws(ParleyError) -> Automation {
    try agent.requireOwner()
    try agent.requireAgent()
    let name = try draft.checkedName()
    return try await write { [log, wake] transaction, changes in
      let before = try Self.stored(id, in: transaction.snapshot)
      let (entry, definition) = (draft.entry ?? before.entry, draft.definition ?? before.definition)
      // A resend after a lost answer finds what it asked for.
      if before.version == version + 1, before.updatedBy.id == agent.id, before.name == name,
        before.entry == entry, before.definition == definition
      {
        return before
      }
      guard before.version == version else { throw ParleyError.automationConflict(current: before) }
      if before.enabled {
        let problems = try AutomationCheck.problems(of: definition, in: transaction.snapshot)
        if !problems.isEmpty { throw ParleyError.automationFaulty(problems) }
      }
      try AutomationRecords.update(
        id, name, entry: entry, definition, by: agent.id, at: changes.now, in: transaction)
      log.listeners.forget()
      try changes.recordAutomations([id], in: transaction)
      if before.enabled { transaction.afterCommit { wake.signal() } }
      return try Self.stored(id, in: transaction.snapshot)
    }
  }

  /// Switches an automation on or off. Switched off, its runs stand still where they are.
  ///
  /// - Throws: `automationFaulty` with what keeps it from being switched on; `notFound`.
  package func setAutomation(
    _ id: Int64, enabled: Bool, by agent: AgentIdentity
  ) async throws(ParleyError) -> Automation {
    try agent.requireOwner()
    return try await write { [log, wake] transaction, changes in
      let before = try Self.stored(id, in: transaction.snapshot)
      guard before.enabled != enabled else { return before }
      if enabled, !before.problems.isEmpty { throw ParleyError.automationFaulty(before.problems) }
      try AutomationRecords.setEnabled(id, enabled, in: transaction)
      log.listeners.forget()
      try changes.recordAutomations([id], in: transaction)
      transaction.afterCommit { wake.signal() }
      return try Self.stored(id, in: transaction.snapshot)
    }
  }

  /// Removes an automation and its runs. What they did stays.
  ///
  /// - Throws: `notFound`.
  package func removeAutomation(_ id: Int64, by agent: AgentIdentity) async throws(ParleyError) {
    try agent.requireOwner()
    try await write { [log] transaction, changes in
      _ = try Self.stored(id, in: transaction.snapshot)
      try AutomationRecords.delete(id, in: transaction)
      log.listeners.forget()
      try changes.recordAutomations([id], in: transaction)
    }
  }

  private static func stored(_ id: Int64, in snapshot: borrowing Snapshot) throws -> Automation {
    guard let automation = try AutomationRecords.automation(id, in: snapshot) else {
      throw ParleyError.notFound
    }
    return try checked(automation, in: snapshot)
  }

  private static func checked(
    _ automation: Automation, in snapshot: borrowing Snapshot
  ) throws -> Automation {
    var automation = automation
    automation.problems = try AutomationCheck.problems(of: automation.definition, in: snapshot)
    return automation
  }
}

extension AutomationDraft {
  /// - Throws: `invalid` (`automation.invalid`) for a name that is none.
  fileprivate func checkedName() throws(ParleyError) -> String {
    var invalid = Invalid(code: "automation.invalid")
    let name = name.onOneLine
    if name.isEmpty { invalid.add("name", "automation.name.required") }
    if name.unicodeScalars.count > Automation.nameLimit { invalid.add("name", "automation.name.too-long") }
    // What is not whole may be saved; what no page makes need not be.
    let count = (definition?.triggers.count ?? 0) + (definition?.allSteps.count ?? 0)
    if count > AutomationDefinition.limit { invalid.add("definition", "automation.steps.too-many") }
    try invalid.check()
    return name
  }
}
