import ParleyCore

/// Who is typing where, until they stop, or say nothing more for `lifetime`.
struct Typing: Sendable {
  struct Entry: Hashable, Sendable {
    enum Author: Hashable, Sendable {
      case visitor
      case agent(AgentIdentity)
    }

    let conversationID: Int64
    /// Whose conversation it is.
    let visitor: VisitorKey
    let author: Author
  }

  static let lifetime: Int64 = 6000

  private var deadlines: [Entry: Int64] = [:]

  /// Whether this is news to anyone: a repeated "on" only prolongs.
  mutating func set(_ entry: Entry, on: Bool, now: Int64) -> Bool {
    if on {
      return deadlines.updateValue(now + Typing.lifetime, forKey: entry) == nil
    }
    return deadlines.removeValue(forKey: entry) != nil
  }

  /// Ends and returns what the author of a message was typing in its conversation: now it is said.
  mutating func end(in conversationID: Int64, where isAuthor: (Entry.Author) -> Bool) -> [Entry] {
    guard !deadlines.isEmpty else { return [] }
    let ended = deadlines.keys.filter { $0.conversationID == conversationID && isAuthor($0.author) }
    for entry in ended { deadlines[entry] = nil }
    return ended
  }

  /// Ends and returns what has not been renewed.
  mutating func expire(now: Int64) -> [Entry] {
    guard !deadlines.isEmpty else { return [] }
    let ended = deadlines.filter { $0.value <= now }.map(\.key)
    for entry in ended { deadlines[entry] = nil }
    return ended
  }
}
