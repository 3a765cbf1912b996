import SQLite

extension Parley {
  private static let shownTags = 50

  /// Tags that begin so, in alphabetical order, at most 50; those that only deals have which the agent may not see are left out.
  package func tags(beginning typed: String, by agent: AgentIdentity) async throws(ParleyError) -> [String] {
    try agent.requireAgent()
    let start = TagName(typed)?.key ?? ""
    return try await read { snapshot in
      try TagRecords.tags(
        beginning: start, visibleIn: PipelineAccess.list(visibleTo: agent, in: snapshot),
        limit: Self.shownTags, in: snapshot)
    }
  }
}
