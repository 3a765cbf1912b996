import SQLite

extension Parley {
  private static let shownTags = 50

  /// Tags that begin so, in alphabetical order, at most 50.
  package func tags(beginning typed: String, by agent: AgentIdentity) async throws(ParleyError) -> [String] {
    try agent.requireAgent()
    let start = TagName(typed)?.key ?? ""
    return try await read { try TagRecords.tags(beginning: start, limit: Self.shownTags, in: $0) }
  }
}
