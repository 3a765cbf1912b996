import SQLite

/// The deals in their orders, a page at a time. Each column of a board has an index for each order; a list over several columns merges
/// theirs, no further than the page goes. So the cost follows the page and the number of columns, not the number of deals.
enum DealListRecords {
  /// How many deals are looked at to count them, where no counts are kept.
  static let countLimit = DealNarrowingRecords.limit

  /// Up to so many, what a condition finds in a column is sorted; more are looked for in the order's index, where they are not far
  /// apart.
  private static let sortLimit = 1000

  /// So many columns are merged by the database at once: it takes no more than 500 queries together.
  private static let mergeLimit = 200

  /// The first deals behind the cursor over all these columns, by their cursors.
  static func page(
    of columns: [ColumnKey], _ filter: DealFilter, _ narrowing: DealNarrowingRecords, _ order: DealOrder,
    after cursor: DealCursor?, limit: Int, in snapshot: borrowing Snapshot
  ) throws -> [DealCursor] {
    if let source = try Source(of: columns, filter, narrowing, in: snapshot) {
      return try page(of: [source], order, after: cursor, limit: limit, in: snapshot)
    }
    var found: [DealCursor] = []
    for start in stride(from: 0, to: columns.count, by: mergeLimit) {
      var sources: [Source] = []
      for column in columns[start..<min(start + mergeLimit, columns.count)]
      where try mayShow(column, filter, in: snapshot) {
        sources.append(try Source(of: column, filter, upTo: sortLimit, in: snapshot))
      }
      found += try page(of: sources, order, after: cursor, limit: limit, in: snapshot)
    }
    found.sort { $0.precedes($1, in: order) }
    return Array(found.prefix(limit))
  }

  /// A column without a deal of one of the tags would be gone through to its end for nothing.
  private static func mayShow(
    _ column: ColumnKey, _ filter: DealFilter, in snapshot: borrowing Snapshot
  ) throws -> Bool {
    for tag in filter.tags {
      let key = TagName(tag)?.key ?? ""
      if try TotalRecords.rows(of: column, tagged: key, in: snapshot).isEmpty { return false }
    }
    return true
  }

  /// SQLite reads each source in its order, as far as the page needs it, and merges them.
  private static func page(
    of sources: [Source], _ order: DealOrder, after cursor: DealCursor?, limit: Int,
    in snapshot: borrowing Snapshot
  ) throws -> [DealCursor] {
    guard !sources.isEmpty else { return [] }
    var queries: [String] = []
    var values: [any Bindable] = []
    for source in sources {
      var clauses = source.columns + source.conditions
      values += source.tableValues + source.columnValues + source.conditionValues
      if let cursor {
        clauses += order.clausesBehind
        values += order.valuesBehind(cursor)
      }
      queries.append(
        "SELECT \(order.columns) FROM \(source.table) WHERE \(clauses.joined(separator: " AND "))")
    }
    return try snapshot.rows(
      "\(queries.joined(separator: "\nUNION ALL ")) ORDER BY \(order.positions) LIMIT \(limit)",
      binding: values
    ) { order.cursor(from: $0) }
  }

  /// How many deals of these columns a filter shows, and what they come to: of those that are looked at, up to the limit.
  static func totals(
    of columns: [ColumnKey], _ filter: DealFilter, _ narrowing: DealNarrowingRecords,
    in snapshot: borrowing Snapshot
  ) throws -> (count: Int, isExact: Bool, totals: [Total]) {
    var tally = Tally()
    if let kept = filter.keptTotals {
      for row in try kept.rows(of: columns, in: snapshot) { tally.add(row) }
      return tally.result
    }
    tally.isExact = !narrowing.isCut
    if let source = try Source(of: columns, filter, narrowing, in: snapshot) {
      // All columns at once: the ids are gone through once, not for each.
      try count(source, into: &tally, in: snapshot)
      return tally.result
    }
    for column in columns where tally.isExact {
      let source = try Source(of: column, filter, upTo: DealNarrowingRecords.limit, in: snapshot)
      try count(source, into: &tally, in: snapshot)
    }
    return tally.result
  }

  /// What has been counted so far.
  private struct Tally {
    var looked = 0
    var isExact = true
    private var count = 0
    private var sums: [String: (count: Int, sum: MoneySum)] = [:]

    mutating func add(_ row: TotalRecords.Sum) {
      count += row.count
      let known = sums[row.currency] ?? (0, MoneySum())
      sums[row.currency] = (known.count + row.count, known.sum + row.sum)
    }

    var result: (count: Int, isExact: Bool, totals: [Total]) {
      let totals = sums.map { Total(currency: $0.key, count: $0.value.count, sum: $0.value.sum) }
      return (count, isExact, totals.sorted { $0.currency < $1.currency })
    }
  }

