import HTTPWire

/// Where a WebSocket stands between its handshake and its end, and what is due when. A pure value: it is told the time.
struct WebSocketLifecycle: Sendable {
  enum Phase: Hashable, Sendable {
    case open
    /// We said close, or are about to; the peer's word is awaited.
    case closing
    /// The peer said close, or broke the protocol so that nothing more from it counts; what waits for it is still sent.
    case finishing
    /// Nothing can be sent any more.
    case ended
  }

  enum Action: Hashable, Sendable {
    case nothing
    case ping
    /// The peer is dead, or does not take part in the closing: the connection is dropped.
    case cutOff
  }

  private(set) var phase = Phase.open
  /// The code that ended it: ours or the peer's, whichever came first.
  private(set) var code: CloseCode?
  /// When ``deadlinePassed(at:)`` is to be called.
  private(set) var deadline: Moment
  private let idlePing: Duration
  private let closing: Duration
  private var isPinged = false

  init(limits: WebSocketLimits, at now: Moment) {
    idlePing = limits.idlePing
    closing = limits.closing
    deadline = now + limits.idlePing
  }

  /// Octets came from the peer: it lives.
  mutating func heard(at now: Moment) {
    guard phase == .open else { return }
    isPinged = false
    deadline = now + idlePing
  }

  /// We close.
  mutating func close(_ code: CloseCode, at now: Moment) {
    guard phase == .open else { return }
    self.code = code
    phase = .closing
    deadline = now + closing
  }

  /// The peer closes, or what it sent cannot be understood.
  mutating func peerClosed(_ code: CloseCode?, at now: Moment) {
    switch phase {
    case .open:
      self.code = code
      deadline = now + closing
      phase = .finishing
    case .closing:
      phase = .finishing
    case .finishing, .ended:
      return
    }
  }

  /// The connection broke.
  mutating func ended() {
    phase = .ended
  }

  mutating func deadlinePassed(at now: Moment) -> Action {
    guard now >= deadline else { return .nothing }
    switch phase {
    case .open where !isPinged:
      isPinged = true
      deadline = now + idlePing
      return .ping
    case .open, .closing, .finishing:
      phase = .ended
      return .cutOff
    case .ended:
      return .nothing
    }
  }
}
