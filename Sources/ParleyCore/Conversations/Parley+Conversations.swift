import SQLite

/// Which conversations a list shows.
package struct ConversationFilter: Sendable, Hashable {
  package enum Assignee: String, Sendable, Hashable {
    case mine, unassigned, all
  }

  package var assignee: Assignee
  package var status: Conversation.Status

  package init(assignee: Assignee = .all, status: Conversation.Status = .open) {
    self.assignee = assignee
    self.status = status
  }
}

/// A page of the list.
package struct ConversationList: Sendable, Hashable, Codable {
  /// Newest activity first.
  package var conversations: [Conversation]
  /// The `activity` before which the next page begins; nil at the end.
  @Nullable package var next: Int64?
}

/// How many conversations call an agent: open ones of theirs or of nobody, with something that they have not read.
package struct UnreadConversations: Sendable, Hashable, Codable {
  /// At most 100.
  package var count: Int
  /// False when there are, or may be, more.
  package var isExact: Bool
}

/// What to change of a conversation; what is nil stays.
package struct ConversationChange: Sendable, Hashable {
  /// Nil stays; `.some(nil)` gives the conversation to nobody.
  package var assigneeID: Int64??
  package var status: Conversation.Status?

  package init(assigneeID: Int64?? = nil, status: Conversation.Status? = nil) {
    self.assigneeID = assigneeID
    self.status = status
  }
}

extension ConversationChange: Decodable {
  private enum Key: String, CodingKey {
    case assigneeID, status
  }

  /// `"assigneeID": null` is nobody; a missing key is no change.
  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    assigneeID =
      object.contains(.assigneeID) ? .some(try object.decodeIfPresent(Int64.self, forKey: .assigneeID)) : nil
    status = try object.decodeIfPresent(Conversation.Status.self, forKey: .status)
  }
}

/// Where a page of a thread lies.
package enum ThreadAnchor: Sendable, Hashable {
  case latest
  case before(Int64)
  case after(Int64)
  case around(Int64)
}

/// A page of a thread.
package struct ThreadPage: Sendable, Hashable, Codable {
  /// Ascending.
  package var messages: [Message]
  package var hasEarlier: Bool
  package var hasLater: Bool
}

extension Parley {
  /// A page of conversations, newest activity first.
  ///
  /// - Parameters:
  ///   - activity: the `next` of the page before; nil for the first.
  ///   - limit: 1 … 100.
  package func conversations(
    _ filter: ConversationFilter, before activity: Int64? = nil, limit: Int = 50, by agent: AgentIdentity
  ) async throws(ParleyError) -> ConversationList {
    try agent.requireAgent()
    let limit = min(max(limit, 1), 100)
    return try await read { [presence] snapshot in
      var found = try ConversationRecords.list(
        filter, before: activity ?? .max, limit: limit + 1, readBy: agent.id, presence, in: snapshot)
      let hasMore = found.count > limit
      if hasMore { found.removeLast() }
      return ConversationList(conversations: found, next: hasMore ? found.last?.activity : nil)
    }
  }

  /// How many conversations there are of each status and assignee.
  package func counts(by agent: AgentIdentity) async throws(ParleyError) -> [CountRow] {
    try await read { try ConversationRecords.counts(in: $0) }
  }

  /// How many conversations call the agent. However many there are, it looks at so many that were active last.
  package func unreadConversations(by agent: AgentIdentity) async throws(ParleyError) -> UnreadConversations {
    try agent.requireAgent()
    let (most, latest) = (100, 2000)
    return try await read { snapshot in
      var unread = UnreadConversations(count: 0, isExact: true)
      for assigneeID in [agent.id, nil] {
        unread.count += try ConversationRecords.unread(
          assignedTo: assigneeID, readBy: agent.id, limit: most + 1, of: latest, in: snapshot)
        let all = try ConversationRecords.count(CountKey(status: .open, assigneeID: assigneeID), in: snapshot)
        if all.count > latest { unread.isExact = false }
      }
      guard unread.count > most else { return unread }
      return UnreadConversations(count: most, isExact: false)
    }
  }

