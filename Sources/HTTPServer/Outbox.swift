package import HTTPWire
import Synchronization

/// What waits to be sent to one WebSocket: bounded in octets and in frames. Offers come from any thread and never wait.
package final class Outbox: Sendable {
  private struct State {
    /// The first `head` are sent; of the next, `sentOfHead` octets are.
    var frames: [EncodedMessage] = []
    var head = 0
    var sentOfHead = 0
    var bytes = 0
    /// Frames from `head` on that the connection is giving to the kernel right now.
    var inFlight = 0
    var isScheduled = false
    /// Set by the first who closes; the close frame then stands last, and nothing more is taken.
    var closing: CloseCode?
    var hasOverflowed = false

    var waiting: Int { frames.count - head }
  }

  private let maxBytes: Int
  private let maxFrames: Int
  private let socket: Socket
  private let state = Mutex(State())

  init(limits: WebSocketLimits, socket: Socket) {
    maxBytes = limits.outboxBytes
    maxFrames = limits.outboxFrames
    self.socket = socket
  }

  // MARK: From any thread

  /// Puts a message behind the others. False if the socket is closing or closed, or if the message would exceed a bound: then the
  /// socket is closed as lagging, 4408, and what waited is dropped. A message for an empty outbox is taken whatever its length.
  @discardableResult
  package func offer(_ message: EncodedMessage) -> Bool {
    let (isTaken, mustSchedule) = state.withLock { state in
      guard state.closing == nil else { return (false, false) }
      let fits = state.bytes + message.count <= maxBytes && state.waiting < maxFrames
      if fits || state.waiting == 0 {
        append(message, to: &state)
        return (true, schedule(&state))
      }
      closeAsLagging(&state)
      return (false, true)
    }
    if mustSchedule { socket.loop.scheduleFlush(socket) }
    return isTaken
  }

  /// Begins to close the socket, once what waits was sent. The first code counts.
  package func close(_ code: CloseCode) {
    begin { close(code, &$0) }
  }

  /// The peer makes no progress: closes as lagging, as if a bound were exceeded.
  func overflow() {
    begin { closeAsLagging(&$0) }
  }

  /// The connection is told even if it waits for the kernel: from here on the end has a deadline.
  private func begin(_ closing: (inout State) -> Void) {
    let isFirst = state.withLock { state in
      guard state.closing == nil else { return false }
      closing(&state)
      return true
    }
    if isFirst { socket.loop.scheduleFlush(socket) }
  }

  private func append(_ message: EncodedMessage, to state: inout State) {
    state.frames.append(message)
    state.bytes += message.count
  }

  private func close(_ code: CloseCode, _ state: inout State) {
    state.closing = code
    append(EncodedMessage(frame: FrameEncoder.close(code)), to: &state)
  }

  /// Drops what waits, but not frames whose octets were sent or are being sent: the peer would take what follows for the rest of them.
  private func closeAsLagging(_ state: inout State) {
    let kept = max(state.inFlight, state.sentOfHead > 0 ? 1 : 0)
    state.frames = Array(state.frames[state.head...].prefix(kept))
    state.head = 0
    state.bytes = state.frames.reduce(-state.sentOfHead) { $0 + $1.count }
    state.hasOverflowed = true
    close(.lagging, &state)
  }

  private func schedule(_ state: inout State) -> Bool {
    defer { state.isScheduled = true }
    return !state.isScheduled
  }

  // MARK: From the connection

  /// Why the socket is closing, if it is.
  var closing: CloseCode? { state.withLock { $0.closing } }
  var hasOverflowed: Bool { state.withLock { $0.hasOverflowed } }
  var isEmpty: Bool { state.withLock { $0.waiting == 0 } }

  /// Whether half of the bounds is free: the other half is for those who cannot wait.
  var hasRoom: Bool {
    state.withLock { $0.closing != nil || $0.bytes <= maxBytes / 2 && $0.waiting <= maxFrames / 2 }
  }

  /// Copies the next octets to be sent to `buffer`, as many as it has room for, and returns how many; they stay here until ``sent(_:)``.
  func gather(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    state.withLock { state in
      var count = 0
      var offset = state.sentOfHead
      state.inFlight = 0
      while count < buffer.count, state.head + state.inFlight < state.frames.count {
        let frame = state.frames[state.head + state.inFlight].frame
        let part = min(frame.count - offset, buffer.count - count)
        frame.withUnsafeBytes {
          UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<(offset + part)]))
        }
        count += part
        offset = 0
        state.inFlight += 1
      }
      return count
    }
  }

  /// Takes away what the kernel took. Returns whether something is left.
  func sent(_ count: Int) -> Bool {
    state.withLock { state in
      state.inFlight = 0
      state.bytes -= count
      var rest = count + state.sentOfHead
      while state.head < state.frames.count, rest >= state.frames[state.head].count {
        rest -= state.frames[state.head].count
        state.head += 1
      }
      state.sentOfHead = rest
      if state.head == state.frames.count {
        // `removeAll` costs more than to take a few.
        if state.frames.count > 16 { state.frames = [] }
        while state.frames.popLast() != nil {}
        state.head = 0
        state.isScheduled = false
      } else if state.head >= 64, state.head * 2 >= state.frames.count {
        state.frames.removeFirst(state.head)
        state.head = 0
      }
      return state.waiting > 0
    }
  }

  /// Drops everything: the connection is gone.
  func end() {
    state.withLock { state in
      if state.closing == nil { state.closing = .goingAway }
      state.frames = []
      state.head = 0
      state.sentOfHead = 0
      state.bytes = 0
    }
  }
}
