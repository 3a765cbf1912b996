import SQLite

/// Closed deals, of what is kept of them by day.
enum OutcomeRecords {
  /// By currency, then by owner's name.
  static func shares(
    on days: ClosedRange<CalendarDate>, _ scope: ReportRecords.Scope, in snapshot: borrowing Snapshot
  ) throws -> [Outcomes.Share] {
    try snapshot.rows(
      ownersStatement, try DaySpans([days]).text(), scope.pipelines, scope.ownerID, scope.currency
    ) { row in
      Outcomes.Share(
        owner: AgentReference(id: row.int64(0), name: row.text(1)), currency: row.text(2),
        won: ReportRecords.sum(row, at: 3), lost: ReportRecords.sum(row, at: 6))
    }
  }

  static let ownersStatement = """
    SELECT kept.owner_id, owners.name, kept.currency, sum(kept.won), sum(kept.won_billions), sum(kept.won_rest),
        sum(kept.lost), sum(kept.lost_billions), sum(kept.lost_rest)
      FROM agents AS owners CROSS JOIN json_each(?1) AS run CROSS JOIN deal_outcomes AS kept
      WHERE (?3 IS NULL OR owners.id = ?3) AND kept.owner_id = owners.id AND \(ReportRecords.withinRun)
        AND +kept.pipeline_id IN (SELECT value FROM json_each(?2)) AND (?4 IS NULL OR +kept.currency = ?4)
      GROUP BY kept.owner_id, kept.currency HAVING sum(kept.won) > 0 OR sum(kept.lost) > 0
      ORDER BY kept.currency, owners.name, kept.owner_id
    """

  /// The most frequent reasons of each currency.
  static func reasons(
    on days: ClosedRange<CalendarDate>, _ scope: ReportRecords.Scope, in snapshot: borrowing Snapshot
  ) throws -> [Outcomes.Reason] {
    try snapshot.rows(
      reasonsStatement, try DaySpans([days]).text(), scope.pipelines, scope.keptFor, scope.currency,
      Outcomes.reasonLimit
    ) { row in
      Outcomes.Reason(
        reason: row.text(0), currency: row.text(1), count: row.int64(2),
        minor: MinorSum(billions: row.int64(3), rest: row.int64(4)))
    }
  }

  static let reasonsStatement = """
    SELECT lost_reason, currency, count, billions, rest
      FROM (
        SELECT kept.lost_reason, kept.currency, sum(kept.count) AS count, sum(kept.billions) AS billions,
            sum(kept.rest) AS rest,
            row_number() OVER (PARTITION BY kept.currency ORDER BY sum(kept.count) DESC, kept.lost_reason) AS place
          FROM json_each(?1) AS run CROSS JOIN deal_loss_reasons AS kept
          WHERE kept.owner_id = ?3 AND \(ReportRecords.withinRun)
            AND +kept.pipeline_id IN (SELECT value FROM json_each(?2)) AND (?4 IS NULL OR +kept.currency = ?4)
          GROUP BY kept.currency, kept.lost_reason HAVING sum(kept.count) > 0
      )
      WHERE place <= ?5
      ORDER BY currency, place
    """

  /// The deals behind a figure, the last to be closed first.
  ///
  /// - Parameters:
  ///   - status: won or lost.
  ///   - reason: of those that were lost for this reason only; empty where none was given.
  static func deals(
    _ status: Deal.Status, reason: String?, within moments: Range<Int64>, _ scope: ReportRecords.Scope,
    limit: Int, in snapshot: borrowing Snapshot
  ) throws -> [Int64] {
    try snapshot.rows(
      dealsStatement, status, moments.lowerBound, moments.upperBound, scope.pipelines, scope.ownerID,
      scope.currency, reason, limit
    ) { $0.int64(0) }
  }

  static let dealsStatement = """
    SELECT id FROM deals
      WHERE status = ?1 AND closed_at >= ?2 AND closed_at < ?3
        AND +pipeline_id IN (SELECT value FROM json_each(?4))
        AND (?5 IS NULL OR +owner_id = ?5) AND (?6 IS NULL OR +currency = ?6) AND (?7 IS NULL OR lost_reason = ?7)
      ORDER BY closed_at DESC LIMIT ?8
    """
}
