extension Parley {
  /// Accounts to suggest for what is typed so far, best first: names that begin so in alphabetical order, then those with
  /// all its words, then those with words that begin so, newest first. For nothing typed, the newest.
  ///
  /// - Parameter limit: 1 to 50 of them; the cost does not grow with how many would match.
  package func accounts(
    matching typed: String, limit: Int = 8, by agent: AgentIdentity
  ) async throws(ParleyError) -> [Account] {
    try agent.requireAgent()
    let search = PrefixSearch(typed)
    let limit = min(max(limit, 1), 50)
    return try await read { snapshot in
      guard !search.text.isEmpty else { return try AccountRecords.newest(limit: limit, in: snapshot) }
      var suggestions = Suggestions<Account>(limit: limit)
      if let name = AccountName(search.text) {
        suggestions.add(try AccountRecords.withKey(from: name.key, limit: limit, in: snapshot))
      }
      for expression in [search.wholeWords, search.beginnings]
      where suggestions.hasRoom && !expression.isEmpty {
        suggestions.add(try AccountRecords.matching(expression, limit: limit, in: snapshot))
      }
      return suggestions.found
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
