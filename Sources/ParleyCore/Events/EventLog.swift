import SQLite
import Synchronization

/// The order of all that happens. Each logged event gets the next number in the transaction that causes it.
///
/// The last number is kept in memory between transactions, until another process has written. Only the writer's thread asks
/// for it, so the numbers are dense: a transaction that comes to nothing gives its numbers back.
final class EventLog: Sendable {
  /// How many events are kept for clients that come back.
  let retained: Int64
  let watchers = PipelineWatchers()
  let listeners = FactListeners()
  let threads = ThreadMemory()
  let unindexed = UnindexedMessages()
  private let last = Mutex<Int64?>(nil)
  private let others = Mutex(Others())

  private struct Others {
    var transaction: UInt64?
    var dataVersion: Int64?
  }

  init(retained: Int64) {
    self.retained = retained
  }

  /// To be called first in each transaction: forgets the last number if another process has written since.
  func noticeOthers(in transaction: borrowing Transaction) throws {
    // Within one transaction no other process writes.
    guard others.withLock({ $0.transaction }) != transaction.number else { return }
    let version = try EventRecords.dataVersion(in: transaction.snapshot)
    let isNews = others.withLock { others in
      defer { others = Others(transaction: transaction.number, dataVersion: version) }
      return others.dataVersion != version
    }
    if isNews { forget() }
  }

  /// The number of the last event that is logged or under way.
  func lastSequence(in transaction: borrowing Transaction) throws -> Int64 {
    if let known = last.withLock({ $0 }) { return known }
    let stored = try EventRecords.lastSequence(in: transaction.snapshot)
    last.withLock { $0 = stored }
    return stored
  }

  func advance(to sequence: Int64) {
    last.withLock { $0 = sequence }
  }

  /// After a transaction came to nothing: the next one asks the database.
  func forget() {
    last.withLock { $0 = nil }
    watchers.forget()
    listeners.forget()
    threads.forget()
    unindexed.forget()
  }
}
