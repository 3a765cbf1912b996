/// How much one visitor may ask for, over all their sockets: more than any person does, less than would hurt others.
struct VisitorLimits: Sendable {
  enum Kind: Sendable {
    case message
    /// Typing, marks, page views, history: a page sends several beside each message.
    case other
  }

  private var messages: TokenBucket
  private var others: TokenBucket

  /// Full. Both fill up within the time for which someone who left is remembered.
  init(now: Int64) {
    messages = TokenBucket(capacity: 20, perSecond: 5, now: now)
    others = TokenBucket(capacity: 60, perSecond: 20, now: now)
  }

  mutating func allow(_ kind: Kind, now: Int64) -> Bool {
    switch kind {
    case .message: messages.take(now: now)
    case .other: others.take(now: now)
    }
  }
}
