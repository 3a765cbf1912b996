import SQLite

/// The deals' figures, grouped by the database over the indexes of what is asked for.
///
/// A sum is taken in two parts, billions and rest, since values of 10^15 would pass 64 bits. The unary plus keeps the planner from
/// the indexes that begin with a pipeline or an owner: the range is what narrows a report.
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
    var status: Deal.Status
    var currency: String
    /// Of their stage, in percent.
    var probability: Int64
    var count: Int64
    var sum: MinorSum
  }

  struct Won {
    var currency: String
    var count: Int64
    var sum: MinorSum
  }

  static func expected(
    in period: Period, _ scope: Scope, in snapshot: borrowing Snapshot
  ) throws -> [Expected] {
    try snapshot.rows(
      expectedStatement, period.from.description, period.to.description, scope.pipelines, scope.ownerID,
      scope.currency
    ) { row in
      guard let status = Deal.Status(rawValue: row.text(0)) else {
        throw ParleyError.defect(reason: "deals.status")
      }
      return Expected(
        status: status, currency: row.text(1), probability: row.int64(2), count: row.int64(3),
        sum: MinorSum(billions: row.int64(4), rest: row.int64(5)))
    }
  }

  static let expectedStatement = """
    SELECT found.status, found.currency, stages.probability, found.count, found.billions, found.rest
      FROM (
        SELECT status, currency, stage_id, count(*) AS count, sum(value_minor / 1000000000) AS billions,
            sum(value_minor % 1000000000) AS rest
          FROM deals
          WHERE forecasted_close_on >= ?1 AND forecasted_close_on <= ?2
            AND +pipeline_id IN (SELECT value FROM json_each(?3))
            AND (?4 IS NULL OR +owner_id = ?4) AND (?5 IS NULL OR +currency = ?5)
          GROUP BY status, currency, stage_id
      ) AS found
      JOIN stages ON stages.id = found.stage_id
    """

  /// - Parameter moments: in milliseconds since 1970 UTC.
  static func won(
    within moments: Range<Int64>, _ scope: Scope, in snapshot: borrowing Snapshot
  ) throws -> [Won] {
    try snapshot.rows(
      wonStatement, moments.lowerBound, moments.upperBound, scope.pipelines, scope.ownerID, scope.currency
    ) { row in
      Won(
        currency: row.text(0), count: row.int64(1),
        sum: MinorSum(billions: row.int64(2), rest: row.int64(3)))
    }
  }

  static let wonStatement = """
    SELECT currency, count(*), sum(value_minor / 1000000000), sum(value_minor % 1000000000)
      FROM deals
      WHERE status = 'won' AND closed_at >= ?1 AND closed_at < ?2
        AND +pipeline_id IN (SELECT value FROM json_each(?3))
        AND (?4 IS NULL OR +owner_id = ?4) AND (?5 IS NULL OR +currency = ?5)
      GROUP BY currency
    """

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
