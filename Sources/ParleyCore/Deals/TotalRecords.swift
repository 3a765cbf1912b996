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
  ///
  /// - Parameter ownerID: of one owner's deals only.
  static func rows(
    of column: ColumnKey, ownedBy ownerID: Int64 = everybody, in snapshot: borrowing Snapshot
  ) throws -> [Sum] {
    try snapshot.rows(
      """
      SELECT currency, count, billions, rest FROM deal_totals
        WHERE pipeline_id = ? AND stage_id = ? AND owner_id = ? AND status = ? AND count > 0 ORDER BY currency
      """, column.pipelineID, column.stageID, ownerID, column.status, map: sum)
  }

  /// Those that bear a tag, a currency each.
  static func rows(
    of column: ColumnKey, tagged tagKey: String, in snapshot: borrowing Snapshot
  ) throws -> [Sum] {
    try snapshot.rows(
      """
      SELECT currency, count, billions, rest FROM deal_tag_totals
        WHERE tag_id = (SELECT id FROM tags WHERE name_key = ?) AND pipeline_id = ? AND stage_id = ? AND status = ?
          AND count > 0
      """, tagKey, column.pipelineID, column.stageID, column.status, map: sum)
  }

  /// Open ones of these columns that are expected to close in a range of days, a currency each.
  static func rows(
    of columns: [ColumnKey], closingOn days: ClosedRange<String>, in snapshot: borrowing Snapshot
  ) throws -> [Sum] {
    try snapshot.rows(
      """
      SELECT currency, sum(count), sum(billions), sum(rest) FROM deal_expectations
        WHERE day >= ? AND day <= ? AND +stage_id IN (SELECT value FROM json_each(?))
        GROUP BY currency HAVING sum(count) > 0
      """, days.lowerBound, days.upperBound, try JSON.text(columns.map(\.stageID)), map: sum)
  }

  typealias Sum = (currency: String, count: Int, sum: MoneySum)

  /// In place of an owner's id: the deals of all.
  static let everybody: Int64 = 0

  private static func sum(_ row: borrowing Row) -> Sum {
    (row.text(0), row.int(1), MoneySum(billions: row.int64(2), rest: row.int64(3)))
  }

  /// How many deals a stage holds, of every status; those of a whole pipeline if no stage is named.
  static func count(
    of stageID: Int64?, ofPipeline pipelineID: Int64, in snapshot: borrowing Snapshot
  ) throws -> Int {
    try snapshot.first(
      "SELECT sum(count) FROM deal_totals WHERE pipeline_id = ?1 AND owner_id = 0 AND (?2 IS NULL OR stage_id = ?2)",
      pipelineID,
      stageID
    ) { $0.int(0) } ?? 0
  }
}
