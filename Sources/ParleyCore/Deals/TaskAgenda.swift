/// How near a task is. Each open task is of one of these but `done`.
package enum TaskGroup: String, Sendable, Hashable, Codable, CaseIterable {
  case overdue, today
  /// From tomorrow to the end of the workspace's week.
  case week
  case later, undated
  /// The latest first.
  case done
}

/// Tasks by how near they are, over all deals, contacts and accounts: of somebody, or of everyone.
package struct TaskAgenda: Sendable, Hashable, Codable {
  package struct Section: Sendable, Hashable, Codable {
    package var group: TaskGroup
    /// By when they are due: within a day those with a time of day first. The undated ones by age.
    package var tasks: [AssignedTask]
    /// Where the next page begins; nil at the end.
    @Nullable package var next: String?
    /// How many there are in all, as far as they are counted.
    package var count: Int
    package var isExact: Bool
  }

  package var groups: [Section]
}

/// How much of one's own is overdue, and when that will be another number by itself.
package struct OverdueTasks: Sendable, Hashable, Codable {
  package var count: Int
  package var isExact: Bool
  /// The next moment at which a task of one's own becomes overdue, or a day begins.
  package var changesAt: Int64
}

/// Where a page begins: behind the task with this key. As text `ID.MOMENT.DAY`.
struct TaskCursor: Sendable, Hashable {
  /// The time of day at which it is due, or at which it was done; past all others without one.
  let at: Int64
  /// The day on which it is due; empty without one, and of what is done.
  let on: String
  let id: Int64

  init(on: String = "", at: Int64, id: Int64) {
    self.on = on
    self.at = at
    self.id = id
  }

  init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let id = Int64(parts[0]), let at = Int64(parts[1]),
      parts[2].isEmpty || CalendarDate(String(parts[2])) != nil
    else { return nil }
    self.init(on: String(parts[2]), at: at, id: id)
  }

  var text: String { "\(id).\(at).\(on)" }
}
