import Foundation
import SQLite

/// The groups of agents, who is in them, and what they may do in the pipelines.
enum GroupRecords {
  /// Everyone first, then by name.
  static func groups(in snapshot: borrowing Snapshot) throws -> [AgentGroup] {
    let members = Dictionary(
      grouping: try snapshot.rows("SELECT group_id, agent_id FROM agent_group_members") {
        ($0.int64(0), $0.int64(1))
      }, by: \.0)
    let grants = Dictionary(
      grouping: try snapshot.rows(
        """
        SELECT group_id, pipeline_id, may_add, may_edit, may_delete, may_reassign FROM pipeline_rights
          ORDER BY pipeline_id
        """
      ) { ($0.int64(0), AgentGroup.Grant(pipelineID: $0.int64(1), rights: RightRecords.rights(from: $0))) },
      by: \.0)
    return try snapshot.rows(
      "SELECT id, name, is_everyone FROM agent_groups ORDER BY is_everyone DESC, name_key"
    ) { row in
      let id = row.int64(0)
      return AgentGroup(
        id: id, name: row.text(1), isEveryone: row.int64(2) == 1,
        members: (members[id] ?? []).map(\.1), grants: (grants[id] ?? []).map(\.1))
    }
  }

  static func group(_ id: Int64, in snapshot: borrowing Snapshot) throws -> AgentGroup? {
    try groups(in: snapshot).first { $0.id == id }
  }

  static func insert(_ name: String, at now: Int64, in transaction: borrowing Transaction) throws -> Int64 {
    try transaction.insert(
      "INSERT INTO agent_groups (name, name_key, created_at) VALUES (?, ?, ?)", name, key(of: name), now)
  }

  static func rename(_ id: Int64, _ name: String, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      "UPDATE agent_groups SET name = ?, name_key = ? WHERE id = ?", name, key(of: name), id)
  }

  /// Its members and its rights go with it.
  static func delete(_ id: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute("DELETE FROM agent_groups WHERE id = ?", id)
  }

  static func setMembers(
    of id: Int64, _ agents: Set<Int64>, in transaction: borrowing Transaction
  ) throws {
    try transaction.execute("DELETE FROM agent_group_members WHERE group_id = ?", id)
    for agentID in agents.sorted() { try insert(agentID, into: id, in: transaction) }
  }

  static func setGroups(
    ofAgent agentID: Int64, _ groups: Set<Int64>, in transaction: borrowing Transaction
  ) throws {
    try transaction.execute("DELETE FROM agent_group_members WHERE agent_id = ?", agentID)
    for id in groups.sorted() { try insert(agentID, into: id, in: transaction) }
  }

  private static func insert(
    _ agentID: Int64, into id: Int64, in transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      "INSERT INTO agent_group_members (group_id, agent_id) VALUES (?, ?)", id, agentID)
  }

  /// What a group may do in a pipeline; nothing at all closes the pipeline to it.
  static func setRights(
    _ rights: PipelineRights, of id: Int64, in pipelineID: Int64, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      "DELETE FROM pipeline_rights WHERE group_id = ? AND pipeline_id = ?", id, pipelineID)
    guard !rights.isEmpty else { return }
    try transaction.execute(
      """
      INSERT INTO pipeline_rights (group_id, pipeline_id, may_add, may_edit, may_delete, may_reassign)
        VALUES (?, ?, ?, ?, ?, ?)
      """, id, pipelineID, rights.contains(.add), rights.contains(.edit), rights.contains(.delete),
      rights.contains(.reassign))
  }

  /// Everyone may everything in a pipeline.
  static func openToEveryone(_ pipelineID: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO pipeline_rights (group_id, pipeline_id, may_add, may_edit, may_delete, may_reassign)
        SELECT id, ?, 1, 1, 1, 1 FROM agent_groups WHERE is_everyone = 1
      """, pipelineID)
  }

  /// Two names are the same if they differ in case, or in how their letters are composed.
  static func key(of name: String) -> String {
    name.precomposedStringWithCompatibilityMapping.lowercased()
  }
}
