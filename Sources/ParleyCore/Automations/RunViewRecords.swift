import SQLite

/// The runs as people look them up.
enum RunViewRecords {
  private static let shownSteps = 200

  static func view(_ id: Int64, _ visible: String, in snapshot: borrowing Snapshot) throws -> AutomationRun? {
    try snapshot.first("\(selection) WHERE runs.id = ?2", visible, id) { try run(from: $0) }
  }

  /// Newest first.
  static func page(
    of automationID: Int64, status: AutomationRun.Status?, before id: Int64, limit: Int,
    visibleIn pipelines: String,
    in snapshot: borrowing Snapshot
  ) throws -> [AutomationRun] {
    let narrowing = status == nil ? "?3 IS NULL" : "runs.status = ?3"
    return try snapshot.rows(
      """
      \(selection) WHERE runs.automation_id = ?2 AND \(narrowing) AND runs.id < ?4 ORDER BY runs.id DESC LIMIT ?5
      """, pipelines, automationID, status, id, limit
    ) { try run(from: $0) }
  }

  static func page(
    ofContact contactID: Int64, before id: Int64, limit: Int, visibleIn pipelines: String,
    in snapshot: borrowing Snapshot
  ) throws -> [AutomationRun] {
    try snapshot.rows(
      "\(selection) WHERE runs.contact_id = ?2 AND runs.id < ?3 ORDER BY runs.id DESC LIMIT ?4", pipelines,
      contactID, id, limit
    ) { try run(from: $0) }
  }

  /// The latest, oldest first.
  static func steps(of runID: Int64, in snapshot: borrowing Snapshot) throws -> [AutomationRunStep] {
    try snapshot.rows(
      """
      SELECT id, step_id, kind, outcome, code, detail, created_at FROM automation_steps WHERE run_id = ?
        ORDER BY id DESC LIMIT ?
      """, runID, shownSteps
    ) { row in
      guard let kind = AutomationStep.Kind(rawValue: row.text(2)),
        let outcome = AutomationRunStep.Outcome(rawValue: row.text(3))
      else { throw ParleyError.defect(reason: "automation_steps.kind") }
      return AutomationRunStep(
        id: row.int64(0), stepID: row.text(1), kind: kind, outcome: outcome, code: row.optionalText(4),
        detail: try row.optionalText(5).map { try JSON.value(AutomationStepDetail.self, from: $0) },
        at: row.int64(6))
    }.reversed()
  }

  /// ?1: the pipelines of which a deal may be named, as a JSON array.
  private static let selection = """
    SELECT runs.id, runs.automation_id, automations.name, runs.status, runs.contact_id, contacts.first_name,
      contacts.last_name, contacts.email, deals.id, deals.title, runs.conversation_id, runs.trigger, runs.step_id,
      runs.wake_at, runs.code, runs.started_at, runs.ended_at
    FROM automation_runs AS runs
      JOIN automations ON automations.id = runs.automation_id
      LEFT JOIN contacts ON contacts.id = runs.contact_id
      LEFT JOIN deals ON deals.id = runs.deal_id
        AND deals.pipeline_id IN (SELECT value FROM json_each(?1))
    """

  private static func run(from row: borrowing Row) throws -> AutomationRun {
    guard let status = AutomationRun.Status(rawValue: row.text(3)),
      let trigger = AutomationTrigger.Kind(rawValue: row.text(11))
    else { throw ParleyError.defect(reason: "automation_runs.status") }
    return AutomationRun(
      id: row.int64(0), automationID: row.int64(1), automationName: row.text(2), status: status,
      contact: row.optionalInt64(4).map {
        AutomationRun.ContactName(
          id: $0, name: Contact.name(first: row.text(5), last: row.text(6), email: row.text(7)))
      },
      deal: row.optionalInt64(8).map { AutomationRun.DealTitle(id: $0, title: row.text(9)) },
      conversationID: row.optionalInt64(10), trigger: trigger, stepID: row.optionalText(12),
      wakeAt: row.optionalInt64(13), code: row.optionalText(14), startedAt: row.int64(15),
      endedAt: row.optionalInt64(16))
  }
}
