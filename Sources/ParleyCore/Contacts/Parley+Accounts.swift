extension Parley {
  /// Accounts to suggest for what is typed so far, best first: names that begin so in alphabetical order, then those with
  /// all its words, then those with words that begin so, newest first. For nothing typed, the newest.
  ///
  /// - Parameter limit: 1 … 50 of them.
  package func accounts(
    matching typed: String, limit: Int = 8, by agent: AgentIdentity
  ) async throws(ParleyError) -> [Account] {
    try agent.requireAgent()
    return try await read { snapshot in
      try Suggestions.find(typed, limit: limit, from: AccountRecords.self, in: snapshot)
    }
  }

  /// - Throws: `notFound`.
  package func account(_ id: Int64, by agent: AgentIdentity) async throws(ParleyError) -> Account {
    try agent.requireAgent()
    let found = try await read { try AccountRecords.account(id, in: $0) }
    guard let found else { throw .notFound }
    return found
  }
}
