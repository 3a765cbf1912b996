import SQLite

/// What automations wait for that is a matter of time: answers that do not come, and days.
enum AutomationTimerRecords {
  struct Timer: Sendable {
    let automationID: Int64
    let triggerID: String
    let conversationID: Int64
    /// Of the visitor's first message that nobody has answered.
    let number: Int64
  }

  /// One that runs already goes on: the first message waits the longest.
  static func start(
    _ timer: Timer, dueAt: Int64, in transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO automation_timers (automation_id, trigger_id, conversation_id, number, due_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
      """, timer.automationID, timer.triggerID, timer.conversationID, timer.number, dueAt)
  }

  static func due(at now: Int64, limit: Int, in snapshot: borrowing Snapshot) throws -> [Timer] {
    try snapshot.rows(
      """
      SELECT automation_id, trigger_id, conversation_id, number FROM automation_timers WHERE due_at <= ?
        ORDER BY due_at LIMIT ?
      """, now, limit
    ) { row in
      Timer(
        automationID: row.int64(0), triggerID: row.text(1), conversationID: row.int64(2), number: row.int64(3)
      )
    }
  }

  static func nextDue(in snapshot: borrowing Snapshot) throws -> Int64? {
    try snapshot.first("SELECT due_at FROM automation_timers ORDER BY due_at LIMIT 1") { $0.int64(0) }
  }

  static func remove(_ timer: Timer, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      "DELETE FROM automation_timers WHERE automation_id = ? AND trigger_id = ? AND conversation_id = ?",
      timer.automationID, timer.triggerID, timer.conversationID)
  }

  /// The first of a visitor's texts behind the last one by an agent, and when it was written; nil where nobody waits.
  static func unanswered(
    in conversationID: Int64, _ snapshot: borrowing Snapshot
  ) throws -> (number: Int64, at: Int64)? {
    try snapshot.first(
      """
      SELECT number, created_at FROM messages WHERE conversation_id = ?1 AND kind = 'text' AND author = 'visitor'
          AND number > ifnull((SELECT number FROM messages WHERE conversation_id = ?1 AND kind = 'text'
            AND author = 'agent' ORDER BY number DESC LIMIT 1), 0)
        ORDER BY number LIMIT 1
      """, conversationID
    ) { ($0.int64(0), $0.int64(1)) }
  }

  // MARK: - Days

  /// How far a trigger has been through: wholly through the day, and into the next one up to the deal. Nil for one that has yet
  /// to begin.
  static func progress(
    of automationID: Int64, _ triggerID: String, in snapshot: borrowing Snapshot
  ) throws -> (through: CalendarDate, dealID: Int64)? {
    try snapshot.first(
      "SELECT through_on, deal_id FROM automation_days WHERE automation_id = ? AND trigger_id = ?",
      automationID,
      triggerID
    ) { row in CalendarDate(row.text(0)).map { ($0, row.int64(1)) } } ?? nil
  }

  static func setProgress(
    of automationID: Int64, _ triggerID: String, through day: CalendarDate, dealID: Int64 = 0,
    in transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO automation_days (automation_id, trigger_id, through_on, deal_id) VALUES (?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET through_on = excluded.through_on, deal_id = excluded.deal_id
      """, automationID, triggerID, day.description, dealID)
  }

  /// Open deals with a close date, by id.
  static func deals(
    closingOn day: CalendarDate, after dealID: Int64, limit: Int, in snapshot: borrowing Snapshot
  ) throws -> [Int64] {
    try snapshot.rows(
      "SELECT id FROM deals WHERE forecasted_close_on = ? AND status = 'open' AND id > ? ORDER BY id LIMIT ?",
      day.description, dealID, limit
    ) { $0.int64(0) }
  }

  /// Answers whether it is the deal's first time for that date.
  static func note(
    _ dealID: Int64, closingOn day: CalendarDate, for automationID: Int64, _ triggerID: String,
    in transaction: borrowing Transaction
  ) throws -> Bool {
    try transaction.execute(
      """
      INSERT INTO automation_dates (automation_id, trigger_id, deal_id, close_on) VALUES (?, ?, ?, ?)
        ON CONFLICT DO NOTHING
      """, automationID, triggerID, dealID, day.description) == 1
  }
}
