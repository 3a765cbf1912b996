import Glibc
import Synchronization

/// An HTTP/1.1 and WebSocket server.
package final class Server: Sendable {
  /// The port that it listens at.
  package var port: UInt16 { listener.port }

  private let service: Service
  private let loops: [EventLoop]
  private let listener: Listener
  private let ending = Mutex(Ending())

  private struct Ending {
    var runningLoops = 0
    var hasStarted = false
    var hasBegun = false
    var hasEnded = false
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  /// Listens; connections are taken from ``run()`` on.
  package init(
    _ configuration: ServerConfiguration, router: Router, observer: (any ServerObserver)? = nil
  ) throws(ServerError) {
    precondition(configuration.loops > 0, "a server has at least one loop")
    service = Service(configuration: configuration, router: router, observer: observer)
    var loops: [EventLoop] = []
    for _ in 0..<configuration.loops { loops.append(try EventLoop()) }
    self.loops = loops
    listener = try Listener(
      address: configuration.address, port: configuration.port, loops: loops, service: service)
    Self.raiseDescriptorLimit()
    // `sendfile` knows no MSG_NOSIGNAL: a peer that is gone must not kill the process.
    signal(SIGPIPE, SIG_IGN)
  }

  /// Serves until ``shutdown(within:)`` is done; returns at once if that was called before. To be called once.
  package func run() async {
    let mayStart = ending.withLock { ending in
      guard !ending.hasBegun else { return false }
      ending.hasStarted = true
      ending.runningLoops = loops.count
      return true
    }
    guard mayStart else { return }
    loops[0].execute { [loop = loops[0], listener] in
      // A shutdown may have been quicker.
      guard !loop.state.isDraining else { return }
      let isWatched = loop.watchListener(listener)
      precondition(isWatched, "a new epoll takes a listening socket")
    }
    for (index, loop) in loops.enumerated() { startThread(loop, index) }
    await ended()
  }

  /// Runs `body`, and lets the loops begin with what it gives them when it has given all: many small things are then done in one turn,
  /// and sent together. For what takes a moment only.
  package func together(_ body: () -> Void) {
    for loop in loops { loop.hold() }
    body()
    for loop in loops { loop.release() }
  }

  /// Stops accepting, finishes the requests that were begun, closes WebSockets with 1001; what is left at the deadline is cut off.
  /// Returns when the last connection is closed. Calling it again waits for the same end.
  package func shutdown(within deadline: Duration) async {
    let (isFirst, isRunning) = ending.withLock { ending in
      defer {
        ending.hasBegun = true
        if !ending.hasStarted { ending.hasEnded = true }
      }
      return (!ending.hasBegun, ending.hasStarted)
    }
    guard isRunning else { return listener.close() }
    guard isFirst else { return await ended() }
    loops[0].execute { [loop = loops[0], listener] in
      loop.state.remove(listener.descriptor)
      listener.close()
    }
    forEachSocket { $0.user?.drain() }
    let cutting = Task { await cutOff(after: deadline) }
    await service.allEnded()
    cutting.cancel()
    for loop in loops { loop.stop() }
    await ended()
  }

  private func cutOff(after deadline: Duration) async {
    // Cancelled when all ended in time: then nothing is left to cut off.
    guard (try? await Task.sleep(for: deadline)) != nil else { return }
    forEachSocket { $0.cutOff() }
    // Whoever waited for its socket ends now; a handler that still does not return is left behind.
    guard (try? await Task.sleep(for: .seconds(1))) != nil else { return }
    service.giveUp()
  }

  private func forEachSocket(_ body: @escaping @Sendable (Socket) -> Void) {
    for loop in loops {
      loop.execute {
        loop.state.isDraining = true
        for socket in loop.state.sockets { body(socket) }
      }
    }
  }

  private func startThread(_ loop: EventLoop, _ index: Int) {
    LoopThread.start(name: "loop-\(index)") { [self] in
      loop.run()
      loopEnded()
    }
  }

  private func loopEnded() {
    let waiters = ending.withLock { ending in
      ending.runningLoops -= 1
      guard ending.runningLoops == 0 else { return [CheckedContinuation<Void, Never>]() }
      ending.hasEnded = true
      defer { ending.waiters = [] }
      return ending.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  private func ended() async {
    await withCheckedContinuation { continuation in
      let isOver = ending.withLock { ending in
        guard !ending.hasEnded else { return true }
        ending.waiters.append(continuation)
        return false
      }
      if isOver { continuation.resume() }
    }
  }

  /// Each connection needs a descriptor, and the usual soft limit is 1,024.
  private static func raiseDescriptorLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    // If the kernel does not want this, the server works with fewer connections.
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
