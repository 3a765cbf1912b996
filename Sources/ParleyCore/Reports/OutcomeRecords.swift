import SQLite

/// Closed deals, grouped by the database over the index of when they were closed.
enum OutcomeRecords {
  /// Deals of one owner, currency and status.
  struct Group {
    var owner: AgentReference
    var currency: String
    var sum: Forecast.Sum
  }

  /// - Parameters:
  ///   - status: won or lost.
  ///   - moments: in milliseconds since 1970 UTC.
  static func groups(
    _ status: Deal.Status, within moments: Range<Int64>, _ scope: ReportRecords.Scope,
    in snapshot: borrowing Snapshot
  ) throws -> [Group] {
    try snapshot.rows(
      ownersStatement, status.rawValue, moments.lowerBound, moments.upperBound, scope.pipelines,
      scope.ownerID,
      scope.currency
    ) { row in
      Group(
        owner: AgentReference(id: row.int64(0), name: row.text(1)), currency: row.text(2),
        sum: Forecast.Sum(
          count: row.int64(3), minor: MinorSum(billions: row.int64(4), rest: row.int64(5))))
    }
  }

  static let ownersStatement = """
    SELECT found.owner_id, agents.name, found.currency, found.count, found.billions, found.rest
      FROM (
        SELECT owner_id, currency, count(*) AS count, sum(value_minor / 1000000000) AS billions,
            sum(value_minor % 1000000000) AS rest
          FROM deals
          WHERE status = ?1 AND closed_at >= ?2 AND closed_at < ?3
            AND +pipeline_id IN (SELECT value FROM json_each(?4))
            AND (?5 IS NULL OR +owner_id = ?5) AND (?6 IS NULL OR +currency = ?6)
          GROUP BY currency, owner_id
      ) AS found
      JOIN agents ON agents.id = found.owner_id
    """

  /// The most frequent reasons of each currency.
  static func reasons(
    within moments: Range<Int64>, _ scope: ReportRecords.Scope, in snapshot: borrowing Snapshot
  ) throws -> [Outcomes.Reason] {
    try snapshot.rows(
      reasonsStatement, moments.lowerBound, moments.upperBound, scope.pipelines, scope.ownerID,
      scope.currency, Outcomes.reasonLimit
    ) { row in
      Outcomes.Reason(
        reason: row.text(0), currency: row.text(1), count: row.int64(2),
        minor: MinorSum(billions: row.int64(3), rest: row.int64(4)))
    }
  }

  static let reasonsStatement = """
    SELECT lost_reason, currency, count, billions, rest
      FROM (
        SELECT lost_reason, currency, count(*) AS count, sum(value_minor / 1000000000) AS billions,
            sum(value_minor % 1000000000) AS rest,
            row_number() OVER (PARTITION BY currency ORDER BY count(*) DESC, lost_reason) AS place
          FROM deals
          WHERE status = 'lost' AND closed_at >= ?1 AND closed_at < ?2
            AND +pipeline_id IN (SELECT value FROM json_each(?3))
            AND (?4 IS NULL OR +owner_id = ?4) AND (?5 IS NULL OR +currency = ?5)
          GROUP BY currency, lost_reason
      )
      WHERE place <= ?6
      ORDER BY currency, place
    """
}
