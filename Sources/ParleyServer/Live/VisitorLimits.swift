/// How much one visitor's socket may ask for: more than any person does, less than would hurt others.
struct VisitorLimits: Sendable {
  private let isOn: Bool
  private var messages: TokenBucket
  /// Typing, marks, page views, history: a page sends several beside each message.
  private var others: TokenBucket

  init(isOn: Bool, now: Int64) {
    self.isOn = isOn
    messages = TokenBucket(capacity: 20, perSecond: 5, now: now)
    others = TokenBucket(capacity: 60, perSecond: 20, now: now)
  }

  mutating func allowMessage(now: Int64) -> Bool {
    !isOn || messages.take(now: now)
  }

  mutating func allowOther(now: Int64) -> Bool {
    !isOn || others.take(now: now)
  }
}
