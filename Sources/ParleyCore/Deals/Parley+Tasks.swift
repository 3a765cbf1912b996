import SQLite

/// The tasks of a record.
package struct TaskList: Sendable, Hashable, Codable {
  /// The open ones by when they are due, those without a date last; then those that are done, the latest first.
  package var tasks: [AssignedTask]
}

extension Parley {
  /// A record's tasks; of those that are done the latest 100.
  ///
  /// - Throws: `notFound`.
  package func tasks(of record: RecordID, by agent: AgentIdentity) async throws(ParleyError) -> TaskList {
    try agent.requireAgent()
    let now = now()
    return try await read { snapshot in
      try RecordAccess.require(.see, record, by: agent, in: snapshot)
      let time = try WorkspaceTime(now: now, in: snapshot)
      return TaskList(tasks: try TaskRecords.tasks(of: record, at: time, in: snapshot))
    }
  }

  /// Adds a task; left out, whoever adds it is to do it.
  ///
  /// - Throws: `notFound` for the record; `permissionDenied`; `invalid` with `task.invalid`.
  package func addTask(
    _ draft: TaskDraft, to record: RecordID, by agent: AgentIdentity
  ) async throws(ParleyError) -> AssignedTask {
    try agent.requireAgent()
    return try await write { transaction, changes in
      try RecordAccess.require(.edit, record, by: agent, in: transaction.snapshot)
      let time = try WorkspaceTime(now: changes.now, in: transaction.snapshot)
      let fields = try TaskFields(assigneeID: agent.id).applying(
        draft, of: record, at: time, in: transaction.snapshot)
      let id = try TaskRecords.insert(fields, of: record, by: agent.id, at: changes.now, in: transaction)
      let task = try Self.task(id, by: agent, at: time, in: transaction.snapshot)
      try changes.recordWork(
        on: record, .tasks, .task, from: nil, to: JSON.text(task.inHistory), by: agent, in: transaction)
      return task
    }
  }

  /// Changes what is given of a task: also done, with its outcome, or open again.
  ///
  /// - Throws: `notFound`; `permissionDenied`; `invalid` with `task.invalid`.
  package func editTask(
    _ id: Int64, _ draft: TaskDraft, by agent: AgentIdentity
  ) async throws(ParleyError) -> AssignedTask {
    try agent.requireAgent()
    return try await write { transaction, changes in
      let time = try WorkspaceTime(now: changes.now, in: transaction.snapshot)
      let before = try Self.task(id, by: agent, at: time, in: transaction.snapshot)
      // Whoever has something to do may say that it is done, also where they may change nothing else.
      let isOwnToFinish = before.assignee.id == agent.id && draft.isOutcomeOnly
      try RecordAccess.require(
        isOwnToFinish ? .see : .edit, before.recordID, by: agent, in: transaction.snapshot)
      let fields = try TaskFields(before).applying(
        draft, of: before.recordID, at: time, in: transaction.snapshot)
      guard fields != TaskFields(before) else { return before }
      try TaskRecords.update(id, fields, in: transaction)
      let after = try Self.task(id, by: agent, at: time, in: transaction.snapshot)
      try changes.recordWork(
        on: before.recordID, .tasks, .task, from: JSON.text(before.inHistory), to: JSON.text(after.inHistory),
        by: agent, in: transaction)
      if before.doneAt == nil, after.doneAt != nil {
        try Self.noticeDone(after, in: transaction, changes)
      }
      return after
    }
  }

  private static func noticeDone(
    _ task: AssignedTask, in transaction: borrowing Transaction, _ changes: Changes
  ) throws {
    var fact = Fact(.taskDone)
    switch task.record.kind {
    case .deal: fact = Fact(.taskDone, of: try DealRevision.reload(task.record.id, in: transaction, changes))
    case .contact: fact.contactID = task.record.id
    // Nobody of an account is meant more than another.
    case .account: return
    }
    fact.name = task.kind
    changes.notice(fact)
  }

  /// - Throws: `notFound`; `permissionDenied`.
  package func removeTask(_ id: Int64, by agent: AgentIdentity) async throws(ParleyError) {
    try agent.requireAgent()
    try await write { transaction, changes in
      let time = try WorkspaceTime(now: changes.now, in: transaction.snapshot)
      let before = try Self.task(id, by: agent, at: time, in: transaction.snapshot)
      try RecordAccess.require(.edit, before.recordID, by: agent, in: transaction.snapshot)
      try TaskRecords.delete(id, in: transaction)
      try changes.recordWork(
        on: before.recordID, .tasks, .task, from: JSON.text(before.inHistory), to: nil, by: agent,
        in: transaction)
    }
  }

  private static func task(
    _ id: Int64, by agent: AgentIdentity, at time: WorkspaceTime, in snapshot: borrowing Snapshot
  ) throws -> AssignedTask {
    guard let task = try TaskRecords.task(id, at: time, in: snapshot) else { throw ParleyError.notFound }
    try RecordAccess.require(.see, task.recordID, by: agent, in: snapshot)
    return task
  }
}

/// A task as a deal's history names it.
struct TaskInHistory: Encodable {
  let id: Int64
  let title: String
  let done: Bool
  let outcome: String
}

extension AssignedTask {
  fileprivate var recordID: RecordID { RecordID(record.kind, record.id) }

  var inHistory: TaskInHistory {
    TaskInHistory(id: id, title: title, done: doneAt != nil, outcome: outcome)
  }
}
