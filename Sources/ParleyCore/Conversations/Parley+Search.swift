import SQLite

extension Parley {
  /// Finds conversations by words of their messages and notes, and by the names and e-mail addresses of their people, in all of
  /// the history. All words must be found; the last may be unfinished; accents and case make no difference. A page costs
  /// the rows that it looks at, whatever the number of hits.
  ///
  /// - Parameters:
  ///   - cursor: the `next` of the page before; nil for the first.
  ///   - limit: 1 … 100.
  /// - Throws: `invalid` when the cursor is none of ours.
  package func searchConversations(
    _ typed: String, from cursor: String? = nil, limit: Int = 20, by agent: AgentIdentity
  ) async throws(ParleyError) -> SearchPage {
    try agent.requireAgent()
    let search = PrefixSearch(typed)
    guard let start = cursor.map({ SearchCursor($0) }) ?? .start else {
      throw .invalid(Invalid(fields: ["before": "search.cursor.invalid"]))
    }
    guard !search.words.isEmpty else { return SearchPage(results: [], next: nil) }
    await indexMessages()
    return try await read { [presence] snapshot in
      var walk = ConversationSearch(
        search, limit: min(max(limit, 1), 100), agentID: agent.id, presence: presence)
      return try walk.page(from: start, in: snapshot)
    }
  }

  /// Puts into the index what was written since it was last done.
  private func indexMessages() async {
    guard log.unindexed.areAny else { return }
    // Where nothing can be written, a full disk perhaps, what is in the index is found.
    try? await write(remembersThreads: true) { [log] transaction, _ in
      try log.unindexed.index(in: transaction)
    }
  }
}
