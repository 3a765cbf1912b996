import SQLite

/// What a task's row holds that changes, every value checked.
struct TaskFields: Sendable, Hashable {
  var title = ""
  var kind = ""
  var dueOn: CalendarDate?
  var dueAt: Int64?
  var assigneeID: Int64
  var doneAt: Int64?
  var outcome = ""
}

extension TaskFields {
  init(_ task: AssignedTask) {
    self.init(
      title: task.title, kind: task.kind, dueOn: task.dueOn, dueAt: task.dueAt, assigneeID: task.assignee.id,
      doneAt: task.doneAt, outcome: task.outcome)
  }

  /// With a draft applied.
  ///
  /// - Throws: `invalid` with `task.invalid` and every field that is at fault.
  func applying(
    _ draft: TaskDraft, of record: RecordID, at time: WorkspaceTime, in snapshot: borrowing Snapshot
  ) throws -> TaskFields {
    var fields = self
    var invalid = Invalid(code: "task.invalid")
    func check(_ field: String, _ text: String, limit: Int, tooLong: String) {
      if text.unicodeScalars.count > limit { invalid.add(field, tooLong) }
    }
    fields.title = draft.title?.onOneLine ?? title
    if fields.title.isEmpty { invalid.add("title", "task.title.required") }
    check("title", fields.title, limit: AssignedTask.titleLimit, tooLong: "task.title.too-long")
    fields.kind = draft.kind?.onOneLine ?? kind
    if fields.kind.isEmpty { invalid.add("kind", "task.kind.required") }
    check("kind", fields.kind, limit: AssignedTask.kindLimit, tooLong: "task.kind.too-long")
    fields.outcome = draft.outcome?.onManyLines ?? outcome
    check("outcome", fields.outcome, limit: AssignedTask.outcomeLimit, tooLong: "task.outcome.too-long")
    if let assigneeID = draft.assigneeID {
      fields.assigneeID = assigneeID
      if try !AgentRecords.exists(assigneeID, in: snapshot) {
        invalid.add("assignee", "task.assignee.unknown")
      } else if assigneeID != self.assigneeID, try !record.isVisible(toAgent: assigneeID, in: snapshot) {
        invalid.add("assignee", "task.assignee.denied")
      }
    }
    fields.setDue(draft, at: time, &invalid)
    if let done = draft.done, done != (doneAt != nil) { fields.doneAt = done ? time.now : nil }
    try invalid.check()
    return fields
  }

  /// A time of day brings its day along, and another day takes the time of day with it.
  private mutating func setDue(_ draft: TaskDraft, at time: WorkspaceTime, _ invalid: inout Invalid) {
    if let day = draft.dueOn {
      let typed = day ?? ""
      dueOn = CalendarDate(typed)
      if dueOn == nil, !typed.isEmpty { invalid.add("dueOn", "task.dueOn.invalid") }
      dueAt = nil
    }
    guard let moment = draft.dueAt else { return }
    dueAt = moment
    guard let moment else { return }
    guard AssignedTask.moments.contains(moment) else {
      invalid.add("dueAt", "task.dueAt.invalid")
      return
    }
    dueOn = CalendarDate.today(in: time.timeZone, now: moment)
  }
}

extension AssignedTask {
  /// Within the years that calendar dates have, with a day to spare for any time zone.
  fileprivate static let moments: ClosedRange<Int64> = 0...253_402_000_000_000
}
