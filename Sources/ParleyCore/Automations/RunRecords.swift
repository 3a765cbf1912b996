import SQLite

extension AutomationRun.Status: Bindable {}
extension AutomationRunStep.Outcome: Bindable {}
extension AutomationTrigger.Kind: Bindable {}
extension AutomationStep.Kind: Bindable {}

/// Whom and what a run is about.
struct RunContext: Sendable, Hashable {
  var contactID: Int64?
  var dealID: Int64?
  var conversationID: Int64?

  /// Who or what is counted as entering: the contact, else the deal, else the conversation. Nil for nobody.
  var subject: String? {
    contactID.map { "contact:\($0)" } ?? dealID.map { "deal:\($0)" }
      ?? conversationID.map { "conversation:\($0)" }
  }
}

/// A run as the engine moves it on.
struct StoredRun: Sendable {
  let id: Int64
  let automationID: Int64
  let status: AutomationRun.Status
  var context: RunContext
  let stepID: String?
  /// Since the last wait.
  let steps: Int
  let tries: Int
  let depth: Int
  let wakeAt: Int64?
}

/// The runs' rows, and those of what they did.
enum RunRecords {
  /// Answers the run's id.
  @discardableResult
  static func insert(
    _ context: RunContext, of automationID: Int64, subject: String, trigger: AutomationTrigger.Kind,
    status: AutomationRun.Status, stepID: String?, depth: Int, code: String? = nil, at now: Int64,
    in transaction: borrowing Transaction
  ) throws -> Int64 {
    let isActive = status == .active
    return try transaction.insert(
      """
      INSERT INTO automation_runs (automation_id, status, trigger, subject, contact_id, deal_id, conversation_id,
          step_id, depth, wake_at, code, started_at, ended_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, automationID, status, trigger, subject, context.contactID, context.dealID, context.conversationID,
      stepID, depth, isActive ? now : nil, code, now, isActive ? nil : now)
  }

  /// How many runs of a subject began since then, and how many were refused.
  static func entries(
    of subject: String, in automationID: Int64, since: Int64, in snapshot: borrowing Snapshot
  ) throws -> (entered: Int, refused: Int) {
    try snapshot.first(
      """
      SELECT count(*) FILTER (WHERE status <> 'refused'), count(*) FILTER (WHERE status = 'refused') FROM (
        SELECT status FROM automation_runs WHERE automation_id = ? AND subject = ? AND started_at > ? LIMIT 100)
      """, automationID, subject, since
    ) { ($0.int(0), $0.int(1)) } ?? (0, 0)
  }

  static func hasEntered(
    _ subject: String, _ automationID: Int64, in snapshot: borrowing Snapshot
  ) throws -> Bool {
    try snapshot.first(
      "SELECT 1 FROM automation_runs WHERE automation_id = ? AND subject = ? AND status <> 'refused' LIMIT 1",
      automationID, subject
    ) { _ in true } ?? false
  }

  static func run(_ id: Int64, in snapshot: borrowing Snapshot) throws -> StoredRun? {
    try snapshot.first(
      """
      SELECT automation_id, status, contact_id, deal_id, conversation_id, step_id, steps, tries, depth, wake_at
        FROM automation_runs WHERE id = ?
      """, id
    ) { row in
      guard let status = AutomationRun.Status(rawValue: row.text(1)) else {
        throw ParleyError.defect(reason: "automation_runs.status")
      }
      return StoredRun(
        id: id, automationID: row.int64(0), status: status,
        context: RunContext(
          contactID: row.optionalInt64(2), dealID: row.optionalInt64(3), conversationID: row.optionalInt64(4)),
        stepID: row.optionalText(5), steps: row.int(6), tries: row.int(7), depth: row.int(8),
        wakeAt: row.optionalInt64(9))
    }
  }

  /// Runs of an automation whose next step is due, the longest due first.
  static func due(
    of automationID: Int64, at now: Int64, limit: Int, in snapshot: borrowing Snapshot
  ) throws -> [Int64] {
    try snapshot.rows(
      """
      SELECT id FROM automation_runs WHERE automation_id = ? AND status = 'active' AND wake_at <= ?
        ORDER BY wake_at, id LIMIT ?
      """, automationID, now, limit
    ) { $0.int64(0) }
  }

  static func automations(of runs: [Int64], in snapshot: borrowing Snapshot) throws -> Set<Int64> {
    Set(
      try snapshot.rows(
        "SELECT DISTINCT automation_id FROM automation_runs WHERE id IN (SELECT value FROM json_each(?))",
        try JSON.text(runs)
      ) { $0.int64(0) })
  }

  static func nextWake(of automationID: Int64, in snapshot: borrowing Snapshot) throws -> Int64? {
    try snapshot.first(
      "SELECT wake_at FROM automation_runs WHERE automation_id = ? AND status = 'active' ORDER BY wake_at LIMIT 1",
      automationID
    ) { $0.optionalInt64(0) } ?? nil
  }

  /// Puts a run before its next step.
  static func advance(
    _ run: StoredRun, to stepID: String?, steps: Int, at wakeAt: Int64, in transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE automation_runs SET contact_id = ?, deal_id = ?, conversation_id = ?, step_id = ?, steps = ?, tries = 0,
          wake_at = ? WHERE id = ?
      """, run.context.contactID, run.context.dealID, run.context.conversationID, stepID, steps, wakeAt,
      run.id)
  }

