import SQLite

/// The deals' figures. Everybody's are added up of what is kept by day and by hour; an owner's, by the database over an index of their
/// deals.
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
    var isOpen: Bool
    var currency: String
    /// Of the stage that open ones are in, in percent.
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
    let (first, last) = (period.from.description, period.to.description)
    func expected(_ row: borrowing Row) -> Expected {
      Expected(
        isOpen: row.bool(0), currency: row.text(1), probability: row.int64(2), count: row.int64(3),
        sum: MinorSum(billions: row.int64(4), rest: row.int64(5)))
    }
    guard let ownerID = scope.ownerID else {
      return try snapshot.rows(
        expectedStatement, first, last, scope.pipelines, scope.currency, map: expected)
    }
    return try snapshot.rows(
      expectedOfOwnerStatement, first, last, scope.pipelines, scope.currency, ownerID, map: expected)
  }

  static let expectedStatement = probable(
    """
    SELECT stage_id > 0 AS is_open, currency, stage_id, sum(count) AS count, sum(billions) AS billions,
        sum(rest) AS rest
      FROM deal_expectations
      WHERE day >= ?1 AND day <= ?2 AND +pipeline_id IN (SELECT value FROM json_each(?3))
        AND (?4 IS NULL OR +currency = ?4)
      GROUP BY currency, stage_id HAVING sum(count) > 0
    """)

  static let expectedOfOwnerStatement = probable(
    """
    SELECT status = 'open' AS is_open, currency, stage_id, count(*) AS count,
        sum(value_minor / 1000000000) AS billions, sum(value_minor % 1000000000) AS rest
      FROM deals
      WHERE owner_id = ?5 AND forecasted_close_on >= ?1 AND forecasted_close_on <= ?2
        AND +pipeline_id IN (SELECT value FROM json_each(?3)) AND (?4 IS NULL OR +currency = ?4)
      GROUP BY is_open, currency, stage_id
    """)

  private static func probable(_ groups: String) -> String {
    """
    SELECT found.is_open, found.currency, ifnull(stages.probability, 0), found.count, found.billions, found.rest
      FROM (\(groups)) AS found LEFT JOIN stages ON stages.id = found.stage_id
    """
  }

  /// - Parameter moments: in milliseconds since 1970 UTC.
  static func won(
    within moments: Range<Int64>, _ scope: Scope, in snapshot: borrowing Snapshot
  ) throws -> [Won] {
    func won(_ row: borrowing Row) -> Won {
      Won(
        currency: row.text(0), count: row.int64(1),
        sum: MinorSum(billions: row.int64(2), rest: row.int64(3)))
    }
    if let ownerID = scope.ownerID {
      return try snapshot.rows(
        wonByOwnerStatement, moments.lowerBound, moments.upperBound, scope.pipelines, scope.currency, ownerID,
        map: won)
    }
    let days = UTCDivision(moments, by: UTCDivision.day)
    var groups = try snapshot.rows(
      wonInSlotsStatement, UTCDivision.day, days.slots.lowerBound, days.slots.upperBound, scope.pipelines,
      scope.currency, map: won)
    for part in [days.before, days.after] where !part.isEmpty {
      let hours = UTCDivision(part, by: UTCDivision.hour)
      groups += try snapshot.rows(
        wonInSlotsStatement, UTCDivision.hour, hours.slots.lowerBound, hours.slots.upperBound,
        scope.pipelines, scope.currency, map: won)
      // In some time zones a day begins within an hour of UTC.
      for rest in [hours.before, hours.after] where !rest.isEmpty {
        groups += try snapshot.rows(
          wonStatement, rest.lowerBound, rest.upperBound, scope.pipelines, scope.currency, map: won)
      }
    }
    return groups
  }

  static let wonInSlotsStatement = """
    SELECT currency, sum(count), sum(billions), sum(rest)
      FROM deal_closings
      WHERE status = 'won' AND span = ?1 AND slot >= ?2 AND slot < ?3
        AND +pipeline_id IN (SELECT value FROM json_each(?4)) AND (?5 IS NULL OR +currency = ?5)
      GROUP BY currency HAVING sum(count) > 0
    """

  static let wonStatement = wonStatement(ofOwner: false)
  static let wonByOwnerStatement = wonStatement(ofOwner: true)

  private static func wonStatement(ofOwner: Bool) -> String {
    """
    SELECT currency, count(*), sum(value_minor / 1000000000), sum(value_minor % 1000000000)
      FROM deals
      WHERE status = 'won' AND closed_at >= ?1 AND closed_at < ?2
        AND +pipeline_id IN (SELECT value FROM json_each(?3)) AND (?4 IS NULL OR +currency = ?4)
        \(ofOwner ? "AND +owner_id = ?5" : "")
      GROUP BY currency
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
