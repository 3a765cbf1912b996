/// Who is there, by their open sockets. Who closes the last one is still there for a moment: a page that is reloaded, or that
/// moves on to the site's next page, is no departure.
struct Attendance<Person: Hashable & Sendable>: Sendable {
  static var grace: Int64 { 5000 }

  private var sockets: [Person: Int] = [:]
  private var departures: [Person: Int64] = [:]

  /// Whether they were away until now.
  mutating func arrive(_ person: Person) -> Bool {
    sockets[person, default: 0] += 1
    let wasLeaving = departures.removeValue(forKey: person) != nil
    return sockets[person] == 1 && !wasLeaving
  }

  mutating func leave(_ person: Person, now: Int64) {
    guard let count = sockets[person] else { return }
    if count > 1 {
      sockets[person] = count - 1
    } else {
      sockets[person] = nil
      departures[person] = now + Attendance.grace
    }
  }

  /// Those who did not come back in time; they are away from now on.
  mutating func expire(now: Int64) -> [Person] {
    guard !departures.isEmpty else { return [] }
    let gone = departures.filter { $0.value <= now }.map(\.key)
    for person in gone { departures[person] = nil }
    return gone
  }

  func isPresent(_ person: Person) -> Bool {
    sockets[person] != nil || departures[person] != nil
  }

  var present: [Person] { Array(sockets.keys) + departures.keys }
}
