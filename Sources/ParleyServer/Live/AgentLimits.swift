/// How much an inbox may send on a socket: more than it does however fast somebody types and reads, less than would hurt others.
struct AgentLimits: Sendable {
  private var commands: TokenBucket
  /// Each is told to every inbox; a page tells it again after four seconds.
  private var typing: TokenBucket
  private var refusals: TokenBucket

  init(now: Int64) {
    commands = TokenBucket(capacity: 2000, perSecond: 200, now: now)
    typing = TokenBucket(capacity: 40, perSecond: 5, now: now)
    refusals = TokenBucket(capacity: 100, perSecond: 10, now: now)
  }

  mutating func ask(for command: ClientCommand, now: Int64) -> Verdict {
    guard commands.take(now: now) else { return .flood }
    guard case .typing = command, !typing.take(now: now) else { return .granted }
    return refusals.take(now: now) ? .refused : .flood
  }
}
