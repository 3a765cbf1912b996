import SQLite

extension Parley {
  /// A page of an automation's runs, newest first.
  ///
  /// - Parameters:
  ///   - id: the `next` of the page before; nil for the first.
  ///   - limit: 1 … 100.
  /// - Throws: `notFound`; `permissionDenied` for who is no owner.
  package func runs(
    ofAutomation automationID: Int64, status: AutomationRun.Status? = nil, before id: Int64? = nil,
    limit: Int = 25,
    by agent: AgentIdentity
  ) async throws(ParleyError) -> AutomationRunPage {
    try agent.requireOwner()
    let limit = min(max(limit, 1), 100)
    return try await read { snapshot in
      guard try AutomationRecords.automation(automationID, in: snapshot) != nil else {
        throw ParleyError.notFound
      }
      let found = try RunViewRecords.page(
        of: automationID, status: status, before: id ?? .max, limit: limit + 1,
        visibleIn: PipelineAccess.list(visibleTo: agent, in: snapshot), in: snapshot)
      return AutomationRunPage(found, limit: limit)
    }
  }

  /// A page of the runs that a contact went through, for any agent; deals are named that the agent may see.
  ///
  /// - Throws: `notFound`.
  package func runs(
    ofContact contactID: Int64, before id: Int64? = nil, limit: Int = 25, by agent: AgentIdentity
  ) async throws(ParleyError) -> AutomationRunPage {
    try agent.requireAgent()
    let limit = min(max(limit, 1), 100)
    return try await read { snapshot in
      guard try ContactRecords.contact(contactID, in: snapshot) != nil else { throw ParleyError.notFound }
      let found = try RunViewRecords.page(
        ofContact: contactID, before: id ?? .max, limit: limit + 1,
        visibleIn: PipelineAccess.list(visibleTo: agent, in: snapshot), in: snapshot)
      return AutomationRunPage(found, limit: limit)
    }
  }

  /// A run, step by step.
  ///
  /// - Throws: `notFound`; `permissionDenied` for who is no owner.
  package func run(_ id: Int64, by agent: AgentIdentity) async throws(ParleyError) -> AutomationRunView {
    try agent.requireOwner()
    return try await read { snapshot in
      AutomationRunView(
        run: try Self.view(id, by: agent, in: snapshot), steps: try RunViewRecords.steps(of: id, in: snapshot)
      )
    }
  }

  /// Ends a run where it is. One that has ended stays as it is.
  ///
  /// - Throws: `notFound`; `permissionDenied`.
  package func stopRun(_ id: Int64, by agent: AgentIdentity) async throws(ParleyError) -> AutomationRun {
    try agent.requireOwner()
    return try await write { transaction, changes in
      guard let run = try RunRecords.run(id, in: transaction.snapshot) else { throw ParleyError.notFound }
      if run.status == .active {
        try RunRecords.end(run, .stopped, at: changes.now, in: transaction)
        try changes.recordAutomations([run.automationID], in: transaction)
      }
      return try Self.view(id, by: agent, in: transaction.snapshot)
    }
  }

  /// Has a failed run go on with the step that failed.
  ///
  /// - Throws: `notFound`; `runNotFailed`; `permissionDenied`.
  package func retryRun(_ id: Int64, by agent: AgentIdentity) async throws(ParleyError) -> AutomationRun {
    try agent.requireOwner()
    return try await write { [wake] transaction, changes in
      guard let run = try RunRecords.run(id, in: transaction.snapshot) else { throw ParleyError.notFound }
      guard run.status == .failed else { throw ParleyError.runNotFailed }
      try RunRecords.resume(id, at: changes.now, in: transaction)
      try changes.recordAutomations([run.automationID], in: transaction)
      transaction.afterCommit { wake.signal() }
      return try Self.view(id, by: agent, in: transaction.snapshot)
    }
  }

  /// Tells the pages of the automations whose runs have just been moved on.
  func tell(of runs: [Int64]) async throws(ParleyError) {
    try await write { transaction, changes in
      let ids = try RunRecords.automations(of: runs, in: transaction.snapshot)
      try changes.recordAutomations(ids, in: transaction)
    }
  }

  private static func view(
    _ id: Int64, by agent: AgentIdentity, in snapshot: borrowing Snapshot
  ) throws -> AutomationRun {
    let visible = try PipelineAccess.list(visibleTo: agent, in: snapshot)
    guard let run = try RunViewRecords.view(id, visible, in: snapshot) else { throw ParleyError.notFound }
    return run
  }
}

extension AutomationRunPage {
  /// - Parameter found: one more than the page shows, if there are more.
  fileprivate init(_ found: [AutomationRun], limit: Int) {
    let shown = Array(found.prefix(limit))
    self.init(runs: shown, next: found.count > limit ? shown.last?.id : nil)
  }
}
