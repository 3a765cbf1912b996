/// What a visitor and the team say to each other from a question to its completion.
package struct Conversation: Sendable, Hashable, Codable {
  package enum Status: String, Sendable, Hashable, Codable {
    case open, completed
  }

  /// Who said something, as lists show it.
  package enum Side: String, Sendable, Hashable, Codable {
    case visitor, agent
  }

  package var id: Int64
  package var status: Status
  /// The agent who answers it.
  @Nullable package var assigneeID: Int64?
  /// Its place in the list, newest first; the number of the event that moved it there.
  package var activity: Int64
  /// The number of the last entry of the thread, of whatever kind.
  package var lastNumber: Int64
  /// The number of the last text by visitor or agent: it is unread for who has not read so far.
  package var lastTextNumber: Int64
  /// What the asking agent has read; absent where nobody in particular asks.
  package var readNumber: Int64?
  package var agentsSeenNumber: Int64
  package var visitorSeenNumber: Int64
  /// The last text by visitor or agent, no note, at most `Conversation.lastTextLimit` characters.
  package var lastText: String
  package var lastAuthor: Side
  /// The agent who wrote it, when an agent did.
  @Nullable package var lastAgentID: Int64?
  /// When that was written. Milliseconds since 1970 UTC, as all times are.
  package var lastAt: Int64
  package var createdAt: Int64
  package var siteID: Int64
  package var visitorID: Int64
  /// The contact's if linked, else what the visitor gave, else empty.
  package var name: String
  package var email: String
  package var pageURL: String
  package var pageTitle: String
  /// As of when it was read.
  package var online: Bool

  static let lastTextLimit = 140

  /// The beginning of a text. One character can be of any number of scalars, so those are bounded as well.
  static func lastText(of text: String) -> String {
    if text.utf8.count <= lastTextLimit { return text }
    let beginning = text.prefix(lastTextLimit)
    guard beginning.unicodeScalars.count > lastTextLimit * 4 else { return String(beginning) }
    return String(beginning.unicodeScalars.prefix(lastTextLimit * 4))
  }
}

/// How many conversations there are of a status with an assignee, or with none.
package struct CountRow: Sendable, Hashable, Codable {
  package var status: Conversation.Status
  @Nullable package var assigneeID: Int64?
  package var count: Int
}
