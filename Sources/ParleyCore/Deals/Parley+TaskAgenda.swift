import SQLite

extension Parley {
  /// So many of a group are counted.
  private static let counted = 100

  /// Tasks by how near they are, over all that the agent may see.
  ///
  /// - Parameters:
  ///   - assigneeID: whose; nil for everyone's.
  ///   - group: the only one that is asked for; nil for all, each from its beginning.
  ///   - cursor: the `next` of the group's page before; nil for the first.
  ///   - limit: 1 … 200 of each group.
  /// - Throws: `invalid` when the cursor is none of ours.
  package func tasks(
    assignedTo assigneeID: Int64?, in group: TaskGroup? = nil, after cursor: String? = nil, limit: Int = 20,
    by agent: AgentIdentity
  ) async throws(ParleyError) -> TaskAgenda {
    try agent.requireAgent()
    let limit = min(max(limit, 1), 200)
    let start = group == nil ? nil : cursor.flatMap { TaskCursor($0) }
    guard cursor == nil || start != nil else {
      throw .invalid(Invalid(fields: ["before": "field.invalid"]))
    }
    let now = now()
    return try await read { snapshot in
      let records = try Self.agenda(of: agent, at: now, in: snapshot)
      var agenda = TaskAgenda(groups: [])
      for group in group.map({ [$0] }) ?? TaskGroup.allCases {
        let found = try records.tasks(
          of: group, assignedTo: assigneeID, after: start, limit: max(limit, Self.counted) + 1, in: snapshot)
        let shown = found.tasks.prefix(limit)
        agenda.groups.append(
          TaskAgenda.Section(
            group: group,
            tasks: try TaskRecords.tasks(shown.map(\.id), at: records.time, in: snapshot),
            next: (found.tasks.count > limit ? shown.last : found.end)?.text,
            count: min(found.tasks.count, Self.counted),
            isExact: found.tasks.count <= Self.counted && found.end == nil))
      }
      return agenda
    }
  }

  /// What is overdue of the agent's own.
  package func overdueTasks(by agent: AgentIdentity) async throws(ParleyError) -> OverdueTasks {
    try agent.requireAgent()
    let now = now()
    return try await read { snapshot in
      let records = try Self.agenda(of: agent, at: now, in: snapshot)
      let found = try records.tasks(
        of: .overdue, assignedTo: agent.id, after: nil, limit: Self.counted + 1, in: snapshot)
      let tomorrow = records.time.today.adding(days: 1)?.start(in: records.time.timeZone) ?? .max
      // A task is overdue once its moment has passed.
      let due = try records.nextDue(of: agent.id, in: snapshot).map { $0 + 1 } ?? .max
      return OverdueTasks(
        count: min(found.tasks.count, Self.counted),
        isExact: found.tasks.count <= Self.counted && found.end == nil, changesAt: min(tomorrow, due))
    }
  }

  /// The kinds of one's own that tasks were given lately, at most 20, to be offered again.
  package func taskKinds(by agent: AgentIdentity) async throws(ParleyError) -> [String] {
    try agent.requireAgent()
    let now = now()
    return try await read { snapshot in
      try Self.agenda(of: agent, at: now, in: snapshot).ownKinds(limit: 20, in: snapshot)
    }
  }

  private static func agenda(
    of agent: AgentIdentity, at now: Int64, in snapshot: borrowing Snapshot
  ) throws -> TaskAgendaRecords {
    TaskAgendaRecords(
      time: try WorkspaceTime(now: now, in: snapshot),
      visible: Set(try PipelineAccess.ids(visibleTo: agent, in: snapshot)))
  }
}
