import SQLite

/// The deals' figures, of what is kept by day. Who reads them adds up the periods.
///
/// A sum is kept in two parts, billions and rest, since values of 10^15 would pass 64 bits. The unary plus keeps the planner from
/// the indexes that begin with a pipeline: the range is what narrows a report.
enum ReportRecords {
  /// Who may be looked at: the pipelines that the asking agent may see, of the filter's.
  struct Scope {
    /// A JSON array of ids.
    var pipelines: String
    var ownerID: Int64?
    var currency: String?

    /// Whose sums are read.
    var keptFor: Int64 { ownerID ?? TotalRecords.everybody }
  }

  /// Deals that are or were expected to close on a day, of a pipeline and a currency.
  struct Expected {
    /// Days since 1970.
    var day: Int
    var currency: String
    var open: Forecast.Sum
    /// The values of the open ones, each times the probability of its stage in percent.
    var weightedHundredths: MinorSum
    var all: Forecast.Sum
  }

  /// Deals that were won on some days, of a pipeline and a currency.
  struct Won {
    /// The first of them, since 1970.
    var day: Int
    var currency: String
    var sum: Forecast.Sum
  }

  static func expected(
    on days: ClosedRange<CalendarDate>, _ scope: Scope, in snapshot: borrowing Snapshot
  ) throws -> [Expected] {
    try snapshot.rows(
      expectedStatement, scope.keptFor, days.lowerBound.dayNumber, days.upperBound.dayNumber, scope.pipelines,
      scope.currency
    ) { row in
      Expected(
        day: row.int(0), currency: row.text(1), open: sum(row, at: 2),
        weightedHundredths: MinorSum(billions: row.int64(5), rest: row.int64(6)), all: sum(row, at: 7))
    }
  }

  static let expectedStatement = """
    SELECT day, currency, open, open_billions, open_rest, weighted_billions, weighted_rest, count, billions, rest
      FROM deal_forecasts
      WHERE owner_id = ?1 AND day >= ?2 AND day <= ?3
        AND +pipeline_id IN (SELECT value FROM json_each(?4)) AND (?5 IS NULL OR +currency = ?5) AND count > 0
    """

  static func won(
    in periods: [Period], _ scope: Scope, in snapshot: borrowing Snapshot
  ) throws -> [Won] {
    try snapshot.rows(
      wonStatement, try DaySpans(periods.map { $0.from...$0.to }).text(), scope.keptFor, scope.pipelines,
      scope.currency
    ) { row in
      Won(day: row.int(0), currency: row.text(1), sum: sum(row, at: 2))
    }
  }

  static let wonStatement = """
    SELECT kept.span * kept.slot, kept.currency, kept.won, kept.won_billions, kept.won_rest
      FROM json_each(?1) AS run CROSS JOIN deal_outcomes AS kept
      WHERE kept.owner_id = ?2 AND \(withinRun)
        AND +kept.pipeline_id IN (SELECT value FROM json_each(?3)) AND (?4 IS NULL OR +kept.currency = ?4)
        AND kept.won > 0
    """

  /// What holds of what is kept of a run of ``DaySpans``.
  static let withinRun = """
    kept.span = run.value ->> 0 AND kept.slot >= run.value ->> 1 AND kept.slot < run.value ->> 2
    """

  /// A count and the two parts of a sum.
  static func sum(_ row: borrowing Row, at column: Int32) -> Forecast.Sum {
    Forecast.Sum(
      count: row.int64(column), minor: MinorSum(billions: row.int64(column + 1), rest: row.int64(column + 2)))
  }

  /// Open deals without a close date, by currency.
  static func undated(_ scope: Scope, in snapshot: borrowing Snapshot) throws -> [Total] {
    try snapshot.rows(undatedStatement, scope.keptFor, scope.pipelines, scope.currency) { row in
      let sum = MoneySum(billions: row.int64(2), rest: row.int64(3))
      return Total(currency: row.text(0), count: row.int(1), sum: sum)
    }
  }

  static let undatedStatement = """
    SELECT currency, sum(open), sum(open_billions), sum(open_rest) FROM deal_forecasts
      WHERE owner_id = ?1 AND day = \(Schema.undated)
        AND +pipeline_id IN (SELECT value FROM json_each(?2)) AND (?3 IS NULL OR +currency = ?3)
      GROUP BY currency HAVING sum(open) > 0
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
