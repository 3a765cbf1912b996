/// Those who closed a page a moment ago. They count as present for a while: a page that is reloaded, or a visitor who moves on to
/// the website's next page, has not left.
struct Departures<Person: Sendable>: Sendable {
  static var grace: Int64 { 5000 }

  /// Ordered, since all wait equally long.
  private var waiting: [(person: Person, until: Int64)] = []

  mutating func add(_ person: Person, now: Int64) {
    waiting.append((person, now + Departures.grace))
  }

  /// Those whose time is over; they are gone from here on.
  mutating func due(now: Int64) -> [Person] {
    let end = waiting.firstIndex { $0.until > now } ?? waiting.count
    guard end > 0 else { return [] }
    defer { waiting.removeFirst(end) }
    return waiting[..<end].map(\.person)
  }
}
