/// Who is typing where, until they stop, or say nothing more for `lifetime`.
struct Typing: Sendable {
  enum Author: Hashable, Sendable {
    case visitor
    case agent(Int64)
  }

  struct Key: Hashable, Sendable {
    let conversationID: Int64
    let author: Author
  }

  static let lifetime: Int64 = 6000

  private var deadlines: [Key: Int64] = [:]

  /// Whether this is news to anyone: a repeated "on" only prolongs.
  mutating func set(_ key: Key, on: Bool, now: Int64) -> Bool {
    if on {
      return deadlines.updateValue(now + Typing.lifetime, forKey: key) == nil
    }
    return deadlines.removeValue(forKey: key) != nil
  }

  /// Ends and returns what has not been renewed.
  mutating func expire(now: Int64) -> [Key] {
    let ended = deadlines.filter { $0.value <= now }.map(\.key)
    for key in ended { deadlines[key] = nil }
    return ended
  }
}
