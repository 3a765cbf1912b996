import SQLite

/// What an agent's page shows first. Its keys are the interface's.
package struct AgentOpening: Sendable, Hashable, Codable {
  package var agent: Agent
  package var preferences: Preferences
  package var workspace: Workspace
  package var agents: [Agent]
  package var pipelines: [Pipeline]
  package var fields: [CustomField]
  package var counts: [CountRow]
  /// All this is as of this event: follow from here.
  package var sequence: Int64
}

extension Parley {
  /// All that a page needs before its first list, as of one moment.
  package func opening(for agent: AgentIdentity) async throws(ParleyError) -> AgentOpening {
    try await read { [presence] snapshot in
      guard let own = try AgentRecords.agent(agent.id, presence, in: snapshot),
        let preferences = try AgentRecords.preferences(of: agent.id, in: snapshot),
        let workspace = try WorkspaceRecords.workspace(in: snapshot)
      else { throw ParleyError.sessionRequired }
      return AgentOpening(
        agent: own, preferences: preferences, workspace: workspace,
        agents: try AgentRecords.agents(presence, in: snapshot),
        pipelines: try PipelineAccess.pipelines(visibleTo: agent, in: snapshot),
        fields: try FieldRecords.fields(in: snapshot),
        counts: try ConversationRecords.counts(in: snapshot),
        sequence: try EventRecords.lastSequence(in: snapshot))
    }
  }

  package func agents(by agent: AgentIdentity) async throws(ParleyError) -> [Agent] {
    try await read { [presence] in try AgentRecords.agents(presence, in: $0) }
  }

  /// Adds someone to the team. Owners only.
  ///
  /// - Throws: `permissionDenied`; `agentTaken`; `invalid` with `agent.invalid`.
  package func addAgent(_ draft: AgentDraft, by agent: AgentIdentity) async throws(ParleyError) -> Agent {
    try agent.requireOwner()
    var invalid = Invalid(code: "agent.invalid")
    let checked = draft.checked(&invalid)
    try invalid.check()
    guard let checked else { throw .invalid(invalid) }
    let hash = try await passwords.hash(draft.password)
    return try await write { [presence] transaction, changes in
      let id = try AgentRecords.insert(
        name: checked.name, email: checked.email, role: draft.role, passwordHash: hash, at: changes.now,
        in: transaction)
      // Who sees which pipeline has changed, and with it who may own its deals.
      try changes.record(.pipelinesChanged, for: .agents, in: transaction)
      return try Self.recordAgent(id, presence, in: transaction, changes)
    }
  }

  /// Changes one's own name.
  ///
  /// - Throws: `invalid` with `agent.invalid`.
  package func rename(_ name: String, by agent: AgentIdentity) async throws(ParleyError) -> Agent {
    var invalid = Invalid(code: "agent.invalid")
    let checked = AgentDraft.checkedName(name, &invalid)
    guard let checked else { throw .invalid(invalid) }
    return try await write { [presence] transaction, changes in
      try AgentRecords.rename(agent.id, checked, in: transaction)
      return try Self.recordAgent(agent.id, presence, in: transaction, changes)
    }
  }

  private static func recordAgent(
    _ id: Int64, _ presence: Presence, in transaction: borrowing Transaction, _ changes: Changes
  ) throws -> Agent {
    guard let agent = try AgentRecords.agent(id, presence, in: transaction.snapshot) else {
      throw ParleyError.notFound
    }
    try changes.record(.agentChanged(agent), for: .agents, in: transaction)
    return agent
  }

  /// Changes how one likes the inbox.
  package func updatePreferences(
    _ change: PreferencesChange, by agent: AgentIdentity
  ) async throws(ParleyError) -> Preferences {
    try await write { transaction, _ in
      guard let stored = try AgentRecords.preferences(of: agent.id, in: transaction.snapshot) else {
        throw ParleyError.notFound
      }
      let preferences = stored.applying(change)
      try AgentRecords.setPreferences(preferences, of: agent.id, in: transaction)
      return preferences
    }
  }
}

/// What to change of the workspace; what is nil stays.
package struct WorkspaceChange: Sendable, Hashable, Codable {
  package var name: String?
  package var timeZone: String?
  package var defaultCurrency: String?
  package var weekStartsOn: Workspace.WeekStart?

  package init(
    name: String? = nil, timeZone: String? = nil, defaultCurrency: String? = nil,
    weekStartsOn: Workspace.WeekStart? = nil
  ) {
    self.name = name
    self.timeZone = timeZone
    self.defaultCurrency = defaultCurrency
    self.weekStartsOn = weekStartsOn
  }
}

extension Parley {
  /// Changes the company's settings. Owners only.
  ///
  /// - Throws: `permissionDenied`; `invalid` with `workspace.invalid`.
  package func updateWorkspace(
    _ change: WorkspaceChange, by agent: AgentIdentity
  ) async throws(ParleyError) -> Workspace {
    try agent.requireOwner()
    return try await write { transaction, changes in
      guard var workspace = try WorkspaceRecords.workspace(in: transaction.snapshot) else {
        throw ParleyError.notFound
      }
      workspace.name = change.name ?? workspace.name
      workspace.timeZone = change.timeZone ?? workspace.timeZone
      workspace.defaultCurrency = change.defaultCurrency ?? workspace.defaultCurrency
      workspace.weekStartsOn = change.weekStartsOn ?? workspace.weekStartsOn
      var invalid = Invalid(code: "workspace.invalid")
      workspace = workspace.checked(&invalid)
      try invalid.check()
      try WorkspaceRecords.update(workspace, in: transaction)
      try changes.record(.workspaceChanged(workspace), for: .agents, in: transaction)
      return workspace
    }
  }
}
