import SQLite

/// Tasks in the order in which they are due, or were done: one walk along an index, of an agent's tasks or of everyone's, from where a
/// page begins. However few of them one may see, it looks at so many at most.
struct TaskAgendaRecords {
  /// What a walk has found.
  struct Found {
    var tasks: [TaskCursor] = []
    /// How far it has looked, when that was not to the end.
    var end: TaskCursor?
  }

  /// A moment of a changed time zone is less than so many days from its day.
  private static let drift = 2

  let time: WorkspaceTime
  /// The pipelines whose deals' tasks are shown.
  let visible: Set<Int64>
  /// How many tasks a page looks at.
  var scanLimit = 1000

  /// - Parameters:
  ///   - agentID: whose; nil for everyone's.
  ///   - limit: more are not looked for.
  func tasks(
    of group: TaskGroup, assignedTo agentID: Int64?, after cursor: TaskCursor?, limit: Int,
    in snapshot: borrowing Snapshot
  ) throws -> Found {
    let whose = agentID == nil ? "" : "tasks.assignee_id = ? AND "
    let who: [any Bindable] = agentID.map { [$0] } ?? []
    var found = Found()
    var looked = 0
    func look(_ row: borrowing Row) -> Bool {
      looked += 1
      let (id, on, at) = (row.int64(0), row.text(1), row.optionalInt64(2))
      let key = TaskCursor(on: on, at: at ?? .max, id: id)
      if row.isNull(3) || visible.contains(row.int64(3)), belongs(on, at, to: group) {
        found.tasks.append(key)
      }
      let isFull = found.tasks.count == limit
      if looked == scanLimit, !isFull { found.end = key }
      return looked < scanLimit && !isFull
    }
    switch group {
    case .done:
      let cursor = cursor ?? TaskCursor(at: .max, id: .max)
      try snapshot.each(
        """
        SELECT tasks.id, '', tasks.done_at, deals.pipeline_id FROM tasks LEFT JOIN deals ON deals.id = tasks.deal_id
          WHERE \(whose)tasks.done_at IS NOT NULL AND (tasks.done_at, tasks.id) < (?, ?)
          ORDER BY tasks.done_at DESC, tasks.id DESC
        """, binding: who + [cursor.at, cursor.id], body: look)
    case .undated:
      // Which says nothing more, but places everyone's along their index.
      let noMoment =
        agentID == nil ? "ifnull(tasks.due_at, 9223372036854775807) = 9223372036854775807 AND " : ""
      try snapshot.each(
        """
        SELECT tasks.id, '', NULL, deals.pipeline_id FROM tasks LEFT JOIN deals ON deals.id = tasks.deal_id
          WHERE \(whose)tasks.done_at IS NULL AND tasks.due_on IS NULL AND \(noMoment)tasks.id > ?
          ORDER BY tasks.id
        """, binding: who + [cursor?.id ?? 0], body: look)
    case .overdue, .today, .week, .later:
      let (first, last) = days(of: group)
      let cursor = cursor ?? TaskCursor(at: 0, id: 0)
      try snapshot.each(
        """
        SELECT tasks.id, tasks.due_on, tasks.due_at, deals.pipeline_id
          FROM tasks LEFT JOIN deals ON deals.id = tasks.deal_id
          WHERE \(whose)tasks.done_at IS NULL AND tasks.due_on BETWEEN ? AND ?
            AND (tasks.due_on, ifnull(tasks.due_at, 9223372036854775807), tasks.id) > (?, ?, ?)
          ORDER BY tasks.due_on, ifnull(tasks.due_at, 9223372036854775807), tasks.id
        """, binding: who + [max(first, cursor.on), last, cursor.on, cursor.at, cursor.id], body: look)
    }
    return found
  }

  /// The next moment at which a task of an agent becomes overdue, of those that are due about now.
  func nextDue(of agentID: Int64, in snapshot: borrowing Snapshot) throws -> Int64? {
    try snapshot.first(
      """
      SELECT min(due_at) FROM tasks
        WHERE assignee_id = ? AND done_at IS NULL AND due_on BETWEEN ? AND ? AND due_at >= ?
      """, agentID, day(-Self.drift), day(Self.drift), time.now
    ) { $0.optionalInt64(0) } ?? nil
  }

  /// The kinds of one's own that were written last.
  func ownKinds(limit: Int, in snapshot: borrowing Snapshot) throws -> [String] {
    var kinds: [String] = []
    var looked = 0
    try snapshot.each(
      """
      SELECT tasks.kind, deals.pipeline_id FROM tasks LEFT JOIN deals ON deals.id = tasks.deal_id
        ORDER BY tasks.id DESC
      """
    ) { row in
      looked += 1
      let kind = row.text(0)
      if row.isNull(1) || visible.contains(row.int64(1)), !AssignedTask.usualKinds.contains(kind),
        !kinds.contains(kind)
      {
        kinds.append(kind)
      }
      return looked < scanLimit && kinds.count < limit
    }
    return kinds
  }

  private func belongs(_ on: String, _ at: Int64?, to group: TaskGroup) -> Bool {
    switch group {
    case .overdue: AssignedTask.isOverdue(dueOn: CalendarDate(on), dueAt: at, at: time)
    case .today, .week, .later: !AssignedTask.isOverdue(dueOn: CalendarDate(on), dueAt: at, at: time)
    case .undated, .done: true
    }
  }

  /// Those on which an open task of a group can be due.
  private func days(of group: TaskGroup) -> (first: String, last: String) {
    let lastWeekday = time.weekStartsOn == .monday ? 7 : 6
    let untilWeekEnds = (lastWeekday - time.today.weekday + 7) % 7
    return switch group {
    case .overdue: ("", day(Self.drift))
    case .today: (day(-Self.drift), day(0))
    case .week: (day(1), day(untilWeekEnds))
    case .later: (day(untilWeekEnds + 1), "9999-12-31")
    case .undated, .done: ("", "")
    }
  }

  private func day(_ distance: Int) -> String {
    (time.today.adding(days: distance) ?? time.today).description
  }
}