  private static func count(
    _ source: Source, into tally: inout Tally, in snapshot: borrowing Snapshot
  ) throws {
    let rest = countLimit - tally.looked
    let matches = source.conditions.isEmpty ? "1" : source.conditions.joined(separator: " AND ")
    let rows = try snapshot.rows(
      """
      SELECT currency, sum(matches), sum(matches * (value_minor / 1000000000)),
          sum(matches * (value_minor % 1000000000)), count(*)
        FROM (
          SELECT deals.currency, deals.value_minor, (\(matches)) AS matches
            FROM \(source.table) WHERE \(source.columns.joined(separator: " AND ")) LIMIT \(rest))
        GROUP BY currency
      """, binding: source.conditionValues + source.tableValues + source.columnValues
    ) { row in
      (
        looked: row.int(4),
        found: (
          currency: row.text(0), count: row.int(1), sum: MoneySum(billions: row.int64(2), rest: row.int64(3))
        )
      )
    }
    for row in rows {
      tally.looked += row.looked
      if row.found.count > 0 { tally.add(row.found) }
    }
    guard tally.looked == countLimit else { return }
    let more = try snapshot.rows(
      "SELECT 1 FROM \(source.table) WHERE \(source.columns.joined(separator: " AND ")) LIMIT 1 OFFSET \(rest)",
      binding: source.tableValues + source.columnValues
    ) { _ in true }
    if !more.isEmpty { tally.isExact = false }
  }

  /// Where the deals that a filter shows are read from, and what they must meet.
  private struct Source {
    var table = "deals"
    var tableValues: [any Bindable] = []
    var columns: [String]
    var columnValues: [any Bindable]
    var conditions: [String] = []
    var conditionValues: [any Bindable] = []

    /// The ids that the filter's conditions leave, in whichever of the columns. Nil where they leave too many.
    init?(
      of columns: [ColumnKey], _ filter: DealFilter, _ narrowing: DealNarrowingRecords,
      in snapshot: borrowing Snapshot
    ) throws {
      guard let ids = narrowing.ids, let first = columns.first else { return nil }
      self.columns = [
        "deals.stage_id IN (SELECT value FROM json_each(?))",
        "deals.status IN (SELECT value FROM json_each(?))",
      ]
      columnValues = [try JSON.text(columns.map(\.stageID)), try JSON.text(columns.map(\.status))]
      drive(from: ("SELECT value AS id FROM json_each(?)", [ids]))
      add(try narrowing.remaining(in: first, filter, snapshot))
    }

    /// A column: what its narrowest condition finds in it, if that is no more than the limit; else all of it, in order.
    init(
      of column: ColumnKey, _ filter: DealFilter, upTo limit: Int, in snapshot: borrowing Snapshot
    ) throws {
      columns = ["deals.stage_id = ?", "deals.status = ?"]
      columnValues = [column.stageID, column.status]
      var rest = try filter.conditions(in: column, snapshot)
      for (index, condition) in rest.enumerated() {
        guard let candidates = condition.candidatesInColumn else { continue }
        let size = try snapshot.rows(
          "SELECT count(*) FROM (SELECT 1 FROM (\(candidates.sql)) LIMIT \(limit + 1))",
          binding: candidates.values
        ) { $0.int(0) }
        guard let size = size.first, size <= limit else { continue }
        drive(from: candidates)
        rest.remove(at: index)
        break
      }
      add(rest)
    }

    private mutating func drive(from ids: (sql: String, values: [any Bindable])) {
      // CROSS JOIN keeps SQLite from turning it round.
      table = "(\(ids.sql)) AS chosen CROSS JOIN deals ON deals.id = chosen.id"
      tableValues = ids.values
    }

    private mutating func add(_ conditions: [DealCondition]) {
      for condition in conditions {
        self.conditions.append("(\(condition.sql))")
        conditionValues += condition.values
      }
    }
  }
}

extension DealOrder {
  /// What the list stands by, before the id: an expression of its index.
  var keys: [(sql: String, isText: Bool)] {
    switch self {
    case .rank: [("rank", true)]
    case .newest: []
    case .value: [("currency || printf('%016d', 9999999999999999 - value_minor)", true)]
    case .close: [("ifnull(forecasted_close_on, '~')", true)]
    case .activity: [("last_activity_at", false)]
    case .title: [("sort_key", true)]
    }
  }

  var isDescending: Bool {
    switch self {
    case .rank, .value, .close, .title: false
    case .newest, .activity: true
    }
  }

  /// What holds behind a cursor. The first clause is for the index: it does not look expressions up by a comparison of rows.
  var clausesBehind: [String] {
    let marks = Array(repeating: "?", count: keys.count + 1).joined(separator: ", ")
    let sign = isDescending ? "<" : ">"
    return keys.map { "\($0.sql) \(sign)= ?" } + ["(\(columns)) \(sign) (\(marks))"]
  }

  fileprivate func valuesBehind(_ cursor: DealCursor) -> [any Bindable] {
    cursor.keys.dropLast().map(\.value) + cursor.keys.map(\.value)
  }

  fileprivate var columns: String {
    (keys.map(\.sql) + ["deals.id"]).joined(separator: ", ")
  }

  /// What to sort by, as places among the columns.
  fileprivate var positions: String {
    (1...keys.count + 1).map { isDescending ? "\($0) DESC" : "\($0)" }.joined(separator: ", ")
  }

  fileprivate func cursor(from row: borrowing Row) -> DealCursor {
    var parts: [DealCursor.Key] = []
    for (index, isText) in (keys.map(\.isText) + [false]).enumerated() {
      let column = Int32(index)
      parts.append(isText ? .text(row.text(column)) : .integer(row.int64(column)))
    }
    return DealCursor(keys: parts)
  }
}

extension DealCursor {
  var dealID: Int64 {
    if case .integer(let id) = keys.last { id } else { 0 }
  }
}

extension DealCursor.Key {
  fileprivate var value: any Bindable {
    switch self {
    case .integer(let integer): integer
    case .text(let text): text
    }
  }
}
