import SQLite

/// Who may do what in which pipeline, by the schema's `agent_rights`, in which the rule stands.
enum RightRecords {
  static func rights(
    of agentID: Int64, in pipelineID: Int64, _ snapshot: borrowing Snapshot
  ) throws -> PipelineRights {
    try snapshot.first(
      "\(selection) WHERE agent_id = ? AND pipeline_id = ? GROUP BY agent_id, pipeline_id", agentID,
      pipelineID
    ) { rights(from: $0) } ?? []
  }

  /// By pipeline: those that the agent may see.
  static func rights(of agentID: Int64, in snapshot: borrowing Snapshot) throws -> [Int64: PipelineRights] {
    let rows = try snapshot.rows("\(selection) WHERE agent_id = ? GROUP BY agent_id, pipeline_id", agentID) {
      ($0.int64(1), rights(from: $0))
    }
    return Dictionary(uniqueKeysWithValues: rows)
  }

  /// By agent and pipeline.
  static func all(in snapshot: borrowing Snapshot) throws -> [Int64: [Int64: PipelineRights]] {
    var all: [Int64: [Int64: PipelineRights]] = [:]
    let rows = try snapshot.rows("\(selection) GROUP BY agent_id, pipeline_id") {
      ($0.int64(0), $0.int64(1), rights(from: $0))
    }
    for (agentID, pipelineID, rights) in rows { all[agentID, default: [:]][pipelineID] = rights }
    return all
  }

  /// The agents who may see each pipeline.
  static func watchers(in snapshot: borrowing Snapshot) throws -> [Int64: Set<Int64>] {
    var watchers: [Int64: Set<Int64>] = [:]
    let rows = try snapshot.rows("SELECT DISTINCT pipeline_id, agent_id FROM agent_rights") {
      ($0.int64(0), $0.int64(1))
    }
    for (pipelineID, agentID) in rows { watchers[pipelineID, default: []].insert(agentID) }
    return watchers
  }

  static func watchers(of pipelineID: Int64, in snapshot: borrowing Snapshot) throws -> [Int64] {
    try snapshot.rows(
      "SELECT DISTINCT agent_id FROM agent_rights WHERE pipeline_id = ? ORDER BY agent_id", pipelineID
    ) { $0.int64(0) }
  }

  /// Changes whenever who may do what changes.
  static func version(in snapshot: borrowing Snapshot) throws -> Int64 {
    try snapshot.first("SELECT number FROM access_version") { $0.int64(0) } ?? 0
  }

  private static let selection = """
    SELECT agent_id, pipeline_id, max(may_add), max(may_edit), max(may_delete), max(may_reassign) FROM agent_rights
    """

  /// From a row's third column on: adding, editing, deleting, reassigning. That there is one means seeing.
  static func rights(from row: borrowing Row) -> PipelineRights {
    var rights = PipelineRights.see
    if row.int64(2) == 1 { rights.insert(.add) }
    if row.int64(3) == 1 { rights.insert(.edit) }
    if row.int64(4) == 1 { rights.insert(.delete) }
    if row.int64(5) == 1 { rights.insert(.reassign) }
    return rights
  }
}
