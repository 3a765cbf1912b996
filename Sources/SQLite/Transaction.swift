/// The right to write, lent to a synchronous closure on the writer's thread: it can neither be kept nor awaited in.
///
/// When a closure throws, what it wrote is undone, and nothing of the others in its batch.
package struct Transaction: ~Copyable {
  /// The writer's view: sees what this and the earlier closures of the batch have written.
  package let snapshot: Snapshot
  let outcome: Outcome

  init(on connection: Connection, outcome: Outcome) {
    snapshot = Snapshot(connection: connection)
    self.outcome = outcome
  }

  /// Which of the connection's transactions this is: those that share a commit have the same number.
  package var number: UInt64 { snapshot.connection.transactions }

  /// Runs a statement that answers no rows. Returns how many rows it changed (of the statement itself, not its triggers).
  @discardableResult
  package func execute(_ sql: String, _ values: any Bindable...) throws(DatabaseError) -> Int {
    let statement = try snapshot.connection.start(sql, values)
    defer { statement.reset() }
    while try statement.step() {}
    return statement.isReadOnly ? 0 : snapshot.connection.changedRows
  }

  /// Runs an INSERT of one row and returns its id.
  package func insert(_ sql: String, _ values: any Bindable...) throws(DatabaseError) -> Int64 {
    let statement = try snapshot.connection.start(sql, values)
    defer { statement.reset() }
    while try statement.step() {}
    return snapshot.connection.lastInsertedID
  }

  /// The first row of a statement that writes and answers (`… RETURNING …`); all of it has been done when this returns.
  package func returning<T>(
    _ sql: String, _ values: any Bindable..., map: (borrowing Row) throws -> T
  ) throws -> T? {
    let statement = try snapshot.connection.start(sql, values)
    defer { statement.reset() }
    guard try statement.step() else { return nil }
    let value = try map(Row(handle: statement.handle))
    while try statement.step() {}
    return value
  }

  /// Runs on the writer's thread right before the shared COMMIT, when this closure and all others of the batch have been run: for what
  /// is cheaper done for all of them at once. What it throws undoes the whole batch.
  package func beforeCommit(_ body: @escaping @Sendable (borrowing Transaction) throws -> Void) {
    outcome.beforeCommit.append(body)
  }

  /// Runs on the writer's thread once the shared COMMIT has succeeded, in the order of the commits and before the caller
  /// of `write` goes on: what is published here is on the disk and never out of order. Must not block.
  package func afterCommit(_ body: @escaping @Sendable () -> Void) {
    outcome.afterCommit.append(body)
  }

  /// Runs on the writer's thread when this closure's work was undone, before the next one begins.
  package func afterRollback(_ body: @escaping @Sendable () -> Void) {
    outcome.afterRollback.append(body)
  }
}

/// What a closure asked to happen around its commit or after its undoing. Used by the writer's thread only.
final class Outcome {
  var beforeCommit: [@Sendable (borrowing Transaction) throws -> Void] = []
  var afterCommit: [@Sendable () -> Void] = []
  var afterRollback: [@Sendable () -> Void] = []
}
