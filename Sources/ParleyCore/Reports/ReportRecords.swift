import SQLite

/// The deals' figures. Everybody's are added up of what is kept by day and by hour; what is expected of an owner, by the database over
/// an index of their deals.
///
/// A sum is taken in two parts, billions and rest, since values of 10^15 would pass 64 bits. The unary plus keeps the planner from
/// the indexes that begin with a pipeline: the range is what narrows a report.
enum ReportRecords {
  /// Who may be looked at: the pipelines that the asking agent may see, of the filter's.
  struct Scope {
    /// A JSON array of ids.
    var pipelines: String
    var ownerID: Int64?
    var currency: String?
  }

  /// Deals that are or were expected to close in a period, by what the forecast tells apart.
  struct Expected {
    /// The place of the period among those asked for.
    var period: Int
    var isOpen: Bool
    var currency: String
    /// Of the stage that open ones are in, in percent.
    var probability: Int64
    var count: Int64
    var sum: MinorSum
  }

  struct Won {
    /// The place of the range among those asked for.
    var period: Int
    var currency: String
    var count: Int64
    var sum: MinorSum
  }

  /// Of all periods at once: a query for each of a year's days would take longer than the days.
  static func expected(
    in periods: [Period], _ scope: Scope, in snapshot: borrowing Snapshot
  ) throws -> [Expected] {
    let days = try JSON.text(periods.map { [$0.from.description, $0.to.description] })
    func expected(_ row: borrowing Row) -> Expected {
      Expected(
        period: row.int(0), isOpen: row.bool(1), currency: row.text(2), probability: row.int64(3),
        count: row.int64(4), sum: MinorSum(billions: row.int64(5), rest: row.int64(6)))
    }
    guard let ownerID = scope.ownerID else {
      return try snapshot.rows(expectedStatement, days, scope.pipelines, scope.currency, map: expected)
    }
    return try snapshot.rows(
      expectedOfOwnerStatement, days, scope.pipelines, scope.currency, ownerID, map: expected)
  }

  static let expectedStatement = """
    SELECT period.key, stage_id > 0 AS is_open, currency, ifnull(stages.probability, 0) AS percent, sum(count),
        sum(billions), sum(rest)
      FROM json_each(?1) AS period CROSS JOIN deal_expectations LEFT JOIN stages ON stages.id = stage_id
      WHERE day >= period.value ->> 0 AND day <= period.value ->> 1
        AND +deal_expectations.pipeline_id IN (SELECT value FROM json_each(?2))
        AND (?3 IS NULL OR +currency = ?3)
      GROUP BY period.key, is_open, currency, percent HAVING sum(count) > 0
    """

  static let expectedOfOwnerStatement = """
    SELECT period.key, status = 'open' AS is_open, currency, ifnull(stages.probability, 0) AS percent, count(*),
        sum(value_minor / 1000000000), sum(value_minor % 1000000000)
      FROM json_each(?1) AS period CROSS JOIN deals LEFT JOIN stages ON stages.id = deals.stage_id
      WHERE owner_id = ?4 AND forecasted_close_on >= period.value ->> 0
        AND forecasted_close_on <= period.value ->> 1
        AND +deals.pipeline_id IN (SELECT value FROM json_each(?2)) AND (?3 IS NULL OR +currency = ?3)
      GROUP BY period.key, is_open, currency, percent
    """

  /// - Parameter ranges: in milliseconds since 1970 UTC.
  static func won(
    within ranges: [Range<Int64>], _ scope: Scope, in snapshot: borrowing Snapshot
  ) throws -> [Won] {
    func won(_ row: borrowing Row) -> Won {
      Won(
        period: row.int(0), currency: row.text(1), count: row.int64(2),
        sum: MinorSum(billions: row.int64(3), rest: row.int64(4)))
    }
    if let ownerID = scope.ownerID {
      let texts = try UTCSpans.texts(ranges, by: OutcomeRecords.spans)
      return try snapshot.rows(
        wonByOwnerStatement, texts.runs, texts.rest, scope.pipelines, scope.currency, ownerID, map: won)
    }
    let texts = try UTCSpans.texts(ranges, by: [UTCDivision.day, UTCDivision.hour])
    return try snapshot.rows(
      wonStatement, texts.runs, texts.rest, scope.pipelines, scope.currency, map: won)
  }

