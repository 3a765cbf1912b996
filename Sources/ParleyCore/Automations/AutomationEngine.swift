/// Follows what happens and takes runs through their steps, for as long as the program runs. There is one for a database.
///
/// It works in turns, each bounded: it is woken when something was logged for it, and by the clock when the next wait ends.
/// Between turns it does nothing.
package struct AutomationEngine: Sendable {
  /// How many runs are moved on at once: their transactions share their commits.
  private static let runsAtOnce = 64
  /// How many webhooks are called at once.
  private static let callsAtOnce = 4
  /// After a failure of the disk, and for a webhook while too many are called, in milliseconds.
  private static let pause: Int64 = 1000
  /// A wait ends by the time of day, which somebody may set meanwhile: it is looked at again after this, in milliseconds.
  private static let longestSleep: Int64 = 60_000

  private let parley: Parley
  private let call: @Sendable (WebhookRequest) async -> WebhookOutcome
  private let failed: @Sendable (ParleyError) -> Void
  private let calls = WebhookCalls(limit: callsAtOnce)

  /// - Parameters:
  ///   - call: calls a webhook; takes its time, but not more than a minute.
  ///   - failed: told of what kept a turn from being done; it is tried again.
  package init(
    _ parley: Parley, call: @escaping @Sendable (WebhookRequest) async -> WebhookOutcome,
    failed: @escaping @Sendable (ParleyError) -> Void
  ) {
    self.parley = parley
    self.call = call
    self.failed = failed
  }

  /// Returns after `stop`.
  package func run() async {
    var signals = parley.wake.signals.makeAsyncIterator()
    repeat {
      let next = await work()
      let timer = next.map(alarm(at:))
      guard await signals.next() != nil else {
        timer?.cancel()
        return
      }
      timer?.cancel()
    } while true
  }

  /// Ends it after the turn that it is in.
  package func stop() {
    parley.wake.end()
  }

  /// Works until nothing is left to do now. Answers when there will be.
  func work() async -> Int64? {
    do {
      while try await turn() {}
      return try await parley.nextAutomationMoment()
    } catch {
      failed(error)
      return parley.now() + Self.pause
    }
  }

  /// - Returns: whether there is more to do.
  private func turn() async throws(ParleyError) -> Bool {
    let hasFacts = try await parley.followFacts()
    let hasTimers = try await parley.fireTimers()
    let hasDays = try await parley.passDays()
    let due = try await parley.dueRuns(limit: Self.runsAtOnce)
    try await advance(due)
    return hasFacts || hasTimers || hasDays || !due.isEmpty
  }

  private func advance(_ runs: [Int64]) async throws(ParleyError) {
    let outcomes = await withTaskGroup(of: Result<(Int64, RunTurn), ParleyError>.self) { group in
      for run in runs {
        group.addTask {
          do throws(ParleyError) {
            return .success((run, try await parley.advance(run)))
          } catch {
            return .failure(error)
          }
        }
      }
      var outcomes: [Result<(Int64, RunTurn), ParleyError>] = []
      for await outcome in group { outcomes.append(outcome) }
      return outcomes
    }
    for outcome in outcomes {
      let (run, turn) = try outcome.get()
      if case .calls(let request) = turn { try await start(request, of: run) }
    }
    if !runs.isEmpty { try await parley.tell(of: runs) }
  }

  /// Calls a webhook beside everything else. Where too many are under way the run comes back a moment later: slow receivers hold up
  /// nobody but each other.
  private func start(_ request: WebhookRequest, of run: Int64) async throws(ParleyError) {
    let hasBegun = await calls.begin { [parley, call, failed] in
      let outcome = await call(request)
      do throws(ParleyError) {
        try await parley.called(run, request, outcome)
        parley.wake.signal()
      } catch {
        failed(error)
      }
    }
    if !hasBegun { try await parley.putOff(run, by: Self.pause) }
  }

  private func alarm(at moment: Int64) -> Task<Void, Never> {
    Task { [parley] in
      let milliseconds = min(Self.longestSleep, max(0, moment - parley.now()))
      do {
        try await Task.sleep(for: .milliseconds(milliseconds))
        parley.wake.signal()
      } catch {
        // Cancelled: something else woke it.
      }
    }
  }
}

/// How many webhooks are called at once, and no more.
actor WebhookCalls {
  private let limit: Int
  private var running = 0

  init(limit: Int) {
    self.limit = limit
  }

  /// Begins the work, which goes on by itself. Answers false, and does nothing, where too much is under way.
  func begin(_ work: @escaping @Sendable () async -> Void) -> Bool {
    guard running < limit else { return false }
    running += 1
    Task {
      await work()
      running -= 1
    }
    return true
  }
}
