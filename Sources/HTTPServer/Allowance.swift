/// A rate that allows a burst: `burst` at once, and as many again over `period`. A pure value that is told the time; it keeps one moment.
struct Allowance: Sendable {
  /// Of one, in nanoseconds.
  private let cost: Int64
  private let period: Duration
  /// When everything taken so far is made up for.
  private var settledAt: Moment

  init(burst: Int, over period: Duration, at now: Moment) {
    self.period = period
    cost = max(1, Int64(period / .nanoseconds(1)) / Int64(max(1, burst)))
    settledAt = now
  }

  /// Takes `count`, or false if that is more than there is.
  mutating func take(_ count: Int, at now: Moment) -> Bool {
    let (debt, isBeyond) = cost.multipliedReportingOverflow(by: Int64(count))
    let settled = max(settledAt, now)
    guard !isBeyond, (settled + .nanoseconds(debt)) - now <= period else { return false }
    settledAt = settled + .nanoseconds(debt)
    return true
  }
}
