import Foundation
import Glibc
import Synchronization

/// Carries the log's lines to a file descriptor on a thread of its own, so that a terminal or pipe that does not keep up never
/// delays a request. What does not fit in the buffer is dropped and counted.
package final class LogSink: Sendable {
  private struct State {
    var pending: [UInt8] = []
    var dropped = 0
    var isClosed = false
  }

  private static let limit = 1 << 20

  private let descriptor: Int32
  private let state = Mutex(State())
  private let wake = DispatchSemaphore(value: 0)
  private let idle = DispatchSemaphore(value: 0)

  package init(descriptor: Int32) {
    self.descriptor = descriptor
    Thread.detachNewThread { [self] in run() }
  }

  /// Lines that were dropped since the start because the buffer was full.
  package var dropped: Int { state.withLock { $0.dropped } }

  func append(_ line: [UInt8]) {
    let isFirst = state.withLock { state in
      guard !state.isClosed, state.pending.count + line.count <= LogSink.limit else {
        state.dropped += 1
        return false
      }
      let isFirst = state.pending.isEmpty
      state.pending += line
      return isFirst
    }
    if isFirst { wake.signal() }
  }

  /// Writes what is pending and ends the thread. Lines that come later are dropped. Blocks until that is done.
  package func close() {
    let isFirst = state.withLock { state in
      defer { state.isClosed = true }
      return !state.isClosed
    }
    guard isFirst else { return }
    wake.signal()
    idle.wait()
  }

  private func run() {
    var isRunning = true
    while isRunning {
      wake.wait()
      let (lines, isClosed) = state.withLock { state in
        let lines = state.pending
        state.pending = []
        return (lines, state.isClosed)
      }
      writeAll(lines)
      isRunning = !isClosed
    }
    idle.signal()
  }

  private func writeAll(_ bytes: [UInt8]) {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        // Nobody reads the log any more, and there is nowhere to say so.
        return
      }
      written += count
    }
  }
}
