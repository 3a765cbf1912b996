import Glibc

/// Whose socket it is: told by the loop, on its thread.
protocol SocketUser: AnyObject {
  /// Sends what was gathered: at the end of a turn for which that was asked, and when the kernel takes more.
  func flush()
  /// The server shuts down.
  func drain()
  /// A wait ended that holds no task: see ``Socket/tellWhenReadable(by:)``.
  func wake(_ wake: Socket.Wake)
}

/// A connection's socket, on its loop: non-blocking calls, and waits that end when the kernel says so, at a deadline, or when
/// somebody interrupts them.
// Unchecked: all that changes belongs to the thread of `loop`; each entry asserts that it runs there, and each wait resumes there,
// since who waits is pinned to the same loop.
final class Socket: @unchecked Sendable {
  enum Received {
    /// Octets lie at the beginning of the loop's scratch buffer, until the next wait.
    case bytes(Int)
    /// The peer sends no more.
    case ended
    case failed
    case timedOut
    case interrupted
  }

  enum Wake {
    case ready
    case timedOut
    case interrupted
  }

  /// Who waits for octets.
  enum Reader {
    case task(UnsafeContinuation<Wake, Never>)
    case user
  }

  let loop: EventLoop
  let descriptor: Int32
  let generation: UInt32
  /// Kept until the socket is closed.
  var user: (any SocketUser)?
  /// Octets that the kernel gave and took.
  private(set) var receivedCount = 0
  private(set) var sentCount = 0
  private(set) var isOpen = true
  /// Whether the kernel would take more, as far as is known.
  private(set) var isWritable = true
  private var isReadable = false
  /// The turn of the loop in which the whole of its buffer was filled from here.
  private var filledIn: UInt64?
  private var peerEnded = false
  private var reader: (who: Reader, deadline: Moment?)?
  /// Whether who waits there does so for time to pass, not for octets.
  private var isPaused = false
  private var writer: (continuation: UnsafeContinuation<Wake, Never>, deadline: Moment?)?
  /// The earliest moment at which the loop will look at this socket's deadlines.
  private var armedAt: Moment?

  /// Takes over `descriptor`. Must be called on the loop's thread.
  init(_ descriptor: Int32, on loop: EventLoop) {
    self.descriptor = descriptor
    self.loop = loop
    generation = loop.state.nextGeneration()
  }

  // MARK: Receiving

  /// Receives octets into the loop's scratch buffer, waiting for them until `deadline`.
  func receive(by deadline: Moment?) async -> Received {
    while true {
      if let received = receiveNow() { return received }
      let wake = await withUnsafeContinuation { awaitReadable(.task($0), by: deadline) }
      if let received = received(by: wake) { return received }
    }
  }

  /// Receives what is there into the loop's scratch buffer; nil if nothing is, or if it is the others' turn: who sends faster than it is
  /// read must not keep the loop for itself.
  func receiveNow() -> Received? {
    assert(loop.isCurrent)
    guard isOpen else { return .failed }
    while isReadable, filledIn != loop.state.turn {
      let scratch = loop.state.scratch
      let count = recv(descriptor, scratch.baseAddress, scratch.count, 0)
      if count > 0 {
        receivedCount += count
        // The kernel tells each change once: a full buffer may have left something behind, and the end is still to be seen.
        isReadable = count == scratch.count || peerEnded
        if count == scratch.count { filledIn = loop.state.turn }
        return .bytes(count)
      }
      if count == 0 { return .ended }
      switch errno {
      case EAGAIN: isReadable = false
      case EINTR: continue
      default: return .failed
      }
    }
    return nil
  }

  /// What a wait that ended so means for who wanted to receive; nil to try again.
  func received(by wake: Wake) -> Received? {
    switch wake {
    case .ready: nil
    case .timedOut: .timedOut
    case .interrupted: .interrupted
    }
  }

  /// Waits for octets without a task that does: the user is told the end of the wait, once.
  func tellWhenReadable(by deadline: Moment?) {
    awaitReadable(.user, by: deadline)
  }

  /// Waits until the others on the loop have had their turn, or somebody interrupts the reader.
  func waitForNextTurn() async {
    _ = await withUnsafeContinuation { awaitNextTurn(.task($0)) }
  }

  /// The same for who keeps no task that waits.
  func tellNextTurn() {
    awaitNextTurn(.user)
  }

  /// Lets `who` be told when octets are there to be received, or at the deadline.
  func awaitReadable(_ who: Reader, by deadline: Moment?) {
    assert(reader == nil, "one at a time reads a socket")
    reader = (who, deadline)
    arm(deadline)
    // The kernel does not tell again what it has told.
    if isReadable { loop.state.awaitNextTurn(self) }
  }

  private func awaitNextTurn(_ who: Reader) {
    assert(reader == nil, "one at a time reads a socket")
    reader = (who, nil)
    loop.state.awaitNextTurn(self)
  }

