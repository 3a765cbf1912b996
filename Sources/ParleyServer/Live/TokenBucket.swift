/// A rate limit that allows a burst: `capacity` at once, then `perSecond`.
struct TokenBucket: Sendable {
  private let capacity: Double
  private let perMillisecond: Double
  private var tokens: Double
  private var filledAt: Int64

  /// - Parameter now: milliseconds of any clock that does not go back.
  init(capacity: Int, perSecond: Int, now: Int64) {
    self.capacity = Double(capacity)
    self.perMillisecond = Double(perSecond) / 1000
    self.tokens = Double(capacity)
    self.filledAt = now
  }

  /// Takes one token; false when there is none.
  mutating func take(now: Int64) -> Bool {
    let elapsed = max(0, now - filledAt)
    tokens = min(capacity, tokens + Double(elapsed) * perMillisecond)
    filledAt = max(filledAt, now)
    guard tokens >= 1 else { return false }
    tokens -= 1
    return true
  }
}
