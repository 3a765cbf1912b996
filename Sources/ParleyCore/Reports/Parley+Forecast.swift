import SQLite

extension Parley {
  /// The forecast of a range: what is expected and what was won, by day, week or month of the workspace's calendar, a
  /// currency at a time, in the pipelines that the agent may see.
  ///
  /// - Throws: `invalid` with `report.invalid` for more periods than `Period.limit`; `notFound` for a pipeline that does not
  ///   exist or that the agent may not see.
  package func forecast(
    _ filter: ReportFilter, by unit: Period.Unit, for agent: AgentIdentity
  ) async throws(ParleyError) -> Forecast {
    try agent.requireAgent()
    let now = now()
    return try await read { snapshot in
      let time = try WorkspaceTime(now: now, in: snapshot)
      let division = Period.dividing(filter.range, by: unit, weekStartsOn: time.weekStartsOn)
      guard let periods = division else {
        throw ParleyError.invalid(
          Invalid(code: "report.invalid", fields: ["to": "report.range.too-long"]))
      }
      let scope = try ReportRecords.Scope(filter, for: agent, in: snapshot)
      var tally = ForecastTally(periods)
      for expected in try ReportRecords.expected(on: filter.range, scope, in: snapshot) {
        tally.add(expected)
      }
      for won in try ReportRecords.won(in: periods, scope, in: snapshot) { tally.add(won) }
      return Forecast(
        today: time.today, periods: periods, buckets: tally.buckets, totals: tally.totals,
        undated: try ReportRecords.undated(scope, in: snapshot))
    }
  }

  /// The deals behind a figure of a forecast, those of the greatest value first.
  ///
  /// - Throws: as `forecast(_:by:for:)`.
  package func deals(
    behind figure: ForecastFigure, of filter: ReportFilter, limit: Int, for agent: AgentIdentity
  ) async throws(ParleyError) -> [Deal] {
    try await deals(of: filter, for: agent) { period, moments, scope, snapshot in
      try ReportRecords.deals(
        behind: figure, of: period, moments: moments, scope, limit: limit, in: snapshot)
    }
  }

  /// The deals behind a figure of a report, which are looked for by the range's days and by its moments.
  func deals(
    of filter: ReportFilter, for agent: AgentIdentity,
    _ ids:
      @escaping @Sendable (
        Period, Range<Int64>, ReportRecords.Scope, borrowing Snapshot
      ) throws -> [Int64]
  ) async throws(ParleyError) -> [Deal] {
    try agent.requireAgent()
    let now = now()
    return try await read { snapshot in
      let time = try WorkspaceTime(now: now, in: snapshot)
      let scope = try ReportRecords.Scope(filter, for: agent, in: snapshot)
      let period = Period(from: filter.range.lowerBound, to: filter.range.upperBound)
      return try DealRecords.deals(
        ids(period, period.moments(in: time.timeZone), scope, snapshot), at: time, in: snapshot)
    }
  }
}

extension ReportRecords.Scope {
  /// - Throws: `notFound` for a pipeline that the agent may not see, or that there is not.
  init(_ filter: ReportFilter, for agent: AgentIdentity, in snapshot: borrowing Snapshot) throws {
    let pipelines: String
    if let id = filter.pipelineID {
      guard try PipelineAccess.pipeline(id, visibleTo: agent, in: snapshot) != nil else {
        throw ParleyError.notFound
      }
      pipelines = try JSON.text([id])
    } else {
      pipelines = try PipelineAccess.list(visibleTo: agent, in: snapshot)
    }
    self.init(pipelines: pipelines, ownerID: filter.ownerID, currency: filter.currency?.code)
  }
}
