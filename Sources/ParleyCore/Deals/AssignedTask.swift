/// Something that someone is to do about a deal, a contact or an account. "Task" in the interface; that name is Swift's.
package struct AssignedTask: Sendable, Hashable, Codable {
  package var id: Int64
  package var title: String
  /// `call`, `email`, `lunch`, `meeting`, or one's own.
  package var kind: String
  @Nullable package var dueOn: CalendarDate?
  /// Milliseconds since 1970 UTC; nil for any time of the day.
  @Nullable package var dueAt: Int64?
  /// As of when it was read.
  package var overdue: Bool
  package var assignee: AgentReference
  @Nullable package var doneAt: Int64?
  package var outcome: String
  package var record: RecordReference
  /// Of the deal that it is about.
  @Nullable package var pipelineID: Int64?
  package var createdAt: Int64

  static let usualKinds = ["call", "email", "lunch", "meeting"]

  /// In Unicode scalars.
  static let titleLimit = 200
  static let kindLimit = 50
  static let outcomeLimit = 2000
}

/// What notes and tasks can be about.
package enum RecordKind: String, Sendable, Hashable, Codable, CaseIterable {
  case deal, contact, account
}

/// A deal, a contact or an account as it is named within another record.
package struct RecordReference: Sendable, Hashable, Codable {
  package var kind: RecordKind
  package var id: Int64
  package var name: String
}

/// A deal, a contact or an account.
package struct RecordID: Sendable, Hashable, Codable {
  package var kind: RecordKind
  package var id: Int64

  package init(_ kind: RecordKind, _ id: Int64) {
    self.kind = kind
    self.id = id
  }
}

extension AssignedTask {
  /// The one rule for an open task: past its time of day if it has one, otherwise from the day after its date.
  static func isOverdue(dueOn: CalendarDate?, dueAt: Int64?, at time: WorkspaceTime) -> Bool {
    if let dueAt { return dueAt < time.now }
    if let dueOn { return dueOn < time.today }
    return false
  }
}
