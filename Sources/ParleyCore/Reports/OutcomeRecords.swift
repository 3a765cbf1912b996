import SQLite

/// Closed deals, grouped by the database: what is kept of many days together, and at the ends of a range the index of when they were
/// closed.
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
    let texts = try UTCSpans.texts([moments], by: spans)
    return try snapshot.rows(
      ownersStatement, status.rawValue, texts.runs, texts.rest, scope.pipelines,
      scope.ownerID, scope.currency
    ) { row in
      Group(
        owner: AgentReference(id: row.int64(0), name: row.text(1)), currency: row.text(2),
        sum: Forecast.Sum(
          count: row.int64(3), minor: MinorSum(billions: row.int64(4), rest: row.int64(5))))
    }
  }

  static let ownersStatement = """
    SELECT found.owner_id, agents.name, found.currency, sum(found.count), sum(found.billions), sum(found.rest)
      FROM (
        SELECT kept.owner_id, kept.currency, kept.count, kept.billions, kept.rest
          FROM json_each(?2) AS run CROSS JOIN agents AS owners CROSS JOIN deal_outcomes AS kept
          WHERE (?5 IS NULL OR owners.id = ?5) AND kept.status = ?1 AND kept.owner_id = owners.id AND \(UTCSpans.withinRun)
            AND kept.pipeline_id IN (SELECT value FROM json_each(?4)) AND (?6 IS NULL OR kept.currency = ?6)
        UNION ALL
        SELECT owner_id, currency, 1, value_minor / 1000000000, value_minor % 1000000000
          FROM json_each(?3) AS part CROSS JOIN deals
          WHERE status = ?1 AND \(UTCSpans.withinRest) AND +pipeline_id IN (SELECT value FROM json_each(?4))
            AND (?5 IS NULL OR +owner_id = ?5) AND (?6 IS NULL OR +currency = ?6)
      ) AS found
      JOIN agents ON agents.id = found.owner_id
      GROUP BY found.owner_id, found.currency HAVING sum(found.count) > 0
    """

  /// The lengths of the spans of which sums are kept, in milliseconds.
  static let spans: [Int64] = [64, 16, 4].map { $0 * UTCDivision.day }

  /// The most frequent reasons of each currency.
  static func reasons(
    within moments: Range<Int64>, _ scope: ReportRecords.Scope, in snapshot: borrowing Snapshot
  ) throws -> [Outcomes.Reason] {
    let texts = try UTCSpans.texts([moments], by: spans)
    return try snapshot.rows(
      reasonsStatement, texts.runs, texts.rest, scope.pipelines, scope.ownerID,
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
        SELECT lost_reason, currency, sum(count) AS count, sum(billions) AS billions, sum(rest) AS rest,
            row_number() OVER (PARTITION BY currency ORDER BY sum(count) DESC, lost_reason) AS place
          FROM (
            SELECT kept.lost_reason, kept.currency, kept.count, kept.billions, kept.rest
              FROM json_each(?1) AS run CROSS JOIN deal_loss_reasons AS kept
              WHERE kept.owner_id = ifnull(?4, 0) AND \(UTCSpans.withinRun)
                AND kept.pipeline_id IN (SELECT value FROM json_each(?3)) AND (?5 IS NULL OR kept.currency = ?5)
            UNION ALL
            SELECT lost_reason, currency, 1, value_minor / 1000000000, value_minor % 1000000000
              FROM json_each(?2) AS part CROSS JOIN deals
              WHERE status = 'lost' AND \(UTCSpans.withinRest) AND +pipeline_id IN (SELECT value FROM json_each(?3))
                AND (?4 IS NULL OR +owner_id = ?4) AND (?5 IS NULL OR +currency = ?5)
          )
          GROUP BY currency, lost_reason HAVING sum(count) > 0
      )
      WHERE place <= ?6
      ORDER BY currency, place
    """
}
