import SQLite

/// The tasks' rows.
enum TaskRecords {
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
      contacts.first_name, contacts.last_name, contacts.email, tasks.account_id, accounts.name
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
      outcome: row.text(8), record: record, createdAt: row.int64(9))
  }
}
