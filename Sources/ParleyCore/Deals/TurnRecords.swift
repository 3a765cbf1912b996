import SQLite

/// The turns that agents have had in the pipelines.
enum TurnRecords {
  struct Turn {
    let agentID: Int64
    /// Counts the pipeline's turns; 0 before the first.
    var lastTurn: Int64
    /// What came to the agent in turn, in the pipeline's currency.
    var sum: MoneySum
  }

  /// One for each agent of the team.
  static func turns(in pipelineID: Int64, _ snapshot: borrowing Snapshot) throws -> [Turn] {
    try snapshot.rows(
      """
      SELECT agents.id, ifnull(last_turn, 0), ifnull(billions, 0), ifnull(rest, 0)
        FROM agents LEFT JOIN pipeline_turns ON agent_id = agents.id AND pipeline_id = ?
      """, pipelineID
    ) { row in
      Turn(
        agentID: row.int64(0), lastTurn: row.int64(1),
        sum: MoneySum(billions: row.int64(2), rest: row.int64(3)))
    }
  }

  static func save(_ turn: Turn, in pipelineID: Int64, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO pipeline_turns (pipeline_id, agent_id, last_turn, billions, rest) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET last_turn = excluded.last_turn, billions = excluded.billions,
          rest = excluded.rest
      """, pipelineID, turn.agentID, turn.lastTurn, turn.sum.billions, turn.sum.rest)
  }
}
