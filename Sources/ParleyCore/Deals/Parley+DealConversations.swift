import SQLite

extension Parley {
  /// Adds a conversation to a deal that is there already: it stands beside the deal from then on, a line in its thread says so, and
  /// what is written in it is activity of the deal. One that belongs to the deal already changes nothing.
  ///
  /// - Throws: `notFound` for the deal; `permissionDenied`; `invalid` (`deal.invalid`): `conversation` is unknown, or one more than a deal may have.
  package func linkConversation(
    _ conversationID: Int64, to dealID: Int64, by agent: AgentIdentity
  ) async throws(ParleyError) -> Deal {
    try agent.requireAgent()
    return try await write { [presence] transaction, changes in
      let deal = try DealRevision(
        of: dealID, by: agent, requiring: .edit, in: transaction.snapshot, changes
      ).before
      guard !deal.conversationIDs.contains(conversationID) else { return deal }
      var invalid = Invalid(code: "deal.invalid")
      if try ConversationRecords.find(conversationID, presence, in: transaction.snapshot) == nil {
        invalid.add("conversation", "deal.conversation.unknown")
      } else if deal.linkedConversationIDs.count >= Deal.linkedConversationsLimit {
        invalid.add("conversation", "deal.conversation.too-many")
      }
      try invalid.check()
      _ = try DealConversationRecords.link(
        conversationID, to: dealID, by: agent.id, at: changes.now, in: transaction)
      var thread = try ConversationThread.load(conversationID, presence, in: transaction)
      let line = MessageDetail.dealLinked(dealID: dealID, title: deal.title)
      try thread.append(.status(line, by: agent, ofPipeline: deal.pipeline.id), in: transaction, changes)
      return try Self.recordConversation(
        thread.conversation, of: dealID, isLinked: true, by: agent, transaction, changes)
    }
  }

  /// Takes a conversation from a deal to which it was added. The one that the deal came from stays, and one that does not belong to it
  /// is no error.
  ///
  /// - Throws: `notFound` for the deal; `permissionDenied`.
  package func unlinkConversation(
    _ conversationID: Int64, from dealID: Int64, by agent: AgentIdentity
  ) async throws(ParleyError) -> Deal {
    try agent.requireAgent()
    return try await write { [presence] transaction, changes in
      let deal = try DealRevision(
        of: dealID, by: agent, requiring: .edit, in: transaction.snapshot, changes
      ).before
      guard try DealConversationRecords.unlink(conversationID, from: dealID, in: transaction) else {
        return deal
      }
      var thread = try ConversationThread.load(conversationID, presence, in: transaction)
      let line = MessageDetail.dealUnlinked(dealID: dealID, title: deal.title)
      try thread.append(.status(line, by: agent, ofPipeline: deal.pipeline.id), in: transaction, changes)
      return try Self.recordConversation(
        thread.conversation, of: dealID, isLinked: false, by: agent, transaction, changes)
    }
  }

  /// The conversations of a deal: first the one that it came from, then those that were added, in that order.
  ///
  /// - Throws: `notFound`, also for a deal of a pipeline that the agent may not see.
  package func conversations(
    ofDeal dealID: Int64, by agent: AgentIdentity
  ) async throws(ParleyError) -> [Conversation] {
    let deal = try await deal(dealID, by: agent)
    return try await read { [presence] snapshot in
      try deal.conversationIDs.compactMap {
        try ConversationRecords.find($0, readBy: agent.id, presence, in: snapshot)
      }
    }
  }

  private static func recordConversation(
    _ conversation: Conversation, of dealID: Int64, isLinked: Bool, by agent: AgentIdentity,
    _ transaction: borrowing Transaction, _ changes: Changes
  ) throws -> Deal {
    try DealRecords.touch(dealID, at: changes.now, in: transaction)
    let reference = try JSON.text(ConversationReference(conversation))
    try DealHistoryRecords.insert(
      .conversation, from: isLinked ? nil : reference, to: isLinked ? reference : nil, of: dealID,
      by: agent,
      at: changes.now, in: transaction)
    let deal = try DealRevision.reload(dealID, in: transaction, changes)
    let audience = Audience.pipeline(deal.pipeline.id)
    try changes.record(.recordChanged(RecordID(.deal, dealID), .changes), for: audience, in: transaction)
    try changes.record(.dealChanged(deal), for: audience, in: transaction)
    return deal
  }
}

extension Deal {
  /// The one that it came from, then those that were added.
  package var conversationIDs: [Int64] {
    let added = linkedConversationIDs.filter { $0 != conversationID }
    return (conversationID.map { [$0] } ?? []) + added
  }
}

/// A conversation as a deal's history names it: by the person it is with.
private struct ConversationReference: Encodable {
  let id: Int64
  let name: String
  let email: String

  init(_ conversation: Conversation) {
    id = conversation.id
    name = conversation.name
    email = conversation.email
  }
}