  /// Waits until `deadline`, whatever comes meanwhile, or until somebody interrupts the reader.
  func pause(until deadline: Moment) async {
    isPaused = true
    _ = await withUnsafeContinuation { continuation in
      assert(reader == nil, "one at a time reads a socket")
      reader = (.task(continuation), deadline)
      arm(deadline)
    }
    isPaused = false
  }

  /// Ends a wait for octets, if there is one.
  func interruptReader() {
    wakeReader(.interrupted)
  }

  /// Ends a wait for the kernel to take more, if there is one.
  func interruptWriter() {
    wakeWriter(.interrupted)
  }

  // MARK: Sending

  /// Gives octets to the kernel; returns how many it took, or nil if the connection is broken.
  func sendNow(_ bytes: UnsafeRawBufferPointer) -> Int? {
    assert(loop.isCurrent)
    guard isOpen else { return nil }
    while true {
      // A peer that is gone must not kill the process: MSG_NOSIGNAL.
      let count = send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
      if count >= 0 {
        sentCount += count
        isWritable = count == bytes.count
        return count
      }
      if let taken = tookNothing() { return taken }
    }
  }

  /// Gives octets of a file to the kernel, from `offset` on; returns how many it took, or nil if the connection or the file is broken.
  func sendNow(_ file: OpenFile, from offset: Int) -> Int? {
    assert(loop.isCurrent)
    guard isOpen else { return nil }
    while true {
      let count = file.send(to: descriptor, from: offset)
      // Nothing at all: the file became shorter than it was said to be.
      if count == 0 { return nil }
      if count > 0 {
        sentCount += count
        isWritable = true
        return count
      }
      if let taken = tookNothing() { return taken }
    }
  }

  /// What a failed send means: 0 if the kernel takes no more now, nil to try again; the connection is broken otherwise.
  private func tookNothing() -> Int?? {
    switch errno {
    case EAGAIN:
      isWritable = false
      return .some(0)
    case EINTR: return nil
    default: return .some(nil)
    }
  }

  /// Waits until the kernel takes more.
  func waitToSend(by deadline: Moment?) async -> Wake {
    guard !isWritable else { return .ready }
    return await withUnsafeContinuation { continuation in
      assert(writer == nil, "one at a time writes a socket")
      writer = (continuation, deadline)
      arm(deadline)
    }
  }

  // MARK: From the loop

  func becameReady(_ readiness: Poller.Readiness) {
    if readiness.contains(.writable), !isWritable {
      isWritable = true
      wakeWriter(.ready)
      user?.flush()
    }
    if !readiness.isDisjoint(with: .ended) { peerEnded = true }
    if !readiness.isDisjoint(with: [.readable, .ended]) {
      isReadable = true
      if !isPaused { wakeReader(.ready) }
    }
  }

  /// It may read again.
  func goOn() {
    wakeReader(.ready)
  }

  func deadlinePassed(armedAt moment: Moment, now: Moment) {
    if armedAt == moment { armedAt = nil }
    if let deadline = reader?.deadline, deadline <= now { wakeReader(.timedOut) }
    if let deadline = writer?.deadline, deadline <= now { wakeWriter(.timedOut) }
    arm(reader?.deadline)
    arm(writer?.deadline)
  }

  // A deadline that moves away, as with each request of a connection that is kept alive, costs nothing: the loop looks when the
  // earlier moment comes, and arms again.
  private func arm(_ deadline: Moment?) {
    guard let deadline, armedAt.map({ deadline < $0 }) ?? true else { return }
    armedAt = deadline
    loop.state.deadlines.insert(Deadlines.Token(descriptor: descriptor, generation: generation), at: deadline)
  }

  private func wakeReader(_ wake: Wake) {
    guard let waiting = reader else { return }
    reader = nil
    switch waiting.who {
    case .task(let continuation): continuation.resume(returning: wake)
    case .user: user?.wake(wake)
    }
  }

  private func wakeWriter(_ wake: Wake) {
    guard let waiting = writer else { return }
    writer = nil
    waiting.continuation.resume(returning: wake)
  }

  // MARK: The end

  /// Says that nothing more will be sent.
  func endSending() {
    Glibc.shutdown(descriptor, Int32(SHUT_WR))
  }

  /// Reads what still comes and drops it, until the peer ends too: closing while octets are unread would reset the connection, and
  /// the peer might lose what was sent last (RFC 9112 §9.6). No longer than until `deadline`, no more than `count` octets.
  func linger(until deadline: Moment, dropping count: Int = 1 << 20) async {
    endSending()
    var rest = count
    while rest > 0, loop.state.now < deadline, case .bytes(let received) = await receive(by: deadline) {
      rest -= received
    }
  }

  /// Breaks the connection: whoever waits for it sees that it ended.
  func cutOff() {
    Glibc.shutdown(descriptor, Int32(SHUT_RDWR))
  }

  /// Closes the socket. Nobody may be waiting.
  func close() {
    assert(loop.isCurrent && reader == nil && writer == nil)
    guard isOpen else { return }
    isOpen = false
    user = nil
    loop.state.remove(descriptor)
    Glibc.close(descriptor)
  }
}
