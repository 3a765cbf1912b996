import Synchronization

/// A closure that waits for the writer, and the caller who waits for it.
protocol PendingWrite: Sendable {
  /// Runs the closure and keeps its answer until the commit.
  func run(_ transaction: borrowing Transaction) throws
  /// Lets the caller go on: with the answer after the commit, or with the reason why it came to nothing.
  func finish(_ error: (any Error)?)
}

final class Write<Answer: Sendable>: PendingWrite {
  private let body: @Sendable (borrowing Transaction) throws -> Answer
  private let caller: UnsafeContinuation<Answer, any Error>
  private let answer = Mutex<Answer?>(nil)

  init(
    _ body: @escaping @Sendable (borrowing Transaction) throws -> Answer,
    for caller: UnsafeContinuation<Answer, any Error>
  ) {
    self.body = body
    self.caller = caller
  }

  func run(_ transaction: borrowing Transaction) throws {
    let value = try body(transaction)
    answer.withLock { $0 = value }
  }

  func finish(_ error: (any Error)?) {
    if let error {
      caller.resume(throwing: error)
    } else if let value = answer.withLock({ $0 }) {
      caller.resume(returning: value)
    } else {
      preconditionFailure("finished before it ran")
    }
  }
}
