import SQLite

extension StageFate: Bindable {}

/// The stays of deals in stages, which triggers keep as deals change, and what is kept of them by day.
enum StageReportRecords {
  /// Deals that entered a stage on some days, of one currency and fate.
  struct Group {
    var stageID: Int64
    var currency: String
    var fate: StageFate
    var sum: Forecast.Sum
  }

  /// - Parameters:
  ///   - stages: a JSON array of ids.
  ///   - days: of entering them.
  static func entries(
    into stages: String, on days: ClosedRange<CalendarDate>, _ scope: ReportRecords.Scope,
    in snapshot: borrowing Snapshot
  ) throws -> [Group] {
    try snapshot.rows(
      entriesStatement, stages, scope.keptFor, try DaySpans([days]).text(), scope.currency
    ) { row in
      guard let fate = StageFate(rawValue: row.text(2)) else {
        throw ParleyError.defect(reason: "stage_flow.fate")
      }
      return Group(
        stageID: row.int64(0), currency: row.text(1), fate: fate, sum: ReportRecords.sum(row, at: 3))
    }
  }

  static let entriesStatement = """
    SELECT kept.stage_id, kept.currency, kept.fate, kept.count, kept.billions, kept.rest
      FROM json_each(?1) AS stage CROSS JOIN json_each(?3) AS run CROSS JOIN stage_flow AS kept
      WHERE kept.stage_id = stage.value AND kept.owner_id = ?2 AND \(ReportRecords.withinRun)
        AND (?4 IS NULL OR kept.currency = ?4) AND kept.count > 0
    """

  /// How long the latest stays lasted that ended within a range.
  static func left(
    _ stageID: Int64, within moments: Range<Int64>, _ scope: ReportRecords.Scope,
    in snapshot: borrowing Snapshot
  ) throws -> StageTimes.Span {
    try snapshot.first(
      leftStatement, stageID, moments.lowerBound, moments.upperBound, scope.ownerID, scope.currency,
      StageTimes.limit, map: span
    ) ?? nothing
  }

  static let leftStatement = measured(
    """
    SELECT left_at - entered_at AS duration FROM deal_stays
      WHERE stage_id = ?1 AND left_at >= ?2 AND left_at < ?3
        AND (?4 IS NULL OR owner_id = ?4) AND (?5 IS NULL OR currency = ?5)
      ORDER BY left_at DESC LIMIT ?6 + 1
    """)

  /// How long those who are in a stage have been there.
  static func there(
    _ stageID: Int64, now: Int64, _ scope: ReportRecords.Scope, in snapshot: borrowing Snapshot
  ) throws -> StageTimes.Span {
    try snapshot.first(
      thereStatement, stageID, now, scope.ownerID, scope.currency, StageTimes.limit, map: span) ?? nothing
  }

  static let thereStatement = measured(
    """
    SELECT max(0, ?2 - entered_at) AS duration FROM deal_stays
      WHERE stage_id = ?1 AND fate = 'there'
        AND (?3 IS NULL OR owner_id = ?3) AND (?4 IS NULL OR currency = ?4)
      ORDER BY entered_at DESC LIMIT ?5 + 1
    """, limit: "?5")

  /// Of an even number of durations, the median is between the two in the middle.
  private static func measured(_ durations: String, limit: String = "?6") -> String {
    """
    WITH found AS MATERIALIZED (\(durations)), size AS MATERIALIZED (SELECT count(*) AS n FROM found)
    SELECT min(n, \(limit)), n <= \(limit),
        (SELECT sum(duration) / n FROM found),
        (SELECT avg(duration) FROM (
          SELECT duration FROM found ORDER BY duration
            LIMIT 2 - (SELECT n FROM size) % 2 OFFSET ((SELECT n FROM size) - 1) / 2))
      FROM size WHERE n > 0
    """
  }

  private static let nothing = StageTimes.Span(count: 0, isExact: true, median: nil, average: nil)

  private static func span(_ row: borrowing Row) -> StageTimes.Span {
    StageTimes.Span(
      count: row.int(0), isExact: row.bool(1), median: row.int64(3), average: row.int64(2))
  }

  /// The deals that entered a stage within a range and met a fate, the last to enter first, with when that was.
  ///
  /// - Parameter pipelines: a JSON array of ids: those where a deal may be now.
  static func deals(
    enteringStage stageID: Int64, _ fate: StageFate, within moments: Range<Int64>, nowIn pipelines: String,
    _ scope: ReportRecords.Scope, limit: Int, in snapshot: borrowing Snapshot
  ) throws -> [(id: Int64, enteredAt: Int64)] {
    try snapshot.rows(
      """
      SELECT deal_id, entered_at FROM deal_stays
        WHERE stage_id = ?1 AND fate = ?2 AND entered_at >= ?3 AND entered_at < ?4
          AND (?5 IS NULL OR owner_id = ?5) AND (?6 IS NULL OR currency = ?6)
          AND (SELECT pipeline_id FROM deals WHERE id = deal_id) IN (SELECT value FROM json_each(?7))
        ORDER BY entered_at DESC LIMIT ?8
      """, stageID, fate, moments.lowerBound, moments.upperBound, scope.ownerID, scope.currency, pipelines,
      limit
    ) { (id: $0.int64(0), enteredAt: $0.int64(1)) }
  }
}
