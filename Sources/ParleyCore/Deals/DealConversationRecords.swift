import SQLite

/// Which conversations belong to which deals: the one that a deal came from, and those that were added to it.
enum DealConversationRecords {
  /// False when it was added already.
  static func link(
    _ conversationID: Int64, to dealID: Int64, by agentID: Int64, at now: Int64,
    in transaction: borrowing Transaction
  ) throws -> Bool {
    try transaction.execute(
      """
      INSERT INTO deal_conversations (deal_id, conversation_id, agent_id, created_at) VALUES (?, ?, ?, ?)
        ON CONFLICT DO NOTHING
      """, dealID, conversationID, agentID, now) > 0
  }

  /// False when it was not there.
  static func unlink(
    _ conversationID: Int64, from dealID: Int64, in transaction: borrowing Transaction
  ) throws -> Bool {
    try transaction.execute(
      "DELETE FROM deal_conversations WHERE deal_id = ? AND conversation_id = ?", dealID, conversationID) > 0
  }

  /// The conversations that were added to these deals, in the order in which they were.
  ///
  /// - Parameter list: JSON of the deals' ids.
  static func links(ofDeals list: String, in snapshot: borrowing Snapshot) throws -> [Int64: [Int64]] {
    let rows = try snapshot.rows(
      """
      SELECT deal_id, conversation_id FROM deal_conversations
        WHERE deal_id IN (SELECT value FROM json_each(?)) ORDER BY deal_id, created_at, conversation_id
      """, list
    ) { ($0.int64(0), $0.int64(1)) }
    return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
  }

  /// The open deals of a conversation, and which of them are rotting. Asked for each message: without a table of its own to find what is
  /// there twice.
  static func openDeals(
    of conversationID: Int64, now: Int64, in snapshot: borrowing Snapshot
  ) throws -> [(id: Int64, isRotting: Bool)] {
    try snapshot.rows(
      """
      SELECT deals.id, deals.last_activity_at, stages.rotting_days FROM (
          SELECT id FROM deals WHERE conversation_id = ?1
            UNION ALL SELECT links.deal_id FROM deal_conversations links WHERE links.conversation_id = ?1
              AND NOT EXISTS (SELECT 1 FROM deals d WHERE d.id = links.deal_id AND d.conversation_id = ?1)) AS chosen
        CROSS JOIN deals ON deals.id = chosen.id JOIN stages ON stages.id = deals.stage_id
        WHERE deals.status = 'open'
      """, conversationID
    ) { row in
      let isRotting = Stage.isRotting(
        after: row.optionalInt64(2).map { Int($0) }, .open, lastActivityAt: row.int64(1), now: now)
      return (row.int64(0), isRotting)
    }
  }
}
