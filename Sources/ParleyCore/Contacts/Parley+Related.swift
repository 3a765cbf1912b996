import SQLite

extension Parley {
  /// The deals that a contact has a part in, of the pipelines that the agent may see.
  ///
  /// - Parameters:
  ///   - id: the `next` of the page before; nil for the first.
  ///   - limit: 1 … 100.
  /// - Throws: `notFound`.
  package func deals(
    ofContact contactID: Int64, before id: Int64? = nil, limit: Int = 25, by agent: AgentIdentity
  ) async throws(ParleyError) -> RelatedDeals {
    try await deals(of: .contact(contactID), before: id, limit: limit, by: agent)
  }

  /// The deals of an account, likewise.
  package func deals(
    ofAccount accountID: Int64, before id: Int64? = nil, limit: Int = 25, by agent: AgentIdentity
  ) async throws(ParleyError) -> RelatedDeals {
    try await deals(of: .account(accountID), before: id, limit: limit, by: agent)
  }

  /// The conversations with a contact, by whichever browsers they wrote.
  ///
  /// - Throws: `notFound`.
  package func conversations(
    ofContact contactID: Int64, before id: Int64? = nil, limit: Int = 25, by agent: AgentIdentity
  ) async throws(ParleyError) -> RelatedConversations {
    try await conversations(of: .contact(contactID), before: id, limit: limit, by: agent)
  }

  /// The conversations with the contacts of an account.
  ///
  /// - Throws: `notFound`.
  package func conversations(
    ofAccount accountID: Int64, before id: Int64? = nil, limit: Int = 25, by agent: AgentIdentity
  ) async throws(ParleyError) -> RelatedConversations {
    try await conversations(of: .account(accountID), before: id, limit: limit, by: agent)
  }

  private func deals(
    of party: RelatedRecords.Party, before id: Int64?, limit: Int, by agent: AgentIdentity
  ) async throws(ParleyError) -> RelatedDeals {
    try agent.requireAgent()
    let limit = min(max(limit, 1), 100)
    let now = now()
    return try await read { snapshot in
      try Self.require(party, in: snapshot)
      let ids = try RelatedRecords.deals(
        of: party, visibleIn: PipelineAccess.list(visibleTo: agent, in: snapshot), before: id ?? .max,
        limit: limit + 1, in: snapshot)
      let time = try WorkspaceTime(now: now, in: snapshot)
      let deals = try DealRecords.deals(Array(ids.prefix(limit)), at: time, in: snapshot)
      return RelatedDeals(deals: deals, next: ids.count > limit ? ids[limit - 1] : nil)
    }
  }

  private func conversations(
    of party: RelatedRecords.Party, before id: Int64?, limit: Int, by agent: AgentIdentity
  ) async throws(ParleyError) -> RelatedConversations {
    try agent.requireAgent()
    let limit = min(max(limit, 1), 100)
    return try await read { [presence] snapshot in
      try Self.require(party, in: snapshot)
      let ids = try RelatedRecords.conversations(
        of: party, before: id ?? .max, limit: limit + 1, in: snapshot)
      let conversations = try ids.prefix(limit).compactMap {
        try ConversationRecords.find($0, readBy: agent.id, presence, in: snapshot)
      }
      return RelatedConversations(
        conversations: conversations, next: ids.count > limit ? ids[limit - 1] : nil)
    }
  }

  private static func require(_ party: RelatedRecords.Party, in snapshot: borrowing Snapshot) throws {
    let exists =
      switch party {
      case .contact(let id): try ContactRecords.contact(id, in: snapshot) != nil
      case .account(let id): try AccountRecords.account(id, in: snapshot) != nil
      }
    guard exists else { throw ParleyError.notFound }
  }
}
