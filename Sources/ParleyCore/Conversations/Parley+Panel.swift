import SQLite

/// What stands beside a thread: who it is, and what there is with them.
package struct Panel: Sendable, Hashable, Codable {
  package var visitor: Visitor
  @Nullable package var contact: Contact?
  @Nullable package var account: Account?
  /// Those of the contact or made from this conversation, newest first, at most 20.
  package var deals: [Deal]
  package var dealsTotal: Int
  /// The person's other conversations, newest first, at most 10.
  package var previous: [Conversation]
  package var previousTotal: Int
}

/// A conversation with its panel.
package struct ConversationView: Sendable, Hashable, Codable {
  package var conversation: Conversation
  package var panel: Panel
}

extension Parley {
  private static let shownDeals = 20
  private static let shownConversations = 10

  /// - Throws: `notFound`.
  package func conversation(
    _ id: Int64, by agent: AgentIdentity
  ) async throws(ParleyError) -> ConversationView {
    try agent.requireAgent()
    let now = now()
    return try await read { [presence] snapshot in
      guard let conversation = try ConversationRecords.find(id, readBy: agent.id, presence, in: snapshot),
        let visitor = try VisitorRecords.find(conversation.visitorID, presence, in: snapshot)?.visitor
      else { throw ParleyError.notFound }
      let contact = try visitor.contactID.flatMap { try ContactRecords.contact($0, in: snapshot) }
      let account = try contact?.account.flatMap { try AccountRecords.account($0.id, in: snapshot) }
      let (deals, dealsTotal) = try DealRecords.deals(
        ofContact: contact?.id, orConversation: id,
        visibleIn: PipelineAccess.list(visibleTo: agent, in: snapshot),
        limit: Self.shownDeals, at: WorkspaceTime(now: now, in: snapshot), in: snapshot)
      let (previous, previousTotal) = try Self.others(
        than: conversation, of: visitor, readBy: agent, presence, in: snapshot)
      let panel = Panel(
        visitor: visitor, contact: contact, account: account, deals: deals, dealsTotal: dealsTotal,
        previous: previous, previousTotal: previousTotal)
      return ConversationView(conversation: conversation, panel: panel)
    }
  }

  /// The person's other conversations: the contact's, by whichever browsers they wrote, or else the visitor's.
  private static func others(
    than conversation: Conversation, of visitor: Visitor, readBy agent: AgentIdentity, _ presence: Presence,
    in snapshot: borrowing Snapshot
  ) throws -> (shown: [Conversation], total: Int) {
    let limit = shownConversations + 1
    let all: [Conversation]
    let total: Int
    if let contactID = visitor.contactID {
      all = try ConversationRecords.list(
        ofContact: contactID, readBy: agent.id, limit: limit, presence, in: snapshot)
      total = try ConversationRecords.count(ofContact: contactID, in: snapshot)
    } else {
      all = try ConversationRecords.list(
        ofVisitor: visitor.id, readBy: agent.id, limit: limit, presence, in: snapshot)
      total = try ConversationRecords.count(ofVisitor: visitor.id, in: snapshot)
    }
    return (Array(all.filter { $0.id != conversation.id }.prefix(shownConversations)), total - 1)
  }
}