  /// A page of a conversation's thread.
  ///
  /// - Parameter limit: 1 … 200.
  package func thread(
    of conversationID: Int64, _ anchor: ThreadAnchor, limit: Int = 50, by agent: AgentIdentity
  ) async throws(ParleyError) -> ThreadPage {
    try agent.requireAgent()
    let limit = Int64(min(max(limit, 1), 200))
    return try await read { [presence] snapshot in
      guard let conversation = try ConversationRecords.find(conversationID, presence, in: snapshot) else {
        throw ParleyError.notFound
      }
      let range = anchor.range(limit: limit, last: conversation.lastNumber)
      guard let range else {
        let isAtStart = if case .before = anchor { true } else { false }
        return ThreadPage(
          messages: [], hasEarlier: !isAtStart && conversation.lastNumber > 0,
          hasLater: isAtStart && conversation.lastNumber > 0)
      }
      let messages = try MessageRecords.list(ofConversation: conversationID, range, in: snapshot)
      return ThreadPage(
        messages: try Self.withTitles(messages, visibleTo: agent, in: snapshot),
        hasEarlier: range.lowerBound > 1, hasLater: range.upperBound < conversation.lastNumber)
    }
  }

  /// Leaves the titles of those deals that the agent may see.
  private static func withTitles(
    _ messages: [Message], visibleTo agent: AgentIdentity, in snapshot: borrowing Snapshot
  ) throws -> [Message] {
    let named = messages.compactMap(\.dealID)
    guard !named.isEmpty else { return messages }
    let visible = try DealRecords.ids(
      named, visibleIn: PipelineAccess.list(visibleTo: agent, in: snapshot), in: snapshot)
    return messages.map { message in
      guard let id = message.dealID, !visible.contains(id) else { return message }
      return message.withoutTitle
    }
  }

  /// Assigns, completes or reopens a conversation; whichever it is already changes nothing. Each leaves a line in the thread.
  ///
  /// - Throws: `notFound`; `otherConversationOpen`; `invalid` with `conversation.assignee.unknown`.
  @discardableResult
  package func updateConversation(
    _ id: Int64, _ change: ConversationChange, by agent: AgentIdentity
  ) async throws(ParleyError) -> Conversation {
    try agent.requireAgent()
    return try await write { [presence] transaction, changes in
      try Self.change(id, change, by: agent, presence, in: transaction, changes)
      guard
        let updated = try ConversationRecords.find(id, readBy: agent.id, presence, in: transaction.snapshot)
      else { throw ParleyError.notFound }
      return updated
    }
  }

  static func change(
    _ id: Int64, _ change: ConversationChange, by agent: AgentIdentity, _ presence: Presence,
    in transaction: borrowing Transaction, _ changes: Changes
  ) throws {
    var thread = try ConversationThread.load(id, presence, in: transaction)
    let before = CountKey(thread.conversation)
    if let assigneeID = change.assigneeID, assigneeID != thread.conversation.assigneeID {
      try requireAgent(assigneeID, in: transaction.snapshot)
      try thread.assign(assigneeID, by: agent, in: transaction, changes)
    }
    switch (thread.conversation.status, change.status) {
    case (.open, .completed): try thread.complete(by: agent, in: transaction, changes)
    case (.completed, .open): try thread.reopen(by: agent, presence, in: transaction, changes)
    case (.open, .open), (.completed, .completed), (.open, nil), (.completed, nil): break
    }
    let after = CountKey(thread.conversation)
    if after != before { try changes.recordCounts([before, after], in: transaction) }
  }

  private static func requireAgent(_ id: Int64?, in snapshot: borrowing Snapshot) throws {
    guard let id else { return }
    guard try AgentRecords.exists(id, in: snapshot) else {
      throw ParleyError.invalid(Invalid(fields: ["assigneeID": "conversation.assignee.unknown"]))
    }
  }
}

extension ThreadAnchor {
  /// The numbers of a page. They are dense from 1 to `last`, so a page is a range; nil for an empty one.
  fileprivate func range(limit: Int64, last: Int64) -> ClosedRange<Int64>? {
    // Clients name any number: it is brought near the thread before anything is reckoned with it.
    func near(_ number: Int64) -> Int64 { min(max(number, 0), last + 1) }
    let (lower, upper): (Int64, Int64) =
      switch self {
      case .latest: (last - limit + 1, last)
      case .before(let number): (near(number) - limit, near(number) - 1)
      case .after(let number): (near(number) + 1, near(number) + limit)
      case .around(let number): Self.around(near(number), limit: limit, last: last)
      }
    let range = (max(1, lower), min(last, upper))
    return range.0 <= range.1 ? range.0...range.1 : nil
  }

  /// Half before and half after, shifted inward at the ends so that the page is full.
  private static func around(_ number: Int64, limit: Int64, last: Int64) -> (Int64, Int64) {
    let lower = max(1, min(number - limit / 2, last - limit + 1))
    return (lower, lower + limit - 1)
  }
}
