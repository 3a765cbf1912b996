import SQLite

extension Parley {
  /// How many cards of each column a board begins with.
  private static let firstCards = 25

  /// A pipeline's board: each stage with what its column comes to, and its first cards in the stage's own order.
  ///
  /// - Throws: `notFound`, also for a pipeline that the agent may not see.
  package func board(
    of pipelineID: Int64, _ filter: DealFilter, by agent: AgentIdentity
  ) async throws(ParleyError) -> Board {
    try agent.requireAgent()
    let now = now()
    return try await read { snapshot in
      guard let pipeline = try PipelineAccess.pipeline(pipelineID, visibleTo: agent, in: snapshot) else {
        throw ParleyError.notFound
      }
      let time = try WorkspaceTime(now: now, in: snapshot)
      let stages = pipeline.stages.filter { filter.stageID == nil || filter.stageID == $0.id }
      func keys(of stage: Stage) -> [ColumnKey] {
        filter.statuses.map { ColumnKey(pipelineID: pipelineID, stageID: stage.id, status: $0) }
      }
      let deals = try DealListRecords(of: stages.flatMap(keys), filter, in: snapshot)
      var columns: [Board.Column] = []
      for stage in stages {
        let page = try Self.page(
          deals, of: keys(of: stage), stage.sort, after: nil, limit: Self.firstCards, at: time, in: snapshot)
        columns.append(
          Board.Column(
            stage: stage, count: page.count, isExact: page.isExact, totals: page.totals, deals: page.deals,
            next: page.next))
      }
      return Board(columns: columns)
    }
  }

  /// A page of the deals that a filter shows, in an order.
  ///
  /// - Parameters:
  ///   - cursor: the `next` of the page before; nil for the first.
  ///   - limit: 1 … 100.
  /// - Throws: `invalid` for a cursor that is none of this order.
  package func deals(
    _ filter: DealFilter, order: DealOrder, after cursor: String?, limit: Int, by agent: AgentIdentity
  ) async throws(ParleyError) -> DealPage {
    try agent.requireAgent()
    let now = now()
    let start = cursor.flatMap { DealCursor($0, for: order) }
    guard (start == nil) == (cursor == nil) else {
      throw .invalid(Invalid(fields: ["before": "field.invalid"]))
    }
    return try await read { snapshot in
      let columns = try Self.visibleColumns(filter, to: agent, in: snapshot)
      let time = try WorkspaceTime(now: now, in: snapshot)
      return try Self.page(
        DealListRecords(of: columns, filter, in: snapshot), of: columns, order, after: start,
        limit: min(max(limit, 1), 100), at: time, in: snapshot)
    }
  }

  /// The columns that a filter names, of the pipelines that the agent may see.
  static func visibleColumns(
    _ filter: DealFilter, to agent: AgentIdentity, in snapshot: borrowing Snapshot
  ) throws -> [ColumnKey] {
    var columns: [ColumnKey] = []
    for pipeline in try PipelineAccess.pipelines(visibleTo: agent, in: snapshot)
    where filter.pipelineID == nil || filter.pipelineID == pipeline.id {
      for stage in pipeline.stages where filter.stageID == nil || filter.stageID == stage.id {
        columns += filter.statuses.map { status in
          ColumnKey(pipelineID: pipeline.id, stageID: stage.id, status: status)
        }
      }
    }
    return columns
  }

  private static func page(
    _ deals: DealListRecords, of columns: [ColumnKey], _ order: DealOrder, after cursor: DealCursor?,
    limit: Int, at time: WorkspaceTime, in snapshot: borrowing Snapshot
  ) throws -> DealPage {
    let whole = try deals.whole(of: columns, in: snapshot)
    let found = try deals.page(
      of: columns, order, after: cursor, limit: limit + 1, whole: whole, in: snapshot)
    let shown = found.prefix(limit)
    return DealPage(
      deals: try DealRecords.deals(shown.map(\.dealID), at: time, in: snapshot),
      next: found.count > limit ? try shown.last?.text : nil, count: whole.count, isExact: whole.isExact,
      totals: whole.totals)
  }
}
