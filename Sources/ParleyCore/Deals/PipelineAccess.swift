import SQLite

/// Who may see a pipeline and its deals. Every use case that reads or writes a deal asks here, and nowhere else.
enum PipelineAccess {
  /// Every agent of the workspace may see every pipeline.
  static func agent(
    _ agentID: Int64, maySee pipelineID: Int64, in snapshot: borrowing Snapshot
  ) throws -> Bool {
    try AgentRecords.exists(agentID, in: snapshot)
  }

  /// The pipelines that an agent may see, in their order.
  static func pipelines(visibleTo agentID: Int64, in snapshot: borrowing Snapshot) throws -> [Pipeline] {
    var visible: [Pipeline] = []
    for pipeline in try PipelineRecords.pipelines(in: snapshot)
    where try Self.agent(agentID, maySee: pipeline.id, in: snapshot) {
      visible.append(pipeline)
    }
    return visible
  }
}
