import SQLite

/// Stores what a demo's people wrote down about a record, and have to do about it.
struct DemoWork {
  let cast: DemoCast
  /// Milliseconds since 1970 UTC.
  let now: Int64

  private static let day: Int64 = 24 * 60 * 60 * 1000

  /// - Parameter time: when the record was added.
  func insert(
    _ notes: [DemoWorkspace.Note]?, _ tasks: [DemoWorkspace.Task]?, on record: RecordID, addedAt time: Int64,
    in transaction: borrowing Transaction
  ) throws {
    for note in notes ?? [] {
      _ = try NoteRecords.insert(
        note.text, on: record, by: try cast.agent(note.by).id, at: max(time, ago(note.daysAgo)),
        in: transaction)
    }
    for task in tasks ?? [] {
      let assigneeID = try cast.agent(task.assignee).id
      let fields = TaskFields(
        title: task.title, kind: task.kind, dueOn: task.dueInDays.flatMap { cast.today.adding(days: $0) },
        assigneeID: assigneeID, doneAt: task.doneDaysAgo.map { max(time, ago($0)) },
        outcome: task.outcome ?? "")
      _ = try TaskRecords.insert(fields, of: record, by: assigneeID, at: time, in: transaction)
    }
  }

  private func ago(_ days: Int64) -> Int64 { now - days * Self.day }
}
