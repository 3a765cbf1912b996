import Glibc
import HTTPWire

/// What an ``EventLoop`` keeps for its own thread: who waits at which descriptor, until when, the clocks, and the buffers that
/// connections borrow so that an idle one owns none.
final class LoopState {
  enum Watcher {
    case socket(Socket)
    case listener(Listener)
  }

  /// In nanoseconds.
  private static let longTurn: Int64 = 1_000_000

  /// Octets that one call receives at most.
  static let scratchCount = 64 * 1024

  /// The room of all buffers that are kept to be lent again: enough for the short answers of one turn.
  private static let largestSpareCount = 1 << 20

  /// Where received octets lie until the next wait of whoever received them.
  let scratch = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: scratchCount)
  /// Where octets are put together that one call sends.
  let outgoing = UnsafeMutableRawBufferPointer.allocate(byteCount: scratchCount, alignment: 1)
  /// The moment of this turn.
  private(set) var now = Moment.now()
  /// Counts the turns.
  private(set) var turn: UInt64 = 0
  /// The wall clock of this turn, to the second.
  private(set) var date: HTTPDate
  /// Whether the server is shutting down.
  var isDraining = false
  var deadlines = Deadlines()
  /// Those with more to be read than one turn allows.
  private var unfinished: [Socket] = []

  private var watchers: [Watcher?] = []
  private var watcherCount = 0
  private var wallSeconds: Int
  private var generation: UInt32 = 0
  private var spareBuffers: [[UInt8]] = []
  /// The octets that they have room for.
  private var spareCount = 0
  private var requestIDs = RequestIDs()

  init() {
    scratch.initialize(repeating: 0)
    wallSeconds = time(nil)
    date = HTTPDate(unixSeconds: wallSeconds)
  }

  deinit {
    scratch.deallocate()
    outgoing.deallocate()
  }

  /// The connections that are open on this loop.
  var sockets: [Socket] {
    watchers.compactMap { watcher in
      guard case .socket(let socket) = watcher else { return nil }
      return socket
    }
  }

  func add(_ watcher: Watcher, at descriptor: Int32) {
    let index = Int(descriptor)
    if index >= watchers.count {
      watchers.append(contentsOf: repeatElement(nil, count: index + 64 - watchers.count))
    }
    watchers[index] = watcher
    watcherCount += 1
  }

  /// Does nothing if nobody watches there.
  func remove(_ descriptor: Int32) {
    guard Int(descriptor) < watchers.count, watchers[Int(descriptor)] != nil else { return }
    watchers[Int(descriptor)] = nil
    watcherCount -= 1
    // A closed connection leaves its deadline behind until that is due: many short ones must not pile up.
    guard deadlines.count > 1024 + 4 * watcherCount else { return }
    deadlines.removeAll { socket(of: $0) == nil }
  }

  func nextGeneration() -> UInt32 {
    generation &+= 1
    return generation
  }

  func nextRequestID() -> String {
    requestIDs.next()
  }

  func isReady(_ descriptor: Int32, _ readiness: Poller.Readiness) {
    // An event of this turn may be for a descriptor that was closed in it.
    guard Int(descriptor) < watchers.count else { return }
    switch watchers[Int(descriptor)] {
    case .socket(let socket): socket.becameReady(readiness)
    case .listener(let listener): listener.acceptConnections()
    case nil: return
    }
  }

  /// Whether somebody has something to do in the next turn, whatever comes.
  var hasUnfinished: Bool { !unfinished.isEmpty }

  /// Lets `socket` go on reading in the next turn.
  func awaitNextTurn(_ socket: Socket) {
    unfinished.append(socket)
  }

  /// Begins a turn: reads the clocks, and lets those go on who have not finished.
  func beginTurn() {
    turn += 1
    readClocks()
    guard hasUnfinished else { return }
    let goingOn = unfinished
    unfinished = []
    for socket in goingOn { socket.goOn() }
  }

  /// Whether this turn has lasted so long that what it has for others should go to them.
  var isTurnLong: Bool { Moment.now().nanoseconds - now.nanoseconds > Self.longTurn }

  private func readClocks() {
    now = Moment.now()
    let seconds = time(nil)
    guard seconds != wallSeconds else { return }
    wallSeconds = seconds
    date = HTTPDate(unixSeconds: seconds)
  }

  func tellDue() {
    while let (moment, token) = deadlines.popDue(at: now) {
      socket(of: token)?.deadlinePassed(armedAt: moment, now: now)
    }
  }

  private func socket(of token: Deadlines.Token) -> Socket? {
    guard case .socket(let socket) = watchers[Int(token.descriptor)], socket.generation == token.generation
    else { return nil }
    return socket
  }

  /// An empty buffer that has room.
  func takeBuffer() -> [UInt8] {
    guard let buffer = spareBuffers.popLast() else { return [] }
    spareCount -= buffer.capacity
    return buffer
  }

  /// Takes a buffer back whose content is done with.
  func giveBack(_ buffer: consuming [UInt8]) {
    guard buffer.capacity > 0, buffer.capacity <= 4 * Self.scratchCount,
      spareCount + buffer.capacity <= Self.largestSpareCount
    else { return }
    buffer.removeAll(keepingCapacity: true)
    spareCount += buffer.capacity
    spareBuffers.append(buffer)
  }
}
