import Foundation
import SQLite

/// The product: every use case is a method of this, in an extension beside its values.
///
/// Safe to use from anywhere; each call is one transaction or one consistent read. Permission is asked here, so every way to
/// a record goes through it. What a use case causes is published after its commit, in the order of the commits.
package final class Parley: Sendable {
  /// Who is online. The server feeds it; the conversations' `online` is filled from it.
  package let presence: Presence
  /// Milliseconds since 1970 UTC.
  let now: @Sendable () -> Int64
  /// Milliseconds of a clock that nobody sets: for what is not kept.
  let uptime: @Sendable () -> Int64
  let log: EventLog
  let passwords = PasswordHasher()
  let throttle = SignInThrottle()
  let knownSites = SiteMemory()
  /// Wakes the automations when there is something to follow.
  let wake = Wake()
  /// Wakes whoever works on imports.
  let importWake = Wake()
  private let database: Database
  private let publish: @Sendable ([Event]) -> Void

  /// Opens the database, and creates it when it is missing. Blocks: for use at start.
  ///
  /// - Parameters:
  ///   - isOwner: false to administer beside the process that serves the data. What is done then is not published there: its
  ///     clients learn of it when they next ask.
  ///   - retainedEvents: how many events a client may have missed before it must start over.
  ///   - now: milliseconds since 1970 UTC, which may jump.
  ///   - uptime: milliseconds of a clock that nobody sets; `now` if left out.
  ///   - publish: gets the events of each transaction, on the writer's thread, after the commit and in commit order. Must
  ///     not block.
  ///   - committed: the figures of each COMMIT: how many writers shared it, and how long it took.
  ///   - telling: runs what tells of a COMMIT, on the writer's thread: all that is published of it, and that its writers may go on.
  package init(
    path: String, isOwner: Bool = true, readers: Int = max(2, ProcessInfo.processInfo.activeProcessorCount),
    retainedEvents: Int64 = 100_000, presence: Presence = Presence(),
    now: @escaping @Sendable () -> Int64, uptime: (@Sendable () -> Int64)? = nil,
    publish: @escaping @Sendable ([Event]) -> Void,
    committed: @escaping @Sendable (_ writers: Int, _ duration: Duration) -> Void = { _, _ in },
    telling: @escaping @Sendable (() -> Void) -> Void = { $0() }
  ) throws(OpeningError) {
    do throws(DatabaseError) {
      database = try Database(
        path: path, isOwner: isOwner, readers: readers, migrations: Schema.migrations,
        prepare: { transaction in
          try WorkspaceDayRecords.keep(in: transaction)
          try SearchRecords.indexMessages(in: transaction)
        }, beginningWith: VocabularyRecords.tables,
        committed: { committed($0.writers, $0.duration) }, telling: telling)
    } catch {
      throw OpeningError(error)
    }
    self.presence = presence
    self.now = now
    self.uptime = uptime ?? now
    self.publish = publish
    log = EventLog(retained: retainedEvents)
  }

  /// Finishes what was accepted and gives the file free. Every later use case throws `storageUnavailable`.
  package func close() async {
    await database.close()
  }

  /// Copies the data as of now to a new file, also while another process serves it. Blocks.
  package static func backUp(_ path: String, to target: String) throws(OpeningError) {
    do throws(DatabaseError) {
      try Database.backup(of: path, to: target)
    } catch {
      throw OpeningError(error)
    }
  }

  /// A transaction. What the closure records in `changes` is in the event log by the commit and published after it.
  ///
  /// - Parameter remembersThreads: whether all that it changes of visitors and conversations stands in the log's threads afterwards.
  func write<T: Sendable>(
    remembersThreads: Bool = false,
    _ body: @escaping @Sendable (borrowing Transaction, Changes) throws -> T
  ) async throws(ParleyError) -> T {
    do {
      return try await database.write { [self] transaction in
        let changes = Changes(log: log, now: now())
        transaction.afterRollback { [log] in log.forget() }
        try log.noticeOthers(in: transaction)
        if !remembersThreads { log.threads.forget() }
        let answer = try body(transaction, changes)
        try changes.store(in: transaction)
        let events = changes.events
        if !events.isEmpty {
          transaction.afterCommit { [publish] in publish(events) }
        }
        if changes.hasFacts || changes.wakesRuns { transaction.afterCommit { [wake] in wake.signal() } }
        return answer
      }
    } catch {
      throw ParleyError(thrown: error)
    }
  }

  /// A consistent read.
  func read<T: Sendable>(
    _ body: @escaping @Sendable (borrowing Snapshot) throws -> T
  ) async throws(ParleyError) -> T {
    do {
      return try await database.read(body)
    } catch {
      throw ParleyError(thrown: error)
    }
  }
}
