import SQLite

/// Who may do what with a pipeline and its deals. Every use case that reads or writes a deal asks here, and nowhere else.
///
/// An owner may everything. Whoever else asks may what their groups may: see *Groups and permissions* in the decisions.
enum PipelineAccess {
  /// - Throws: `notFound` for who may not see the pipeline, as for one that there is not; `permissionDenied` for who sees it and
  ///   may not do this.
  static func require(
    _ right: PipelineRights, _ pipelineID: Int64, by agent: AgentIdentity, in snapshot: borrowing Snapshot
  ) throws {
    let held = try rights(of: agent, in: pipelineID, snapshot)
    guard held.contains(.see) else { throw ParleyError.notFound }
    guard held.contains(right) else { throw ParleyError.permissionDenied }
  }

  /// Empty for who may not see the pipeline, and where there is none.
  static func rights(
    of agent: AgentIdentity, in pipelineID: Int64, _ snapshot: borrowing Snapshot
  ) throws -> PipelineRights {
    guard agent.role != .owner else {
      return try PipelineRecords.exists(pipelineID, in: snapshot) ? .all : []
    }
    return try RightRecords.rights(of: agent.id, in: pipelineID, snapshot)
  }

  /// Whether someone of the team, not necessarily who asks, may see a pipeline: only such may own its deals and do their
  /// tasks.
  static func agent(
    _ agentID: Int64, maySee pipelineID: Int64, in snapshot: borrowing Snapshot
  ) throws -> Bool {
    try RightRecords.rights(of: agentID, in: pipelineID, snapshot).contains(.see)
  }

  /// The pipelines that an agent may see, in their order, with what they may do in each and who else sees it.
  static func pipelines(
    visibleTo agent: AgentIdentity, in snapshot: borrowing Snapshot
  ) throws -> [Pipeline] {
    let rights = agent.role == .owner ? nil : try RightRecords.rights(of: agent.id, in: snapshot)
    let watchers = try RightRecords.watchers(in: snapshot)
    return try PipelineRecords.pipelines(in: snapshot).compactMap { pipeline in
      guard let held = rights.map({ $0[pipeline.id] }) ?? .all else { return nil }
      var pipeline = pipeline
      pipeline.rights = held
      pipeline.watchers = watchers[pipeline.id, default: []].sorted()
      return pipeline
    }
  }

  /// One of these; nil also where there is none.
  static func pipeline(
    _ id: Int64, visibleTo agent: AgentIdentity, in snapshot: borrowing Snapshot
  ) throws -> Pipeline? {
    guard var pipeline = try PipelineRecords.pipeline(id, in: snapshot) else { return nil }
    pipeline.rights = try rights(of: agent, in: id, snapshot)
    pipeline.watchers = try RightRecords.watchers(of: id, in: snapshot)
    return pipeline.rights.contains(.see) ? pipeline : nil
  }

  /// The ids of the pipelines that an agent may see, as a JSON array: for statements that show deals of several pipelines.
  static func list(visibleTo agent: AgentIdentity, in snapshot: borrowing Snapshot) throws -> String {
    try JSON.text(try ids(visibleTo: agent, in: snapshot).sorted())
  }

  /// The same as they are.
  static func ids(visibleTo agent: AgentIdentity, in snapshot: borrowing Snapshot) throws -> [Int64] {
    agent.role == .owner
      ? try PipelineRecords.ids(in: snapshot)
      : Array(try RightRecords.rights(of: agent.id, in: snapshot).keys)
  }
}
