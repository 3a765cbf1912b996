import SQLite

/// The groups of agents, who is in them, and what they may do in the pipelines.
enum GroupRecords {
  /// Everyone may everything in a pipeline.
  static func openToEveryone(_ pipelineID: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO pipeline_rights (group_id, pipeline_id, may_add, may_edit, may_delete, may_reassign)
        SELECT id, ?, 1, 1, 1, 1 FROM agent_groups WHERE is_everyone = 1
      """, pipelineID)
  }
}
