import SQLite

extension Parley {
  /// What became of the deals that entered each stage of a pipeline on the days of a range.
  ///
  /// - Throws: `invalid` with `report.invalid` when the filter names no pipeline; `notFound` for a pipeline that does not exist
  ///   or that the agent may not see.
  package func funnel(
    _ filter: ReportFilter, for agent: AgentIdentity
  ) async throws(ParleyError) -> Funnel {
    try await stageReport(filter, for: agent) { report, snapshot in
      var entries: [EntryKey: Funnel.Entry] = [:]
      for group in try StageReportRecords.entries(
        into: try JSON.text(report.stages.map(\.id)), on: filter.range, report.scope, in: snapshot)
      {
        let key = EntryKey(stageID: group.stageID, currency: group.currency)
        var entry = entries[key] ?? Funnel.Entry(stageID: group.stageID, currency: group.currency)
        entry.entered += group.sum
        entry[keyPath: group.fate.figure] += group.sum
        entries[key] = entry
      }
      return Funnel(
        stages: report.stages,
        entries: report.stages.flatMap { stage in
          entries.values.filter { $0.stageID == stage.id }.sorted { $0.currency < $1.currency }
        })
    }
  }

  /// How long deals stayed in each stage of a pipeline that left it on the days of a range, and how long those have been there that
  /// are in it now.
  ///
  /// - Throws: as `funnel(_:for:)`.
  package func stageTimes(
    _ filter: ReportFilter, for agent: AgentIdentity
  ) async throws(ParleyError) -> StageTimes {
    try await stageReport(filter, for: agent) { report, snapshot in
      let rows = try report.stages.map { stage in
        StageTimes.Row(
          stageID: stage.id,
          left: try StageReportRecords.left(
            stage.id, within: report.moments, report.scope, in: snapshot),
          there: try StageReportRecords.there(
            stage.id, now: report.time.now, report.scope, in: snapshot))
      }
      return StageTimes(stages: report.stages, rows: rows)
    }
  }

  /// The deals that entered a stage of the filter's pipeline on the days of its range, the last to enter first.
  ///
  /// - Parameter fates: those to show.
  /// - Throws: as `funnel(_:for:)`, and `notFound` for a stage of another pipeline.
  package func deals(
    entering stageID: Int64, _ fates: [StageFate], of filter: ReportFilter, limit: Int,
    for agent: AgentIdentity
  ) async throws(ParleyError) -> [Deal] {
    try await stageReport(filter, for: agent) { report, snapshot in
      guard report.stages.contains(where: { $0.id == stageID }) else { throw ParleyError.notFound }
      let visible = try PipelineAccess.list(visibleTo: agent, in: snapshot)
      var found: [(id: Int64, enteredAt: Int64)] = []
      for fate in fates {
        found += try StageReportRecords.deals(
          enteringStage: stageID, fate, within: report.moments, nowIn: visible, report.scope,
          limit: limit, in: snapshot)
      }
      found.sort { ($0.enteredAt, $0.id) > ($1.enteredAt, $1.id) }
      var seen: Set<Int64> = []
      let ids = found.prefix(limit).map(\.id).filter { seen.insert($0).inserted }
      return try DealRecords.deals(ids, at: report.time, in: snapshot)
    }
  }

  private func stageReport<Answer: Sendable>(
    _ filter: ReportFilter, for agent: AgentIdentity,
    _ body: @escaping @Sendable (StageReport, borrowing Snapshot) throws -> Answer
  ) async throws(ParleyError) -> Answer {
    try agent.requireAgent()
    guard let pipelineID = filter.pipelineID else {
      throw .invalid(Invalid(code: "report.invalid", fields: ["pipeline": "report.pipeline.required"]))
    }
    let now = now()
    return try await read { snapshot in
      let scope = try ReportRecords.Scope(filter, for: agent, in: snapshot)
      guard let pipeline = try PipelineRecords.pipeline(pipelineID, in: snapshot) else {
        throw ParleyError.notFound
      }
      let time = try WorkspaceTime(now: now, in: snapshot)
      let range = Period(from: filter.range.lowerBound, to: filter.range.upperBound)
      let report = StageReport(
        stages: pipeline.stages, scope: scope, moments: range.moments(in: time.timeZone), time: time)
      return try body(report, snapshot)
    }
  }
}

/// What a report about the stages of a pipeline is reckoned from.
private struct StageReport {
  let stages: [Stage]
  let scope: ReportRecords.Scope
  /// In milliseconds since 1970 UTC.
  let moments: Range<Int64>
  let time: WorkspaceTime
}

private struct EntryKey: Hashable {
  var stageID: Int64
  var currency: String
}

extension StageFate {
  fileprivate var figure: WritableKeyPath<Funnel.Entry, Forecast.Sum> {
    switch self {
    case .there: \.there
    case .onward: \.onward
    case .back: \.back
    case .away: \.away
    case .won: \.won
    case .lost: \.lost
    }
  }
}
