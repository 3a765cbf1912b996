import Glibc
import HTTPWire
import Synchronization

/// One thread that waits for its sockets and runs the jobs of the actors that are pinned to it.
///
/// It is also the executor that its connections' tasks prefer: a continuation resumes its task by way of the preferred executor, which
/// without this is the pool of other threads, twice a request.
///
/// A turn is: wait until something is ready; tell the sockets; run the jobs that this made ready; send what the outboxes gathered
/// meanwhile. Jobs may be enqueued from any thread; everything else, as marked, belongs to the loop's own thread.
final class EventLoop: SerialExecutor, TaskExecutor, Sendable {
  private struct Shared {
    var jobs: [UnownedJob] = []
    var calls: [@Sendable () -> Void] = []
    var flushes: [Socket] = []
    var isWaiting = false
    var isStopping = false

    var isEmpty: Bool { jobs.isEmpty && calls.isEmpty && flushes.isEmpty && !isStopping }
  }

  private let poller: Poller
  private let shared = Mutex(Shared())
  /// The thread, as `pthread_self` tells it; 0 before it runs.
  private let thread = Atomic<UInt>(0)

  // Belongs to the loop's thread: only `state` below, which asserts that, reaches it.
  private nonisolated(unsafe) let confined = LoopState()

  init() throws(ServerError) {
    poller = try Poller()
  }

  /// What belongs to the loop's thread.
  var state: LoopState {
    assert(isCurrent, "a loop's state belongs to its thread")
    return confined
  }

  var isCurrent: Bool { thread.load(ordering: .relaxed) == UInt(pthread_self()) }

  // MARK: From any thread

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    add { $0.jobs.append(job) }
  }

  /// Runs `call` on the loop's thread, soon.
  func execute(_ call: @escaping @Sendable () -> Void) {
    add { $0.calls.append(call) }
  }

  /// Lets the user of `socket` send what it gathered, at the end of this turn.
  func scheduleFlush(_ socket: Socket) {
    add { $0.flushes.append(socket) }
  }

  /// Lets ``run()`` return after the turn that is under way.
  func stop() {
    add { $0.isStopping = true }
  }

  func checkIsolated() {
    precondition(isCurrent, "not on this loop's thread")
  }

  func isIsolatingCurrentContext() -> Bool? { isCurrent }

  private func add(_ change: (inout Shared) -> Void) {
    let mustWake = shared.withLock { shared in
      change(&shared)
      defer { shared.isWaiting = false }
      return shared.isWaiting
    }
    if mustWake { poller.wakeUp() }
  }

  // MARK: On the loop's thread

  /// Runs the loop on the calling thread until ``stop()``.
  func run() {
    thread.store(UInt(pthread_self()), ordering: .relaxed)
    var jobs: [UnownedJob] = []
    var flushes: [Socket] = []
    while !shared.withLock({ $0.isStopping }) {
      waitForEvents()
      // Jobs make jobs. After some rounds the sockets come first again, so that no one task can starve them.
      for _ in 0..<16 {
        runCalls()
        shared.withLock { swap(&jobs, &$0.jobs) }
        if jobs.isEmpty { break }
        for job in jobs {
          job.runSynchronously(
            isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
        }
        jobs.removeAll(keepingCapacity: true)
      }
      shared.withLock { swap(&flushes, &$0.flushes) }
      for socket in flushes { socket.onFlush?() }
      flushes.removeAll(keepingCapacity: true)
    }
    thread.store(0, ordering: .relaxed)
  }

  func watchConnection(_ socket: Socket) -> Bool {
    guard poller.watchConnection(socket.descriptor) else { return false }
    state.add(.socket(socket), at: socket.descriptor)
    return true
  }

  func watchListener(_ listener: Listener) -> Bool {
    guard poller.watchListener(listener.descriptor) else { return false }
    state.add(.listener(listener), at: listener.descriptor)
    return true
  }

  private func waitForEvents() {
    let deadline = state.deadlines.next
    let mayWait = shared.withLock { shared in
      shared.isWaiting = shared.isEmpty
      return shared.isWaiting
    }
    var milliseconds: Int32 = mayWait ? -1 : 0
    if mayWait, let deadline {
      let nanoseconds = deadline.nanoseconds - Moment.now().nanoseconds
      // Rounded up, so that what is awaited is due when the wait ends.
      milliseconds = Int32(clamping: max(0, (nanoseconds + 999_999) / 1_000_000))
    }
    poller.wait(milliseconds: milliseconds) { [state] descriptor, readiness in
      state.isReady(descriptor, readiness)
    }
    shared.withLock { $0.isWaiting = false }
    state.readClocks()
    state.tellDue()
  }

  private func runCalls() {
    let calls = shared.withLock { shared in
      defer { shared.calls = [] }
      return shared.calls
    }
    for call in calls { call() }
  }
}
