import SQLite

/// Moves all deals of a stage that goes, in a few statements however many they are.
enum RelocationRecords {
  /// They stand behind those that are there, in the order in which they stood. It is no activity of the deals: nobody worked on
  /// them.
  static func move(
    from stage: Stage, of pipeline: Pipeline, to target: StagePlace, by agent: AgentIdentity,
    _ changes: Changes, _ transaction: borrowing Transaction
  ) throws {
    try insertHistory(
      .stage, of: stage, from: StageReference(stage), to: StageReference(target.stage), by: agent, changes,
      transaction)
    if pipeline.id != target.pipeline.id {
      let from = PipelineReference(id: pipeline.id, name: pipeline.name)
      let to = PipelineReference(id: target.pipeline.id, name: target.pipeline.name)
      try insertHistory(.pipeline, of: stage, from: from, to: to, by: agent, changes, transaction)
    }
    let last = try RankRecords.last(of: target.stage.id, in: transaction.snapshot)
    try transaction.execute(
      """
      UPDATE deals SET stage_id = ?1, pipeline_id = ?2, stage_entered_at = ?3,
          rank = printf('%016x', ?4 + moved.place)
        FROM (SELECT id, row_number() OVER (ORDER BY rank, id) AS place FROM deals WHERE stage_id = ?5) AS moved
        WHERE deals.id = moved.id
      """, target.stage.id, target.pipeline.id, changes.now, last, stage.id)
    for status in Deal.Status.allCases {
      changes.touch(ColumnKey(pipelineID: target.pipeline.id, stageID: target.stage.id, status: status))
    }
  }

  private static func insertHistory(
    _ field: DealField, of stage: Stage, from: some Encodable, to: some Encodable, by agent: AgentIdentity,
    _ changes: Changes, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO deal_changes (deal_id, agent_id, field, from_value, to_value, created_at)
        SELECT id, nullif(?, 0), ?, ?, ?, ? FROM deals WHERE stage_id = ?
      """, agent.id, field, try JSON.text(from), try JSON.text(to), changes.now, stage.id)
  }
}
