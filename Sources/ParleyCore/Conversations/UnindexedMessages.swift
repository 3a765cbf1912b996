import SQLite
import Synchronization

/// The messages that are not in the index of the search yet: fewer than ``most``, the last ones. They are put there many at a time, by
/// one of those who write, by the next who searches, or when the database is opened again; so to write a message costs no more where the
/// index is large. Fewer of them where they are long, so that nobody waits for much.
///
/// Which they are follows from the database. Only the writer's thread adds and indexes.
final class UnindexedMessages: Sendable {
  private struct State {
    /// All messages up to this one that are to be in the index are there; nil where that is to be asked.
    var indexed: Int64?
    /// No fewer than there are behind it, and the octets of their texts as far as they were written since the start.
    var count = 0
    var octets = 0
    /// The transaction that puts them there.
    var transaction: UInt64?
  }

  static let most = 256
  private static let mostOctets = 32_768
  private let state = Mutex(State())

  /// Whether a search has to wait until they are indexed.
  var areAny: Bool { state.withLock { $0.indexed == nil || $0.count > 0 } }

  /// One more, which this transaction writes.
  func add(_ text: String, in transaction: borrowing Transaction) {
    let areMany = state.withLock { state in
      state.count += 1
      state.octets += text.utf8.count
      return state.count >= Self.most || state.octets >= Self.mostOctets
    }
    if areMany { transaction.beforeCommit { [self] in try index(in: $0) } }
  }

  /// Puts into the index what is written so far.
  func index(in transaction: borrowing Transaction) throws {
    let number = transaction.number
    let (isFirst, known, count, octets) = state.withLock { state in
      defer { state.transaction = number }
      return (state.transaction != number, state.indexed, state.count, state.octets)
    }
    guard isFirst else { return }
    let last = try MessageRecords.last(in: transaction.snapshot)
    let indexed = try known ?? SearchRecords.lastIndexedMessage(in: transaction.snapshot)
    if indexed < last {
      try SearchRecords.indexMessages(after: indexed, in: transaction)
      try SearchRecords.mergeMessages(havingIndexed: octets, in: transaction)
    }
    // Not before: who searches meanwhile does not see it yet.
    transaction.afterCommit { [self] in
      state.withLock { state in
        state.indexed = last
        state.count -= count
        state.octets -= octets
      }
    }
  }

  /// After a transaction came to nothing: the next one asks the database.
  func forget() {
    state.withLock { $0.indexed = nil }
  }
}
