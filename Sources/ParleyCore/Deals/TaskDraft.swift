/// A task to be added, or what to change of one; what is nil has its default, or stays.
package struct TaskDraft: Sendable, Hashable {
  package var title: String?
  package var kind: String?
  /// `YYYY-MM-DD`.
  package var dueOn: String??
  /// Milliseconds since 1970 UTC: the day is that moment's in the workspace's time zone.
  package var dueAt: Int64??
  package var assigneeID: Int64?
  package var done: Bool?
  package var outcome: String?

  package init(
    title: String? = nil, kind: String? = nil, dueOn: String?? = nil, dueAt: Int64?? = nil,
    assigneeID: Int64? = nil, done: Bool? = nil, outcome: String? = nil
  ) {
    self.title = title
    self.kind = kind
    self.dueOn = dueOn
    self.dueAt = dueAt
    self.assigneeID = assigneeID
    self.done = done
    self.outcome = outcome
  }

  /// Whether it only says what has become of the task.
  var isOutcomeOnly: Bool { self == TaskDraft(done: done, outcome: outcome) }
}

extension TaskDraft: Decodable {
  private enum Key: String, CodingKey {
    case title, kind, dueOn, dueAt, assigneeID, done, outcome
  }

  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    title = try object.decodeIfPresent(String.self, forKey: .title)
    kind = try object.decodeIfPresent(String.self, forKey: .kind)
    dueOn = try object.decodeNullable(String.self, forKey: .dueOn)
    dueAt = try object.decodeNullable(Int64.self, forKey: .dueAt)
    assigneeID = try object.decodeIfPresent(Int64.self, forKey: .assigneeID)
    done = try object.decodeIfPresent(Bool.self, forKey: .done)
    outcome = try object.decodeIfPresent(String.self, forKey: .outcome)
  }
}
