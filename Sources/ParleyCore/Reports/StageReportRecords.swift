import SQLite

extension StageFate: Bindable {}

/// The stays of deals in stages, added up by the database. Triggers keep them as deals change.
enum StageReportRecords {
  /// Deals that entered a stage, of one currency and fate.
  struct Group {
    var stageID: Int64
    var currency: String
    var fate: StageFate
    var sum: Forecast.Sum
  }

  /// - Parameters:
  ///   - stages: a JSON array of ids.
  ///   - moments: of entering them.
  static func entries(
    into stages: String, within moments: Range<Int64>, _ scope: ReportRecords.Scope,
    in snapshot: borrowing Snapshot
  ) throws -> [Group] {
    let texts = try UTCSpans.texts([moments], by: [64, 8, 1].map { $0 * UTCDivision.day })
    return try snapshot.rows(
      entriesStatement, stages, scope.ownerID, scope.currency, texts.runs, texts.rest
    ) { row in
      guard let fate = StageFate(rawValue: row.text(2)) else {
        throw ParleyError.defect(reason: "stage_flow.fate")
      }
      return Group(
        stageID: row.int64(0), currency: row.text(1), fate: fate,
        sum: Forecast.Sum(
          count: row.int64(3), minor: MinorSum(billions: row.int64(4), rest: row.int64(5))))
    }
  }

  /// Days stand in a table of their own.
  static let entriesStatement = """
    SELECT stage_id, currency, fate, sum(count), sum(billions), sum(rest) FROM (
      SELECT kept.stage_id, kept.currency, kept.fate, kept.count, kept.billions, kept.rest
        FROM json_each(?1) AS stage CROSS JOIN json_each(?4) AS run CROSS JOIN stage_flow_spans AS kept
        WHERE kept.stage_id = stage.value AND kept.owner_id = ifnull(?2, 0) AND \(UTCSpans.withinRun)
          AND (?3 IS NULL OR kept.currency = ?3)
      UNION ALL
      SELECT kept.stage_id, kept.currency, kept.fate, kept.count, kept.billions, kept.rest
        FROM json_each(?1) AS stage CROSS JOIN json_each(?4) AS run CROSS JOIN stage_flow AS kept
        WHERE run.value ->> 1 = \(UTCDivision.day) AND kept.stage_id = stage.value AND kept.owner_id = ifnull(?2, 0)
          AND kept.day >= run.value ->> 2 AND kept.day < run.value ->> 3 AND (?3 IS NULL OR kept.currency = ?3)
      UNION ALL
      SELECT stage_id, currency, fate, 1, value_minor / 1000000000, value_minor % 1000000000
        FROM json_each(?5) AS part CROSS JOIN deal_stays
        WHERE stage_id IN (SELECT value FROM json_each(?1))
          AND fate IN ('there', 'onward', 'back', 'away', 'won', 'lost')
          AND entered_at >= part.value ->> 1 AND entered_at < part.value ->> 2
          AND (?2 IS NULL OR owner_id = ?2) AND (?3 IS NULL OR currency = ?3)
    )
    GROUP BY stage_id, currency, fate HAVING sum(count) > 0
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
