import Synchronization

/// Lets tasks wait, without blocking a thread, until a number of threads have ended.
final class Countdown: Sendable {
  private struct State {
    var remaining: Int
    var waiters: [UnsafeContinuation<Void, Never>] = []
  }

  private let state: Mutex<State>

  init(_ count: Int) {
    state = Mutex(State(remaining: count))
  }

  func count() {
    let released = state.withLock { state -> [UnsafeContinuation<Void, Never>] in
      state.remaining -= 1
      guard state.remaining == 0 else { return [] }
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in released { waiter.resume() }
  }

  func wait() async {
    await withUnsafeContinuation { waiter in
      let isOver = state.withLock { state in
        if state.remaining > 0 { state.waiters.append(waiter) }
        return state.remaining == 0
      }
      if isOver { waiter.resume() }
    }
  }
}
