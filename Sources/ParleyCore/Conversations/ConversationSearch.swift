import SQLite

/// One page of a search, on its way through the indexes: visitors, then contacts, then messages.
///
/// A conversation is a result once, over all pages, and no page remembers another: a person gives their latest conversation,
/// which no message gives then; a message gives its conversation unless a newer message does.
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
    for index in SearchCursor.Index.allCases.drop(while: { $0 != cursor.index }) {
      let before = index == cursor.index ? cursor.before : .max
      switch index {
      case .visitors: try walkVisitors(before: before, in: snapshot)
      case .contacts: try walkContacts(before: before, in: snapshot)
      case .messages: try walkMessages(before: before, in: snapshot)
      }
      if next != nil { break }
    }
    return SearchPage(results: results, next: next?.text)
  }

  /// Whether another row may be taken; if not, the next page begins after the last one that was.
  private mutating func mayGoOn(_ index: SearchCursor.Index, before id: Int64) -> Bool {
    budget -= 1
    guard results.count < limit, budget > 0 else {
      next = SearchCursor(index: index, before: id)
      return false
    }
    return true
  }

  private mutating func walkVisitors(before: Int64, in snapshot: borrowing Snapshot) throws {
    try SearchRecords.visitors(search.beginnings, before: before, in: snapshot) { id, marked in
      guard mayGoOn(.visitors, before: id + 1) else { return false }
      try addLatest(ofVisitor: id, marked, in: snapshot)
      return true
    }
  }

  private mutating func walkContacts(before: Int64, in snapshot: borrowing Snapshot) throws {
    try SearchRecords.contacts(search.beginnings, before: before, in: snapshot) { contactID, marked in
      guard mayGoOn(.contacts, before: contactID + 1) else { return false }
      for id in try SearchRecords.visitors(ofContact: contactID, in: snapshot) {
        // Found by their own name already.
        if try SearchRecords.isFound(visitor: id, search.beginnings, in: snapshot) { continue }
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
    try SearchRecords.messages(search.unfinished, before: before, in: snapshot) { id in
      guard mayGoOn(.messages, before: id + 1) else { return false }
      guard let place = try SearchRecords.place(ofMessage: id, in: snapshot),
        found.insert(place.conversationID).inserted,
        try !isOnEarlierPage(place, before: before, in: snapshot),
        let conversation = try ConversationRecords.find(
          place.conversationID, readBy: agentID, presence, in: snapshot),
        try !isPersons(conversation, in: snapshot),
        let marked = try SearchRecords.snippet(ofMessage: id, search.unfinished, in: snapshot)
      else { return true }
      let hit = SearchHit(field: .message, messageNumber: place.number, parts: SearchHit.parts(of: marked))
      results.append(SearchResult(conversation: conversation, hit: hit))
      return true
    }
  }

  private func isOnEarlierPage(
    _ place: (conversationID: Int64, number: Int64), before: Int64, in snapshot: borrowing Snapshot
  ) throws -> Bool {
    guard before < .max else { return false }
    return try SearchRecords.isFoundEarlier(
      place.conversationID, after: place.number, from: before, search.unfinished, in: snapshot)
  }

  /// Whether the person gives this conversation.
  private func isPersons(_ conversation: Conversation, in snapshot: borrowing Snapshot) throws -> Bool {
    let visitorID = conversation.visitorID
    guard
      try SearchRecords.isFound(visitor: visitorID, search.beginnings, in: snapshot)
        || SearchRecords.isFound(contactOfVisitor: visitorID, search.beginnings, in: snapshot)
    else { return false }
    let latest = try ConversationRecords.list(ofVisitor: visitorID, limit: 1, presence, in: snapshot)
    return latest.first?.id == conversation.id
  }
}
