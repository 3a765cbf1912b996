/// The figures of one COMMIT.
package struct Commit: Sendable {
  /// How many writers shared it.
  package let writers: Int
  /// From the BEGIN to the end of the COMMIT.
  package let duration: Duration
}

/// The one thread that writes. Writers that wait while a commit is under way run together in the next one, with one COMMIT, so that
/// one sync of the disk serves all of them.
///
/// Nearly all succeed, so they run without a savepoint each, which costs as much as some of their statements. A writer that fails
/// before it wrote anything leaves nothing to undo. Where one fails after that, the batch is undone and run again, in savepoints.
final class Writer: Sendable {
  private static let largestBatch = 512
  private static let toldTogether = 64
  private let queue = JobQueue<any PendingWrite>(limit: 65_536)
  private let connection: Connection
  private let checkpointer: Checkpointer?
  private let committed: @Sendable (Commit) -> Void
  private let telling: @Sendable (() -> Void) -> Void
  private let ended: @Sendable () -> Void

  /// - Parameter checkpointer: nil beside another process: then that folds the log.
  init(
    connection: Connection, checkpointer: Checkpointer?, committed: @escaping @Sendable (Commit) -> Void,
    telling: @escaping @Sendable (() -> Void) -> Void, ended: @escaping @Sendable () -> Void
  ) {
    self.connection = connection
    self.checkpointer = checkpointer
    connection.followLog()
    self.committed = committed
    self.telling = telling
    self.ended = ended
  }

  func start() throws(DatabaseError) {
    try checkpointer?.start()
    do throws(DatabaseError) {
      try Worker.start { [self] in work() }
    } catch {
      checkpointer?.close()
      throw error
    }
  }

  func add(_ job: any PendingWrite) throws(DatabaseError) {
    try queue.add(job)
  }

  func close() {
    queue.close()
  }

  private func work() {
    while true {
      // Without that the first of many who write again after a commit would have one of their own, for which all the others wait.
      let batch = queue.take(atMost: Self.largestBatch, gathering: true)
      if batch.isEmpty { break }
      commit(batch[...])
      checkpointer?.follow(connection)
    }
    if let checkpointer {
      checkpointer.close()
      // Fold the log into the file, so that what is left behind is one file. When it fails the log stays, and is as good.
      _ = Result { try connection.run("PRAGMA wal_checkpoint(TRUNCATE)") }
    }
    connection.close()
    ended()
  }

  private func commit(_ batch: ArraySlice<any PendingWrite>, inSavepoints: Bool = false) {
    let clock = ContinuousClock()
    let began = clock.now
    var done: [(job: any PendingWrite, outcome: Outcome)] = []
    var refused: [(job: any PendingWrite, error: any Error)] = []
    done.reserveCapacity(batch.count)
    var rest = batch
    do {
      try begin()
      while let job = rest.popFirst() {
        let outcome = Outcome()
        let changes = connection.totalChanges
        do {
          try inSavepoints ? runInSavepoint(job, outcome) : job.run(transaction(outcome))
          done.append((job, outcome))
        } catch {
          for undo in outcome.afterRollback { undo() }
          refused.append((job, error))
          // A full disk or a failed read may end the whole transaction: then the batch so far is lost with it.
          if !connection.isInTransaction { throw error }
          if inSavepoints || connection.totalChanges == changes { continue }
          try control("ROLLBACK")
          guard done.isEmpty else {
            undo(done)
            return commit(batch, inSavepoints: true)
          }
          try begin()
        }
      }
      for (_, outcome) in done {
        for complete in outcome.beforeCommit { try complete(transaction(outcome)) }
      }
      try control("COMMIT")
    } catch {
      if connection.isInTransaction { _ = Result { try connection.run("ROLLBACK") } }
      undo(done)
      for (job, _) in done { job.finish(error) }
      for (job, reason) in refused { job.finish(reason) }
      if done.isEmpty && refused.isEmpty {
        for job in rest { job.finish(error) }
      } else if !rest.isEmpty {
        commit(rest)
      }
      return
    }
    committed(Commit(writers: done.count, duration: began.duration(to: clock.now)))
    // Together, but not so many that whoever is told cannot begin before the last is.
    for start in stride(from: 0, to: done.count, by: Self.toldTogether) {
      telling {
        for (job, outcome) in done[start..<min(done.count, start + Self.toldTogether)] {
          for publish in outcome.afterCommit { publish() }
          job.finish(nil)
        }
      }
    }
    for (job, reason) in refused { job.finish(reason) }
  }

  private func begin() throws(DatabaseError) {
    try control("BEGIN IMMEDIATE")
    connection.transactions += 1
  }

  private func transaction(_ outcome: Outcome) -> Transaction {
    Transaction(on: connection, outcome: outcome)
  }

  private func undo(_ done: [(job: any PendingWrite, outcome: Outcome)]) {
    for (_, outcome) in done.reversed() {
      for undo in outcome.afterRollback { undo() }
    }
  }

  private func runInSavepoint(_ job: any PendingWrite, _ outcome: Outcome) throws {
    try control("SAVEPOINT writer")
    do {
      try job.run(transaction(outcome))
      try control("RELEASE writer")
    } catch {
      if connection.isInTransaction { try control("ROLLBACK TO writer") }
      if connection.isInTransaction { try control("RELEASE writer") }
      throw error
    }
  }

  private func control(_ sql: String) throws(DatabaseError) {
    let statement = try connection.start(sql, [])
    defer { statement.reset() }
    while try statement.step() {}
  }
}
