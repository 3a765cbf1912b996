import Foundation
import Glibc

/// SIGINT and SIGTERM, taken by a thread of their own: the first asks to end in order, the second ends at once.
///
/// The signals are blocked in the calling thread, hence in every thread it starts later; `sigwait` takes them without the
/// restrictions of a signal handler.
struct TerminationSignals: Sendable {
  private let first: AsyncStream<Void>

  /// To be called first thing in `main`, before any other thread exists.
  static func watch() -> TerminationSignals {
    // A browser that goes away in the middle of an answer is no reason to end.
    signal(SIGPIPE, SIG_IGN)
    var signals = awaited()
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    Thread.detachNewThread {
      var signals = awaited()
      var received: Int32 = 0
      while sigwait(&signals, &received) != 0 {}
      continuation.finish()
      while sigwait(&signals, &received) != 0 {}
      _exit(128 + received)
    }
    return TerminationSignals(first: stream)
  }

  /// Returns when the program is asked to end, or the task is cancelled.
  func wait() async {
    for await _ in first {}
  }

  private static func awaited() -> sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    return signals
  }
}
