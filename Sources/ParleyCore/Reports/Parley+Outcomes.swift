import SQLite

extension Parley {
  /// What was won and lost in a range of the workspace's days, in the pipelines that the agent may see.
  ///
  /// - Throws: `notFound` for a pipeline that does not exist or that the agent may not see.
  package func outcomes(
    _ filter: ReportFilter, for agent: AgentIdentity
  ) async throws(ParleyError) -> Outcomes {
    try agent.requireAgent()
    return try await read { snapshot in
      let scope = try ReportRecords.Scope(filter, for: agent, in: snapshot)
      return Outcomes(
        owners: try OutcomeRecords.shares(on: filter.range, scope, in: snapshot),
        reasons: try OutcomeRecords.reasons(on: filter.range, scope, in: snapshot))
    }
  }

  /// The deals behind a figure of what was won and lost, the last to be closed first.
  ///
  /// - Parameter reason: of those that were lost for this reason only; empty where none was given.
  /// - Throws: as `outcomes(_:for:)`.
  package func deals(
    closedAs figure: OutcomeFigure, reason: String?, of filter: ReportFilter, limit: Int,
    for agent: AgentIdentity
  ) async throws(ParleyError) -> [Deal] {
    try await deals(of: filter, for: agent) { _, moments, scope, snapshot in
      try OutcomeRecords.deals(
        figure.status, reason: figure == .lost ? reason : nil, within: moments, scope, limit: limit,
        in: snapshot)
    }
  }
}
