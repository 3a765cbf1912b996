/// A signal to one that waits. Signals that come while it is at work are one.
final class Wake: Sendable {
  let signals: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  init() {
    (signals, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// From any thread; never waits.
  func signal() {
    continuation.yield()
  }

  /// Whoever waits goes on, and finds no more signals.
  func end() {
    continuation.finish()
  }
}
