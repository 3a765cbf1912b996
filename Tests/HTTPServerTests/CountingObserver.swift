import HTTPServer
import HTTPWire
import Synchronization

/// Remembers what it hears.
final class CountingObserver: ServerObserver {
  private struct State {
    var accepted = 0
    var closed = 0
    var received = 0
    var sent = 0
    var records: [RequestRecord] = []
    var refusals: [Refusal] = []
    var webSocketsOpened = 0
    var closeCodes: [CloseCode?] = []
    var overflows = 0
  }

  /// Passed once a connection was closed.
  let firstClosed = Gate()
  /// Passed once an outbox overflowed.
  let firstOverflow = Gate()
  private let state = Mutex(State())

  var accepted: Int { state.withLock { $0.accepted } }
  var closed: Int { state.withLock { $0.closed } }
  var octets: [Int] { state.withLock { [$0.received, $0.sent] } }
  var records: [RequestRecord] { state.withLock { $0.records } }
  var refusals: [Refusal] { state.withLock { $0.refusals } }
  var webSocketsOpened: Int { state.withLock { $0.webSocketsOpened } }
  var closeCodes: [CloseCode?] { state.withLock { $0.closeCodes } }
  var overflows: Int { state.withLock { $0.overflows } }

  func connectionAccepted() { state.withLock { $0.accepted += 1 } }

  func connectionClosed(received: Int, sent: Int) {
    state.withLock { state in
      state.closed += 1
      state.received += received
      state.sent += sent
    }
    firstClosed.open()
  }

  func requestCompleted(_ record: RequestRecord) { state.withLock { $0.records.append(record) } }
  func requestRefused(_ refusal: Refusal) { state.withLock { $0.refusals.append(refusal) } }
  func webSocketOpened() { state.withLock { $0.webSocketsOpened += 1 } }
  func webSocketClosed(code: CloseCode?) { state.withLock { $0.closeCodes.append(code) } }

  func outboxOverflowed() {
    state.withLock { $0.overflows += 1 }
    firstOverflow.open()
  }
}
