import SQLite

extension Parley {
  /// What was won and lost in a range of the workspace's days, in the pipelines that the agent may see.
  ///
  /// - Throws: `notFound` for a pipeline that does not exist or that the agent may not see.
  package func outcomes(
    _ filter: ReportFilter, for agent: AgentIdentity
  ) async throws(ParleyError) -> Outcomes {
    try agent.requireAgent()
    let now = now()
    return try await read { snapshot in
      let time = try WorkspaceTime(now: now, in: snapshot)
      let range = Period(from: filter.range.lowerBound, to: filter.range.upperBound)
      let moments = range.moments(in: time.timeZone)
      let scope = try ReportRecords.Scope(filter, for: agent, in: snapshot)
      var shares: [ShareKey: Outcomes.Share] = [:]
      func add(_ group: OutcomeRecords.Group, to figure: WritableKeyPath<Outcomes.Share, Forecast.Sum>) {
        let key = ShareKey(ownerID: group.owner.id, currency: group.currency)
        shares[key, default: Outcomes.Share(of: group)][keyPath: figure] = group.sum
      }
      for group in try OutcomeRecords.groups(.won, within: moments, scope, in: snapshot) {
        add(group, to: \.won)
      }
      for group in try OutcomeRecords.groups(.lost, within: moments, scope, in: snapshot) {
        add(group, to: \.lost)
      }
      return Outcomes(
        owners: shares.values.sorted {
          ($0.currency, $0.owner.name, $0.owner.id) < ($1.currency, $1.owner.name, $1.owner.id)
        },
        reasons: try OutcomeRecords.reasons(within: moments, scope, in: snapshot))
    }
  }
}

private struct ShareKey: Hashable {
  var ownerID: Int64
  var currency: String
}

extension Outcomes.Share {
  /// Of the owner and the currency of a group, with nothing won or lost yet.
  fileprivate init(of group: OutcomeRecords.Group) {
    let nothing = Forecast.Sum(count: 0, minor: MinorSum())
    self.init(owner: group.owner, currency: group.currency, won: nothing, lost: nothing)
  }
}
