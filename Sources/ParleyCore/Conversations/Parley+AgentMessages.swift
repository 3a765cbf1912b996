import SQLite

/// What an agent writes.
package struct AgentMessageDraft: Sendable, Hashable, Codable {
  package enum Kind: String, Sendable, Hashable, Codable {
    case text
    /// Among agents only.
    case note
  }

  package var clientID: String
  package var conversationID: Int64
  package var kind: Kind
  package var text: String

  package init(clientID: String, conversationID: Int64, kind: Kind = .text, text: String) {
    self.clientID = clientID
    self.conversationID = conversationID
    self.kind = kind
    self.text = text
  }
}

extension Parley {
  /// An agent writes. A text reopens a completed conversation, and makes its writer the assignee of an unassigned one; a note
  /// does neither.
  ///
  /// The same `clientID` again stores nothing and answers with the stored message, which that agent's pages get once more as
  /// a new event: they drop by its number what they have.
  ///
  /// - Throws: `notFound`; `invalid` with `message.text.required`, `message.text.too-long` or `message.client-id.invalid`;
  ///   `otherConversationOpen` for a text to a visitor who has a newer conversation open.
  @discardableResult
  package func post(
    _ draft: AgentMessageDraft, by agent: AgentIdentity
  ) async throws(ParleyError) -> Message {
    try agent.requireAgent()
    let text = try Message.checkedText(draft.text)
    try Message.checkClientID(draft.clientID)
    return try await write { [presence] transaction, changes in
      if let stored = try MessageRecords.find(
        clientID: draft.clientID, ofAgent: agent.id, in: transaction.snapshot)
      {
        let thread = try ConversationThread.load(stored.conversationID, presence, in: transaction)
        try changes.record(
          .messageAdded(stored, thread.conversation), for: .agent(agent.id), in: transaction)
        return stored
      }
      var thread = try ConversationThread.load(draft.conversationID, presence, in: transaction)
      switch draft.kind {
      case .note:
        return try thread.append(.note(text, clientID: draft.clientID, by: agent), in: transaction, changes)
      case .text:
        try Self.takeUp(&thread, by: agent, presence, in: transaction, changes)
        return try thread.append(.text(text, clientID: draft.clientID, by: agent), in: transaction, changes)
      }
    }
  }

  /// Opens the conversation if it is completed, and gives it to the agent if it is nobody's.
  private static func takeUp(
    _ thread: inout ConversationThread, by agent: AgentIdentity, _ presence: Presence,
    in transaction: borrowing Transaction, _ changes: Changes
  ) throws {
    let before = CountKey(thread.conversation)
    if thread.conversation.status == .completed {
      try thread.reopen(by: agent, presence, in: transaction, changes)
    }
    if thread.conversation.assigneeID == nil {
      try thread.assign(agent.id, by: agent, in: transaction, changes)
    }
    let after = CountKey(thread.conversation)
    if after != before { try changes.recordCounts([before, after], in: transaction) }
  }

  /// An agent has read a conversation up to a number. Less than they had read already changes nothing.
  package func read(
    _ conversationID: Int64, upTo number: Int64, by agent: AgentIdentity
  ) async throws(ParleyError) {
    try agent.requireAgent()
    try await write { [presence] transaction, changes in
      var thread = try ConversationThread.load(conversationID, presence, in: transaction)
      let number = min(number, thread.conversation.lastNumber)
      guard number > 0,
        try ConversationRecords.markRead(conversationID, upTo: number, by: agent.id, in: transaction)
      else { return }
      try changes.record(
        .conversationRead(conversationID: conversationID, number: number), for: .agent(agent.id),
        in: transaction)
      guard number > thread.conversation.agentsSeenNumber else { return }
      thread.conversation.agentsSeenNumber = number
      try ConversationRecords.save(thread.conversation, in: transaction)
      try changes.record(thread.conversation.seenMarks, for: .agents, in: transaction)
      let seen = EventBody.visitorSeen(
        seenNumber: thread.visitor.seenNumber,
        agentsSeenNumber: try MessageRecords.agentsSeenNumber(
          forVisitor: thread.visitor.visitor.id, in: transaction.snapshot),
        unread: try thread.unread(in: transaction.snapshot))
      try changes.record(seen, for: thread.audience, in: transaction)
    }
  }
}

extension AgentIdentity {
  /// Who speaks in a conversation is a person of the team.
  func requireAgent() throws(ParleyError) {
    guard id > 0 else { throw .permissionDenied }
  }
}
