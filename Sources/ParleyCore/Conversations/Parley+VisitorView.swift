import SQLite

/// What a visitor gets when they open the widget: of their own messages only, in their own numbers.
package struct VisitorOpening: Sendable, Hashable {
  package enum Status: String, Sendable, Hashable, Codable {
    /// They have not written yet.
    case none
    case open, completed
  }

  /// Nil before they exist in the database. Not for the visitor.
  package var visitorID: Int64?
  /// Whether the page that they are on is another one than is known: then it is to be noted. Not for the visitor.
  package var isOnAnotherPage = false
  /// What they gave.
  package var name = ""
  package var email = ""
  /// Those who wrote to them.
  package var agents: [AgentReference] = []
  package var lastNumber: Int64 = 0
  package var seenNumber: Int64 = 0
  package var agentsSeenNumber: Int64 = 0
  package var unread = 0
  package var status = Status.none
  /// What the page has is not continued by `messages`: it should forget it.
  package var startOver = false
  package var hasEarlier = false
  package var messages: [VisitorMessage] = []
}

/// A page of what a visitor wrote and read before.
package struct VisitorHistory: Sendable, Hashable, Codable {
  /// Ascending.
  package var messages: [VisitorMessage]
  package var hasEarlier: Bool
}

extension Parley {
  private static let visitorPage: Int64 = 50

  /// What a visitor's page shows first: the messages after the last one it has, or the latest when those are more than 50.
  ///
  /// - Parameters:
  ///   - number: the last that the page has; 0 for a page that has none.
  ///   - withMessages: false while the widget is closed and only counts what is unread.
  package func opening(
    after number: Int64, withMessages: Bool, for identity: VisitorIdentity
  ) async throws(ParleyError) -> VisitorOpening {
    try await read { [presence] snapshot in
      guard let visitor = try VisitorRecords.find(identity.key, presence, in: snapshot),
        visitor.visitor.siteID == identity.siteID
      else {
        return VisitorOpening(startOver: number > 0)
      }
      let id = visitor.visitor.id
      let page = identity.page?.cleaned
      var opening = VisitorOpening(
        visitorID: id, isOnAnotherPage: page.map { !visitor.visitor.isOn($0) } ?? false,
        name: visitor.visitor.name, email: visitor.visitor.email,
        lastNumber: visitor.lastNumber, seenNumber: visitor.seenNumber)
      opening.agents = try MessageRecords.agents(whoWroteTo: id, in: snapshot)
      opening.agentsSeenNumber = try MessageRecords.agentsSeenNumber(forVisitor: id, in: snapshot)
      opening.unread = try MessageRecords.unread(
        afterVisitorNumber: visitor.seenNumber, ofVisitor: id, in: snapshot)
      opening.status = try Self.status(ofVisitor: id, presence, in: snapshot)
      guard withMessages else { return opening }
      let isContinued =
        number >= 0 && number <= visitor.lastNumber && visitor.lastNumber - number <= Self.visitorPage
      opening.startOver = !isContinued && number != 0
      let first = isContinued ? number + 1 : max(1, visitor.lastNumber - Self.visitorPage + 1)
      if first <= visitor.lastNumber {
        opening.messages = try MessageRecords.list(ofVisitor: id, first...visitor.lastNumber, in: snapshot)
      }
      opening.hasEarlier = first > 1
      return opening
    }
  }

  /// The messages before a number of the visitor's, the latest 50 of them.
  package func history(
    before number: Int64, for identity: VisitorIdentity
  ) async throws(ParleyError) -> VisitorHistory {
    try await read { [presence] snapshot in
      guard let visitor = try VisitorRecords.find(identity.key, presence, in: snapshot),
        visitor.visitor.siteID == identity.siteID
      else { return VisitorHistory(messages: [], hasEarlier: false) }
      let last = min(max(number, 1) - 1, visitor.lastNumber)
      let first = max(1, last - Self.visitorPage + 1)
      guard first <= last else { return VisitorHistory(messages: [], hasEarlier: false) }
      let messages = try MessageRecords.list(ofVisitor: visitor.visitor.id, first...last, in: snapshot)
      return VisitorHistory(messages: messages, hasEarlier: first > 1)
    }
  }

  /// The visitor's open conversation, if there is one: where their typing shows.
  package func openConversation(of key: VisitorKey) async throws(ParleyError) -> Int64? {
    try await read { [presence] snapshot in
      guard let visitor = try VisitorRecords.find(key, presence, in: snapshot) else { return nil }
      return try ConversationRecords.findOpen(ofVisitor: visitor.visitor.id, presence, in: snapshot)?.id
    }
  }

  /// Whose conversation it is: where an agent's typing shows.
  package func visitorKey(
    ofConversation id: Int64, by agent: AgentIdentity
  ) async throws(ParleyError) -> VisitorKey {
    let key = try await read { try VisitorRecords.key(ofConversation: id, in: $0) }
    guard let key else { throw .notFound }
    return key
  }

  private static func status(
    ofVisitor id: Int64, _ presence: Presence, in snapshot: borrowing Snapshot
  ) throws -> VisitorOpening.Status {
    if try ConversationRecords.findOpen(ofVisitor: id, presence, in: snapshot) != nil { return .open }
    return try ConversationRecords.list(ofVisitor: id, limit: 1, presence, in: snapshot).isEmpty
      ? .none : .completed
  }
}
