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
  /// What waits for the loop's thread.
  private struct Work {
    var jobs: [UnownedJob] = []
    var calls: [@Sendable () -> Void] = []
    var flushes: [Socket] = []

    var hasNoTasks: Bool { jobs.isEmpty && calls.isEmpty }

    /// `other` has no tasks; its room is used for the next ones.
    mutating func moveTasks(to other: inout Work) {
      swap(&jobs, &other.jobs)
      swap(&calls, &other.calls)
    }

    mutating func removeTasks() {
      jobs.removeAll(keepingCapacity: true)
      calls.removeAll(keepingCapacity: true)
    }
  }

  private struct Shared {
    var work = Work()
    var isWaiting = false
    var isStopping = false
    /// How many do something that will give the loop more to do: only then is it woken.
    var holds = 0

    var mayWait: Bool { work.hasNoTasks && work.flushes.isEmpty && !isStopping }
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
    add { $0.work.jobs.append(job) }
  }

  /// Runs `call` on the loop's thread, soon.
  func execute(_ call: @escaping @Sendable () -> Void) {
    add { $0.work.calls.append(call) }
  }

  /// Lets the user of `socket` send what it gathered, at the end of this turn.
  func scheduleFlush(_ socket: Socket) {
    add { $0.work.flushes.append(socket) }
  }

  /// Lets ``run()`` return after the turn that is under way.
  func stop() {
    add { $0.isStopping = true }
  }

  func checkIsolated() {
    precondition(isCurrent, "not on this loop's thread")
  }

  func isIsolatingCurrentContext() -> Bool? { isCurrent }

  /// Until ``release()`` what is added does not wake the loop.
  func hold() {
    shared.withLock { $0.holds += 1 }
  }

  func release() {
    add { $0.holds -= 1 }
  }

  private func add(_ change: (inout Shared) -> Void) {
    let mustWake = shared.withLock { shared in
      change(&shared)
      guard shared.isWaiting, shared.holds == 0, !shared.mayWait else { return false }
      shared.isWaiting = false
      return true
    }
    if mustWake { poller.wakeUp() }
  }

  // MARK: On the loop's thread

  /// Runs the loop on the calling thread until ``stop()``.
  func run() {
    thread.store(UInt(pthread_self()), ordering: .relaxed)
    var work = Work()
    repeat {
      waitForEvents()
      // Jobs make jobs. After some rounds the sockets come first again, so that no one task can starve them.
      for _ in 0..<16 {
        shared.withLock { $0.work.moveTasks(to: &work) }
        if work.hasNoTasks { break }
        runTasks(&work)
      }
    } while flush(&work)
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

  func forgetListener(_ listener: Listener) {
    poller.forget(listener.descriptor)
    state.remove(listener.descriptor)
  }

  private func waitForEvents() {
    let deadline = state.deadlines.next
    let mayWait = shared.withLock { shared in
      shared.isWaiting = shared.mayWait && !state.hasUnfinished
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
    state.beginTurn()
    state.tellDue()
  }

  private func runTasks(_ work: inout Work) {
    for call in work.calls { call() }
    for job in work.jobs {
      job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
    }
    work.removeTasks()
  }

  /// Sends what was gathered. False if the loop is to stop.
  private func flush(_ work: inout Work) -> Bool {
    let goesOn = shared.withLock { shared in
      swap(&work.flushes, &shared.work.flushes)
      return !shared.isStopping
    }
    for socket in work.flushes { socket.user?.flush() }
    work.flushes.removeAll(keepingCapacity: true)
    return goesOn
  }
}
