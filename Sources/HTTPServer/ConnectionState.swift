/// What an HTTP connection waits for, and until when. A pure value: it is told the time.
struct ConnectionState: Sendable {
  enum Phase: Hashable, Sendable {
    /// Nothing of a next request has come.
    case idle
    case head
    case body
  }

  private(set) var phase = Phase.idle
  private(set) var deadline: Moment
  /// By when a body must be whole, once one is awaited.
  private var bodyDeadline: Moment?
  private let timeouts: Timeouts

  init(timeouts: Timeouts, at now: Moment) {
    self.timeouts = timeouts
    deadline = now + timeouts.idle
  }

  /// The next request is awaited; nothing of it has come.
  mutating func waitForRequest(at now: Moment) {
    guard phase != .idle else { return }
    phase = .idle
    deadline = now + timeouts.idle
  }

  /// A part of a head has come. The time runs from the first one: a head that comes drop by drop gains nothing.
  mutating func waitForHead(at now: Moment) {
    guard phase != .head else { return }
    phase = .head
    deadline = now + timeouts.head
  }

  /// Each part of a body gives time for the next, within the time for all of it: one that comes drop by drop ends too.
  mutating func waitForBody(at now: Moment) {
    phase = .body
    let end = bodyDeadline ?? now + timeouts.wholeBody
    bodyDeadline = end
    deadline = min(now + timeouts.body, end)
  }

  /// A request is answered: what comes next is another.
  mutating func requestEnded(at now: Moment) {
    phase = .idle
    bodyDeadline = nil
    deadline = now + timeouts.idle
  }

  /// What a passed deadline means: an idle connection is closed without a word, an unfinished request gets 408.
  var timeout: Refusal? {
    switch phase {
    case .idle: nil
    case .head, .body: .timedOut
    }
  }
}