  static let wonStatement = wonStatement(of: "deal_closings", "1", "1")
  static let wonByOwnerStatement = wonStatement(of: "deal_outcomes", "kept.owner_id = ?5", "+owner_id = ?5")

  /// What is left beside the spans is less than an hour at each end of a range for everybody, and less than four days for an owner.
  private static func wonStatement(
    of table: String, _ ofOwner: String, _ dealsOfOwner: String
  ) -> String {
    """
    SELECT period, currency, sum(count), sum(billions), sum(rest)
      FROM (
        SELECT run.value ->> 0 AS period, kept.currency, kept.count, kept.billions, kept.rest
          FROM json_each(?1) AS run CROSS JOIN \(table) AS kept
          WHERE kept.status = 'won' AND \(ofOwner) AND \(UTCSpans.withinRun)
            AND +kept.pipeline_id IN (SELECT value FROM json_each(?3)) AND (?4 IS NULL OR kept.currency = ?4)
        UNION ALL
        SELECT part.value ->> 0, currency, 1, value_minor / 1000000000, value_minor % 1000000000
          FROM json_each(?2) AS part CROSS JOIN deals
          WHERE status = 'won' AND \(UTCSpans.withinRest) AND \(dealsOfOwner)
            AND +pipeline_id IN (SELECT value FROM json_each(?3)) AND (?4 IS NULL OR +currency = ?4)
      )
      GROUP BY period, currency HAVING sum(count) > 0
    """
  }

  /// Open deals without a close date, by currency.
  static func undated(_ scope: Scope, in snapshot: borrowing Snapshot) throws -> [Total] {
    try snapshot.rows(undatedStatement, scope.pipelines, scope.ownerID, scope.currency) { row in
      let sum = MoneySum(billions: row.int64(2), rest: row.int64(3))
      return Total(currency: row.text(0), count: row.int(1), sum: sum)
    }
  }

  static let undatedStatement = """
    SELECT currency, count(*), sum(value_minor / 1000000000), sum(value_minor % 1000000000)
      FROM deals
      WHERE forecasted_close_on IS NULL AND status = 'open'
        AND +pipeline_id IN (SELECT value FROM json_each(?1))
        AND (?2 IS NULL OR +owner_id = ?2) AND (?3 IS NULL OR +currency = ?3)
      GROUP BY currency
    """

  /// The deals behind a figure, those of the greatest value first.
  static func deals(
    behind figure: ForecastFigure, of period: Period, moments: Range<Int64>, _ scope: Scope, limit: Int,
    in snapshot: borrowing Snapshot
  ) throws -> [Int64] {
    switch figure {
    case .won:
      try snapshot.rows(
        """
        SELECT id FROM deals
          WHERE status = 'won' AND closed_at >= ?1 AND closed_at < ?2
            AND +pipeline_id IN (SELECT value FROM json_each(?3))
            AND (?4 IS NULL OR +owner_id = ?4) AND (?5 IS NULL OR +currency = ?5)
          ORDER BY value_minor DESC, id LIMIT ?6
        """, moments.lowerBound, moments.upperBound, scope.pipelines, scope.ownerID, scope.currency, limit
      ) { $0.int64(0) }
    case .open, .forecast:
      try snapshot.rows(
        """
        SELECT id FROM deals
          WHERE forecasted_close_on >= ?1 AND forecasted_close_on <= ?2
            AND +pipeline_id IN (SELECT value FROM json_each(?3))
            AND (?4 IS NULL OR +owner_id = ?4) AND (?5 IS NULL OR +currency = ?5)
            AND (?7 IS NULL OR +status = ?7)
          ORDER BY value_minor DESC, id LIMIT ?6
        """, period.from.description, period.to.description, scope.pipelines, scope.ownerID, scope.currency,
        limit, figure == .open ? Deal.Status.open.rawValue : nil
      ) { $0.int64(0) }
    }
  }
}
