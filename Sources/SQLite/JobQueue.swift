import Dispatch
import Glibc
import Synchronization

/// Jobs for blocking worker threads, in order, with a bound and an end.
final class JobQueue<Job: Sendable>: Sendable {
  private struct State {
    var jobs: [Job] = []
    var head = 0
    var sleepers = 0
    var isClosed = false
  }

  private let state = Mutex(State())
  private let wake = DispatchSemaphore(value: 0)
  private let limit: Int

  init(limit: Int) {
    self.limit = limit
  }

  /// Takes a job in, or says why not: `overloaded` or `closed`.
  func add(_ job: sending Job) throws(DatabaseError) {
    let (refusal, mustWake): (DatabaseError?, Bool) = state.withLock { state in
      if state.isClosed { return (.closed, false) }
      if state.jobs.count - state.head >= limit { return (.overloaded, false) }
      state.jobs.append(job)
      guard state.sleepers > 0 else { return (nil, false) }
      state.sleepers -= 1
      return (nil, true)
    }
    if let refusal { throw refusal }
    // Only now that the lock is free: who wakes takes it first, and where it is held would spin for it instead of letting us go on.
    if mustWake { wake.signal() }
  }

  /// Waits for jobs and takes at most `count`; empty only when the queue is closed and has been emptied.
  ///
  /// - Parameter gathering: whether, once there is a job, those threads go first that share the processor and may bring more.
  func take(atMost count: Int, gathering: Bool = false) -> [Job] {
    while true {
      let taken: [Job]? = state.withLock { state in
        let waiting = state.jobs.count - state.head
        guard waiting > 0 else {
          if state.isClosed { return [] }
          state.sleepers += 1
          return nil
        }
        let end = state.head + min(waiting, count)
        let batch = Array(state.jobs[state.head..<end])
        state.head = end
        if state.head == state.jobs.count {
          state.jobs.removeAll(keepingCapacity: state.jobs.count <= 1024)
          state.head = 0
        } else if state.head >= 1024 {
          state.jobs.removeFirst(state.head)
          state.head = 0
        }
        return batch
      }
      if let taken { return taken }
      wake.wait()
      if gathering { sched_yield() }
    }
  }

  /// Refuses new jobs; those that wait are still taken, then every `take` answers empty.
  func close() {
    let sleepers = state.withLock { state in
      state.isClosed = true
      defer { state.sleepers = 0 }
      return state.sleepers
    }
    for _ in 0..<sleepers { wake.signal() }
  }
}
