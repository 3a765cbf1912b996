import SQLite

/// The tasks' rows.
enum TaskRecords {
  private static let shownDone = 100

  static func insert(
    _ task: TaskFields, of record: RecordID, by agentID: Int64, at now: Int64,
    in transaction: borrowing Transaction
  ) throws -> Int64 {
    try transaction.insert(
      """
      INSERT INTO tasks (deal_id, contact_id, account_id, title, kind, due_on, due_at, assignee_id, done_at, outcome,
          created_by, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, record.id(of: .deal), record.id(of: .contact), record.id(of: .account), task.title, task.kind,
      task.dueOn?.description, task.dueAt, task.assigneeID, task.doneAt, task.outcome, agentID, now)
  }

  static func update(_ id: Int64, _ task: TaskFields, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      UPDATE tasks SET title = ?, kind = ?, due_on = ?, due_at = ?, assignee_id = ?, done_at = ?, outcome = ?
        WHERE id = ?
      """, task.title, task.kind, task.dueOn?.description, task.dueAt, task.assigneeID, task.doneAt,
      task.outcome, id)
  }

  static func delete(_ id: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute("DELETE FROM tasks WHERE id = ?", id)
  }

  static func task(
    _ id: Int64, at time: WorkspaceTime, in snapshot: borrowing Snapshot
  ) throws -> AssignedTask? {
    try snapshot.first("\(selection) WHERE tasks.id = ?", id) { try task(from: $0, at: time) }
  }

  /// In the order of their ids in the list.
  static func tasks(
    _ ids: [Int64], at time: WorkspaceTime, in snapshot: borrowing Snapshot
  ) throws -> [AssignedTask] {
    try snapshot.rows(
      "\(selection) JOIN json_each(?) AS chosen ON chosen.value = tasks.id ORDER BY chosen.key",
      JSON.text(ids)
    ) { try task(from: $0, at: time) }
  }

  /// The open ones by when they are due, those without a date last; then those that are done, the latest first.
  static func tasks(
    of record: RecordID, at time: WorkspaceTime, in snapshot: borrowing Snapshot
  ) throws -> [AssignedTask] {
    let column = "tasks.\(record.kind.rawValue)_id"
    let open = try snapshot.rows(
      """
      \(selection) WHERE \(column) = ? AND tasks.done_at IS NULL
        ORDER BY tasks.due_on IS NULL, tasks.due_on, tasks.due_at IS NULL, tasks.due_at, tasks.id
      """, record.id
    ) { try task(from: $0, at: time) }
    let done = try snapshot.rows(
      """
      \(selection) WHERE \(column) = ? AND tasks.done_at IS NOT NULL
        ORDER BY tasks.done_at DESC, tasks.id DESC LIMIT ?
      """, record.id, shownDone
    ) { try task(from: $0, at: time) }
    return open + done
  }

  /// The open task of each deal that is due first; those without a date come last.
  ///
  /// - Parameter list: the deals' ids as a JSON array.
  static func nextTasks(
    ofDeals list: String, at time: WorkspaceTime, in snapshot: borrowing Snapshot
  ) throws -> [Int64: AssignedTask] {
    let tasks = try snapshot.rows(
      """
      \(selection) WHERE tasks.id IN (
        SELECT (SELECT id FROM tasks WHERE deal_id = chosen.value AND done_at IS NULL
            ORDER BY due_on IS NULL, due_on, due_at IS NULL, due_at, id LIMIT 1)
          FROM json_each(?) AS chosen)
      """, list
    ) { try task(from: $0, at: time) }
    return Dictionary(uniqueKeysWithValues: tasks.map { ($0.record.id, $0) })
  }

  private static let selection = """
    SELECT tasks.id, tasks.title, tasks.kind, tasks.due_on, tasks.due_at, tasks.assignee_id, agents.name,
      tasks.done_at, tasks.outcome, tasks.created_at, tasks.deal_id, deals.title, tasks.contact_id,
      contacts.first_name, contacts.last_name, contacts.email, tasks.account_id, accounts.name,
      deals.pipeline_id
    FROM tasks
      JOIN agents ON agents.id = tasks.assignee_id
      LEFT JOIN deals ON deals.id = tasks.deal_id
      LEFT JOIN contacts ON contacts.id = tasks.contact_id
      LEFT JOIN accounts ON accounts.id = tasks.account_id
    """

  private static func task(from row: borrowing Row, at time: WorkspaceTime) throws -> AssignedTask {
    let record: RecordReference
    if let id = row.optionalInt64(10) {
      record = RecordReference(kind: .deal, id: id, name: row.text(11))
    } else if let id = row.optionalInt64(12) {
      let name = PersonName(first: row.text(13), last: row.text(14)).full
      record = RecordReference(kind: .contact, id: id, name: name.isEmpty ? row.text(15) : name)
    } else {
      record = RecordReference(kind: .account, id: row.int64(16), name: row.text(17))
    }
    let dueOn = row.optionalText(3).flatMap { CalendarDate($0) }
    let dueAt = row.optionalInt64(4)
    return AssignedTask(
      id: row.int64(0), title: row.text(1), kind: row.text(2), dueOn: dueOn, dueAt: dueAt,
      overdue: row.isNull(7) && AssignedTask.isOverdue(dueOn: dueOn, dueAt: dueAt, at: time),
      assignee: AgentReference(id: row.int64(5), name: row.text(6)), doneAt: row.optionalInt64(7),
      outcome: row.text(8), record: record, pipelineID: row.optionalInt64(18), createdAt: row.int64(9))
  }
}
