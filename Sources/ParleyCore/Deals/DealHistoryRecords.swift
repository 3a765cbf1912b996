import SQLite

/// What changed of the deals: only ever added to.
enum DealHistoryRecords {
  /// - Parameters: from and to as JSON of the field's value.
  static func insert(
    _ field: DealField, from: String?, to: String?, of dealID: Int64, by agent: AgentIdentity, at now: Int64,
    in transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO deal_changes (deal_id, actor, agent_id, automation_id, field, from_value, to_value, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """, dealID, agent.automationID == nil ? "agent" : "automation", agent.id, agent.automationID, field,
      from, to,
      now)
  }

  /// Newest first.
  static func page(
    of dealID: Int64, before id: Int64, limit: Int, in snapshot: borrowing Snapshot
  ) throws -> [DealHistoryEntry] {
    try snapshot.rows(
      """
      SELECT deal_changes.id, deal_changes.field, deal_changes.from_value, deal_changes.to_value,
          deal_changes.agent_id, agents.name, deal_changes.created_at, deal_changes.automation_id, automations.name
        FROM deal_changes LEFT JOIN agents ON agents.id = deal_changes.agent_id
          LEFT JOIN automations ON automations.id = deal_changes.automation_id
        WHERE deal_changes.deal_id = ? AND deal_changes.id < ? ORDER BY deal_changes.id DESC LIMIT ?
      """, dealID, id, limit
    ) { row in
      guard let field = DealField(rawValue: row.text(1)) else {
        throw ParleyError.defect(reason: "deal_changes.field")
      }
      return DealHistoryEntry(
        id: row.int64(0), field: field, from: row.optionalText(2), to: row.optionalText(3),
        agent: row.optionalInt64(4).map { AgentReference(id: $0, name: row.text(5)) },
        automation: row.optionalInt64(7).map { AutomationReference(id: $0, name: row.text(8)) },
        createdAt: row.int64(6))
    }
  }
}

extension DealField: Bindable {}
