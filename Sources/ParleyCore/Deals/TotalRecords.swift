import SQLite

/// What the columns of the boards come to. Triggers keep these rows as deals come, go and change.
enum TotalRecords {
  static func totals(of column: ColumnKey, in snapshot: borrowing Snapshot) throws -> ColumnTotals {
    let totals = try rows(of: column, in: snapshot).map { row in
      Total(currency: row.currency, count: row.count, sum: row.sum)
    }
    return ColumnTotals(
      stageID: column.stageID, status: column.status, count: totals.reduce(0) { $0 + $1.count },
      totals: totals)
  }

  /// A currency each, in alphabetical order.
  static func rows(
    of column: ColumnKey, in snapshot: borrowing Snapshot
  ) throws -> [(currency: String, count: Int, sum: MoneySum)] {
    try snapshot.rows(
      """
      SELECT currency, count, billions, rest FROM deal_totals
        WHERE pipeline_id = ? AND stage_id = ? AND status = ? AND count > 0 ORDER BY currency
      """, column.pipelineID, column.stageID, column.status
    ) { row in
      (row.text(0), row.int(1), MoneySum(billions: row.int64(2), rest: row.int64(3)))
    }
  }

  /// How many deals a stage holds, of every status; those of a whole pipeline if no stage is named.
  static func count(
    of stageID: Int64?, ofPipeline pipelineID: Int64, in snapshot: borrowing Snapshot
  ) throws -> Int {
    try snapshot.first(
      "SELECT sum(count) FROM deal_totals WHERE pipeline_id = ?1 AND (?2 IS NULL OR stage_id = ?2)",
      pipelineID,
      stageID
    ) { $0.int(0) } ?? 0
  }
}
