import SQLite

/// The notifications' rows.
enum NotificationRecords {
  private static let countLimit = 1000

  static func insert(
    _ text: String, about context: RunContext, for agentID: Int64, by automationID: Int64?, at now: Int64,
    in transaction: borrowing Transaction
  ) throws -> Int64 {
    try transaction.insert(
      """
      INSERT INTO notifications (agent_id, text, deal_id, contact_id, conversation_id, automation_id, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)
      """, agentID, text, context.dealID, context.contactID, context.conversationID, automationID, now)
  }

  static func notification(_ id: Int64, in snapshot: borrowing Snapshot) throws -> Notification? {
    try snapshot.first("\(selection) WHERE notifications.id = ?", id, map: notification(from:))
  }

  /// Newest first; without those about deals that the agent may no longer see.
  static func page(
    of agent: AgentIdentity, before id: Int64, limit: Int, in snapshot: borrowing Snapshot
  ) throws -> [Notification] {
    try snapshot.rows(
      """
      \(selection) LEFT JOIN deals ON deals.id = notifications.deal_id
        WHERE notifications.agent_id = ? AND notifications.id < ?
          AND (deals.id IS NULL OR deals.pipeline_id IN (SELECT value FROM json_each(?)))
        ORDER BY notifications.id DESC LIMIT ?
      """, agent.id, id, try JSON.text(PipelineAccess.ids(visibleTo: agent, in: snapshot)), limit,
      map: notification(from:))
  }

  /// Of those in `page`.
  static func unread(of agent: AgentIdentity, in snapshot: borrowing Snapshot) throws -> Int {
    try snapshot.first(
      """
      SELECT count(*) FROM (
        SELECT 1 FROM notifications LEFT JOIN deals ON deals.id = notifications.deal_id
          WHERE agent_id = ? AND read_at IS NULL
            AND (deals.id IS NULL OR deals.pipeline_id IN (SELECT value FROM json_each(?))) LIMIT ?)
      """, agent.id, try JSON.text(PipelineAccess.ids(visibleTo: agent, in: snapshot)), countLimit
    ) { $0.int(0) } ?? 0
  }

  /// Answers whether any was unread.
  static func markRead(
    upTo id: Int64, of agentID: Int64, at now: Int64, in transaction: borrowing Transaction
  ) throws -> Bool {
    try transaction.execute(
      "UPDATE notifications SET read_at = ? WHERE agent_id = ? AND id <= ? AND read_at IS NULL", now, agentID,
      id) > 0
  }

  private static let selection = """
    SELECT notifications.id, notifications.text, notifications.deal_id, notifications.contact_id,
      notifications.conversation_id, notifications.automation_id, automations.name, notifications.created_at,
      notifications.read_at
    FROM notifications LEFT JOIN automations ON automations.id = notifications.automation_id
    """

  /// What one wants to see first: the deal, else the conversation, else the contact.
  private static func notification(from row: borrowing Row) -> Notification {
    let link =
      row.optionalInt64(2).map { Notification.Link(kind: .deal, id: $0) }
      ?? row.optionalInt64(4).map { Notification.Link(kind: .conversation, id: $0) }
      ?? row.optionalInt64(3).map { Notification.Link(kind: .contact, id: $0) }
    return Notification(
      id: row.int64(0), text: row.text(1), link: link,
      automation: row.optionalInt64(5).map { AutomationReference(id: $0, name: row.text(6)) },
      createdAt: row.int64(7), readAt: row.optionalInt64(8))
  }
}
