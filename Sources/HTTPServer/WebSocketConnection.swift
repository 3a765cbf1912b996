package import HTTPWire

/// The server's end of a WebSocket, pinned to its connection's loop.
package actor WebSocketConnection: LoopActor {
  /// Where messages to the peer are put, from any thread.
  package nonisolated let outbox: Outbox

  nonisolated let loop: EventLoop
  let service: Service
  let socket: Socket
  let limits: WebSocketLimits
  private var assembler: MessageAssembler
  private(set) var lifecycle: WebSocketLifecycle
  private var sideFrames: Allowance?
  /// Octets that were received and not yet read: in the loop's scratch buffer until the next wait, then kept here.
  private var input: Input
  /// One task waits for room at the socket, the others for that one.
  private var isWaitingForRoom = false
  private var roomWaiters: [UnsafeContinuation<Void, Never>] = []
  /// The turn of the loop in which the last message was given to the handler, and how many were in that turn.
  private var share: (turn: UInt64, count: UInt8) = (0, 0)
  /// How the handler goes on, while none of its tasks runs.
  var pause: WebSocketPause?
  /// The messages of one peer in one turn of the loop. What they lead to costs more than to read them, and others wait meanwhile.
  private static let largestShare: UInt8 = 16

  package nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  /// - Parameter leftover: what was received behind the handshake.
  init(_ socket: Socket, limits: WebSocketLimits, leftover: Input, service: Service) {
    self.socket = socket
    self.service = service
    self.limits = limits
    loop = socket.loop
    outbox = Outbox(limits: limits, socket: socket)
    assembler = MessageAssembler(limit: limits.messageBytes)
    lifecycle = WebSocketLifecycle(limits: limits, at: socket.loop.state.now)
    sideFrames = limits.sideFrames.map {
      Allowance(burst: $0, over: .seconds(10), at: socket.loop.state.now)
    }
    input = leftover
  }

  // MARK: For the handler

  /// The peer's next message. Pings are answered, and fragments joined, on the way. Nil once the socket is closing for whatever
  /// reason: there is nothing more to come. To be called by one task at a time.
  ///
  /// - Parameter limit: how long to wait for it; nil as well when that is over.
  package func receive(within limit: Duration? = nil) async -> WebSocketMessage? {
    let end = limit.map { loop.state.now + $0 }
    while lifecycle.phase == .open {
      if let message = takeMessage() { return message }
      guard lifecycle.phase == .open, end.map({ loop.state.now < $0 }) ?? true else { break }
      if hasUsedItsShare { await socket.waitForNextTurn() } else { await receiveMore(by: end) }
    }
    return nil
  }

  /// The peer's next message if it is there now, and if it is this peer's turn; otherwise nil, and the handler returns a
  /// ``WebSocketPause``.
  package func receiveAtHand() -> WebSocketMessage? {
    while lifecycle.phase == .open {
      if let message = takeMessage() { return message }
      guard lifecycle.phase == .open, !hasUsedItsShare, let received = socket.receiveNow() else { break }
      take(received)
    }
    return nil
  }

  /// Reads nothing for a while, or until the socket closes: of a peer that asks for more than it gets. What it sends meanwhile waits in
  /// the kernel, which slows it down. To be called by the task that receives.
  package func hold(for time: Duration) async {
    guard lifecycle.phase == .open else { return }
    await socket.pause(until: loop.state.now + time)
  }

  /// Sends a message, waiting for room in the outbox: for what is long, such as a replay. False if the socket is closing. A peer that
  /// takes nothing for the time of ``WebSocketLimits/idlePing`` is closed as lagging.
  @discardableResult
  package nonisolated func send(_ message: EncodedMessage) async -> Bool {
    while !outbox.hasRoom { await waitForRoom() }
    return outbox.offer(message)
  }

  /// Begins to close the socket, once what waits was sent. The first code counts.
  package nonisolated func close(_ code: CloseCode) {
    outbox.close(code)
  }

  // MARK: Receiving

  /// Whether more is at hand, and it is the others' turn.
  var hasUsedItsShare: Bool { share == (loop.state.turn, Self.largestShare) && !input.isEmpty }

  /// The next message that was received whole, unless it is the others' turn. What is behind it is kept: others receive next.
  private func takeMessage() -> WebSocketMessage? {
    guard !input.isEmpty else { return nil }
    defer { input.keep(from: loop.state.scratch) }
    guard !hasUsedItsShare, let message = nextMessage() else { return nil }
    share = (loop.state.turn, share.turn == loop.state.turn ? min(share.count + 1, Self.largestShare) : 1)
    return message
  }

  private func nextMessage() -> WebSocketMessage? {
    while lifecycle.phase != .finishing {
      switch nextEvent() {
      case .message(let message): return message
      case .ping(let payload): outbox.offer(EncodedMessage(frame: FrameEncoder.encode(.pong, payload)))
      case .pong: continue
      case .close(let code):
        lifecycle.peerClosed(code, at: loop.state.now)
        // RFC 6455 §5.5.1: answered with the code that was received.
        outbox.close(code ?? .normal)
      case nil: return nil
      }
    }
    return nil
  }

  /// An error, or a flood, closes the socket with its code.
  private func nextEvent() -> MessageAssembler.Event? {
    do throws(FrameError) {
      let event = try input.read(from: loop.state.scratch) { bytes, offset throws(FrameError) in
        try assembler.next(in: &bytes, at: &offset)
      }
      if sideFrames?.take(assembler.takeSideFrames(), at: loop.state.now) == false {
        giveUp(.policyViolation)
        return nil
      }
      return event
    } catch {
      giveUp(CloseCode(error))
      return nil
    }
  }

  /// What the peer sends counts no more.
  private func giveUp(_ code: CloseCode) {
    lifecycle.peerClosed(code, at: loop.state.now)
    outbox.close(code)
  }

  /// Waits for octets, until the next deadline of the protocol or `end`.
  // Inlined, since each asynchronous call costs a look at the executor.
  @inline(__always)
  private func receiveMore(by end: Moment? = nil) async {
    let deadline = end.map { min($0, lifecycle.deadline) } ?? lifecycle.deadline
    while true {
      if let received = socket.receiveNow() { return take(received) }
      let wake = await withUnsafeContinuation { socket.awaitReadable(.task($0), by: deadline) }
      if let received = socket.received(by: wake) { return take(received) }
    }
  }

  func take(_ received: Socket.Received) {
    switch received {
    case .bytes(let count):
      input = Input(received: count)
      lifecycle.heard(at: loop.state.now)
    case .ended, .failed:
      end()
    case .timedOut:
      switch lifecycle.deadlinePassed(at: loop.state.now) {
      case .nothing: return
      case .ping: outbox.offer(EncodedMessage(frame: FrameEncoder.encode(.ping, [])))
      case .cutOff: end()
      }
    case .interrupted:
      return
    }
  }

  // MARK: Sending

  /// Gives the kernel what the outbox holds, in as few calls as it takes. Called by the loop at the end of a turn in which something
  /// was offered, and when the kernel takes more.
  func sendGathered() {
    guard lifecycle.phase != .ended else { return }
    if let code = outbox.closing, lifecycle.phase == .open {
      lifecycle.close(code, at: loop.state.now)
      socket.interruptReader()
    }
    let buffer = loop.state.outgoing
    while socket.isWritable {
      let count = outbox.gather(into: buffer)
      guard count > 0 else { break }
      guard let sent = socket.sendNow(UnsafeRawBufferPointer(rebasing: buffer[..<count])) else {
        end()
        socket.interruptReader()
        return
      }
      guard outbox.sent(sent) else { break }
    }
    // Who waits for the end of the closing handshake looks again.
    if lifecycle.phase != .open, outbox.isEmpty { socket.interruptReader() }
  }

  private func waitForRoom() async {
    guard !isWaitingForRoom else {
      await withUnsafeContinuation { roomWaiters.append($0) }
      return
    }
    isWaitingForRoom = true
    sendGathered()
    if await socket.waitToSend(by: loop.state.now + limits.idlePing) == .timedOut { outbox.overflow() }
    isWaitingForRoom = false
    sendGathered()
    wakeRoomWaiters()
  }

  private func wakeRoomWaiters() {
    let waiters = roomWaiters
    roomWaiters = []
    for waiter in waiters { waiter.resume() }
  }

  // MARK: The end

  /// Leads the closing handshake to its end, or to its deadline, and returns the code that it closed with; nil if the connection broke.
  /// Called when the handler has returned.
  func finish() async -> CloseCode? {
    outbox.close(.normal)
    sendGathered()
    while lifecycle.phase == .closing || lifecycle.phase == .finishing && !outbox.isEmpty {
      // What the peer still says counts no more; only that it closes.
      while lifecycle.phase == .closing, nextMessage() != nil {}
      guard lifecycle.phase == .closing || !outbox.isEmpty else { break }
      await receiveMore()
    }
    let isBroken = lifecycle.phase == .ended
    end()
    return isBroken ? nil : lifecycle.code
  }

  private func end() {
    lifecycle.ended()
    outbox.end()
    socket.interruptWriter()
  }
}
