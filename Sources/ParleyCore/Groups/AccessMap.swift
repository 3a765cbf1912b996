import SQLite

/// What every agent may do, as of a moment of a transaction.
struct AccessMap: Equatable {
  private struct Access: Equatable {
    var role: Agent.Role
    var rights: [Int64: PipelineRights]
  }

  private let agents: [Int64: Access]

  init(in snapshot: borrowing Snapshot) throws {
    let rights = try RightRecords.all(in: snapshot)
    var agents: [Int64: Access] = [:]
    for (id, role) in try AgentRecords.roles(in: snapshot) {
      agents[id] = Access(role: role, rights: rights[id] ?? [:])
    }
    self.agents = agents
  }

  /// For whom it is another now.
  fileprivate func agents(differingFrom other: AccessMap) -> [Int64] {
    Set(agents.keys).union(other.agents.keys).filter { agents[$0] != other.agents[$0] }.sorted()
  }
}

extension Changes {
  /// Tells those whose rights have changed to load everything anew, and the others that who sees which pipeline has.
  func recordAccess(since before: AccessMap, in transaction: borrowing Transaction) throws {
    let affected = try AccessMap(in: transaction.snapshot).agents(differingFrom: before)
    guard !affected.isEmpty else { return }
    for id in affected { try record(.accessChanged, for: .agent(id), in: transaction) }
    try record(.pipelinesChanged, for: .agents, in: transaction)
  }

  /// Tells of changed groups: the owners, whose pages show them, and those whose rights have changed for it.
  func recordGroups(since before: AccessMap, in transaction: borrowing Transaction) throws {
    for (id, role) in try AgentRecords.roles(in: transaction.snapshot) where role == .owner {
      try record(.groupsChanged, for: .agent(id), in: transaction)
    }
    try recordAccess(since: before, in: transaction)
  }

  /// Tells those who saw a deal where it was, and do not see where it is now, that it is gone.
  func recordDeparture(of before: Deal, to pipelineID: Int64, in transaction: borrowing Transaction) throws {
    guard before.pipeline.id != pipelineID else { return }
    let removal = EventBody.dealRemoved(
      dealID: before.id, pipelineID: before.pipeline.id, stageID: before.stage.id)
    let left = try watchers(of: before.pipeline.id, in: transaction)
      .subtracting(watchers(of: pipelineID, in: transaction))
    for id in left.sorted() { try record(removal, for: .agent(id), in: transaction) }
  }
}
