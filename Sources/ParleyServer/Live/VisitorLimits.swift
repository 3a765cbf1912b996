/// How much one visitor may ask for, over all their sockets: more than any person does, less than would hurt others.
struct VisitorLimits: Sendable {
  enum Kind: Sendable {
    case message
    /// A page tells it again after four seconds.
    case typing
    /// Marks, page views, history, heartbeats: a page sends several beside each message.
    case other
  }

  private var messages: TokenBucket
  private var typing: TokenBucket
  private var others: TokenBucket
  private var refusals: TokenBucket

  /// Full. All fill up within the time for which someone who left is remembered.
  init(now: Int64) {
    messages = TokenBucket(capacity: 20, perSecond: 5, now: now)
    typing = TokenBucket(capacity: 20, perSecond: 2, now: now)
    others = TokenBucket(capacity: 60, perSecond: 20, now: now)
    refusals = TokenBucket(capacity: 100, perSecond: 10, now: now)
  }

  mutating func ask(for kind: Kind, now: Int64) -> Verdict {
    let isGranted =
      switch kind {
      case .message: messages.take(now: now)
      case .typing: typing.take(now: now)
      case .other: others.take(now: now)
      }
    guard !isGranted else { return .granted }
    return refusals.take(now: now) ? .refused : .flood
  }
}
