import Dispatch
import Glibc
import Synchronization

/// SIGINT and SIGTERM: the first asks to end in order, the second ends at once.
///
/// By dispatch sources, since blocking the signals and waiting for them in a thread of one's own is not open to a program with
/// an asynchronous `main`: the thread in which the runtime parks takes every signal (libdispatch's `dispatch_main` waits in
/// `sigsuspend` with an empty mask), and there its default would end the process.
struct TerminationSignals: Sendable {
  private let first: AsyncStream<Void>

  static func watch() -> TerminationSignals {
    // A browser that goes away in the middle of an answer is no reason to end.
    signal(SIGPIPE, SIG_IGN)
    // A write behind the limit of a file is an error of that write, not the end of the process.
    signal(SIGXFSZ, SIG_IGN)
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    let queue = DispatchQueue(label: "signals")
    for number in [SIGINT, SIGTERM] {
      // A source sees also what is ignored; without this the default would end the process before it does.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        // Watched for as long as the process lives.
        withExtendedLifetime(source) {}
        if isEnding.exchange(true, ordering: .relaxed) { _exit(128 + number) }
        continuation.finish()
      }
      source.resume()
    }
    return TerminationSignals(first: stream)
  }

  private static let isEnding = Atomic(false)

  /// Returns when the program is asked to end, or the task is cancelled.
  func wait() async {
    for await _ in first {}
  }
}
