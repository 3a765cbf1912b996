import SQLite

/// One page of a search, on its way through the indexes: visitors, then contacts, then messages. A person gives their latest
/// conversation; a message gives its own. What was given before, on this page or an earlier one, is passed over.
struct ConversationSearch {
  private let search: PrefixSearch
  private let agentID: Int64
  private let presence: Presence
  private let limit: Int
  /// How many rows may still be looked at for this page.
  private var budget = 2000
  private var results: [SearchResult] = []
  private var found: Set<Int64> = []
  private var next: SearchCursor?

  init(_ search: PrefixSearch, limit: Int, agentID: Int64, presence: Presence) {
    self.search = search
    self.limit = limit
    self.agentID = agentID
    self.presence = presence
  }

  mutating func page(from cursor: SearchCursor, in snapshot: borrowing Snapshot) throws -> SearchPage {
    found = Set(cursor.found)
    for index in SearchCursor.Index.allCases.drop(while: { $0 != cursor.index }) {
      let before = index == cursor.index ? cursor.before : .max
      switch index {
      case .visitors: try walkVisitors(before: before, in: snapshot)
      case .contacts: try walkContacts(before: before, in: snapshot)
      case .messages: try walkMessages(before: before, in: snapshot)
      }
      if next != nil { break }
    }
    next?.remember(cursor.found + results.map(\.conversation.id))
    return SearchPage(results: results, next: next?.text)
  }

  /// Whether a row may be taken; if not, the next page begins with it.
  private mutating func mayTake(_ id: Int64, of index: SearchCursor.Index) -> Bool {
    budget -= 1
    guard results.count < limit, budget > 0 else {
      next = SearchCursor(index: index, before: id + 1)
      return false
    }
    return true
  }

  private mutating func walkVisitors(before: Int64, in snapshot: borrowing Snapshot) throws {
    let expression = try VocabularyRecords.expression(search, for: .visitors, in: snapshot)
    try SearchRecords.visitors(expression, before: before, in: snapshot) { id, marked in
      guard mayTake(id, of: .visitors) else { return false }
      try addLatest(ofVisitor: id, marked, in: snapshot)
      return true
    }
  }

  private mutating func walkContacts(before: Int64, in snapshot: borrowing Snapshot) throws {
    let expression = try VocabularyRecords.expression(search, for: .contacts, in: snapshot)
    try SearchRecords.contacts(expression, before: before, in: snapshot) { contactID, marked in
      guard mayTake(contactID, of: .contacts) else { return false }
      for id in try SearchRecords.visitors(ofContact: contactID, in: snapshot) {
        try addLatest(ofVisitor: id, marked, in: snapshot)
      }
      return true
    }
  }

  private mutating func addLatest(
    ofVisitor id: Int64, _ marked: String, in snapshot: borrowing Snapshot
  ) throws {
    let latest = try ConversationRecords.list(
      ofVisitor: id, readBy: agentID, limit: 1, presence, in: snapshot)
    guard let conversation = latest.first, found.insert(conversation.id).inserted else { return }
    let hit = SearchHit(field: .person, messageNumber: nil, parts: SearchHit.parts(of: marked))
    results.append(SearchResult(conversation: conversation, hit: hit))
  }

  private mutating func walkMessages(before: Int64, in snapshot: borrowing Snapshot) throws {
    let expression = try VocabularyRecords.expression(search, for: .messages, in: snapshot)
    try SearchRecords.messages(expression, before: before, in: snapshot) { message in
      guard mayTake(message.id, of: .messages) else { return false }
      guard found.insert(message.conversationID).inserted,
        let conversation = try ConversationRecords.find(
          message.conversationID, readBy: agentID, presence, in: snapshot)
      else { return true }
      let parts = SearchHit.parts(of: message.marked)
      let hit = SearchHit(field: .message, messageNumber: message.number, parts: parts)
      results.append(SearchResult(conversation: conversation, hit: hit))
      return true
    }
  }
}