  /// The same step once more, later.
  static func postpone(_ id: Int64, tries: Int, to wakeAt: Int64, in transaction: borrowing Transaction)
    throws
  {
    try transaction.execute(
      "UPDATE automation_runs SET tries = ?, wake_at = ? WHERE id = ?", tries, wakeAt, id)
  }

  /// The code of a step at which a run waits until a visitor says by what address they are known.
  static let addressAwaited = "automation.address.awaited"

  /// What a run's log says last, if that is about a step.
  static func lastCode(of id: Int64, at stepID: String, in snapshot: borrowing Snapshot) throws -> String? {
    let last = try snapshot.first(
      "SELECT step_id, code FROM automation_steps WHERE run_id = ? ORDER BY id DESC LIMIT 1", id
    ) { ($0.text(0), $0.optionalText(1)) }
    return last?.0 == stepID ? last?.1 : nil
  }

  /// Has the runs that wait for a visitor's address go on. Answers whether there are such.
  static func wake(awaitingVisitor visitorID: Int64, at now: Int64, in transaction: borrowing Transaction)
    throws
    -> Bool
  {
    try transaction.execute(
      """
      UPDATE automation_runs SET wake_at = ?1 WHERE status = 'active' AND wake_at > ?1
          AND conversation_id IN (SELECT id FROM conversations WHERE visitor_id = ?2)
          AND (SELECT code FROM automation_steps WHERE run_id = automation_runs.id ORDER BY id DESC LIMIT 1) = ?3
      """, now, visitorID, addressAwaited) > 0
  }

  static func end(
    _ run: StoredRun, _ status: AutomationRun.Status, code: String? = nil, at now: Int64,
    in transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE automation_runs SET contact_id = ?, deal_id = ?, conversation_id = ?, status = ?, code = ?, wake_at = NULL,
          ended_at = ? WHERE id = ?
      """, run.context.contactID, run.context.dealID, run.context.conversationID, status, code, now, run.id)
  }

  /// A failed run goes on with the step that failed.
  static func resume(_ id: Int64, at now: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      UPDATE automation_runs SET status = 'active', code = NULL, wake_at = ?, ended_at = NULL, steps = 0, tries = 0
        WHERE id = ?
      """, now, id)
  }

  static func log(
    _ step: AutomationStep, of runID: Int64, _ outcome: AutomationRunStep.Outcome, code: String? = nil,
    detail: AutomationStepDetail? = nil, at now: Int64, in transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO automation_steps (run_id, step_id, kind, outcome, code, detail, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)
      """, runID, step.id, step.kind, outcome, code, try detail.map(JSON.text), now)
  }
}
