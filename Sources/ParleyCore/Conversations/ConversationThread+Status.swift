import SQLite

/// What agents do with a conversation as a whole. Each leaves a line in the thread; the counts are the caller's to record.
extension ConversationThread {
  mutating func assign(
    _ assigneeID: Int64?, by agent: AgentIdentity, in transaction: borrowing Transaction, _ changes: Changes
  ) throws {
    conversation.assigneeID = assigneeID
    let detail = assigneeID.map { MessageDetail.assigned(agentID: $0) } ?? .unassigned
    try append(.status(detail, by: agent), in: transaction, changes)
  }

  mutating func complete(
    by agent: AgentIdentity, in transaction: borrowing Transaction, _ changes: Changes
  ) throws {
    conversation.status = .completed
    try append(.status(.completed, by: agent), in: transaction, changes)
    try changes.record(.visitorStatus(.completed), for: audience, in: transaction)
  }

  /// - Throws: `otherConversationOpen`: a visitor has one open conversation at most.
  mutating func reopen(
    by agent: AgentIdentity, _ presence: Presence, in transaction: borrowing Transaction, _ changes: Changes
  ) throws {
    if let other = try ConversationRecords.findOpen(
      ofVisitor: visitor.visitor.id, presence, in: transaction.snapshot)
    {
      throw ParleyError.otherConversationOpen(conversationID: other.id)
    }
    conversation.status = .open
    try append(.status(.reopened, by: agent), in: transaction, changes)
    try changes.record(.visitorStatus(.open), for: audience, in: transaction)
  }
}
