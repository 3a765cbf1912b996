import SQLite

/// The deals in their orders, a page at a time. Each column of a board has an index for each order; a list over several columns merges
/// theirs. So the cost follows the page and the number of columns, not the number of deals.
enum DealListRecords {
  /// How many deals are counted at most where no counts are kept.
  static let countLimit = 10_000
  /// Up to so many, what a condition finds is sorted; more are looked for in the order's index, where they are not far apart.
  private static let sortLimit = 1000

  /// The first deals behind the cursor over all these columns, by their cursors.
  static func page(
    of columns: [ColumnKey], _ filter: DealFilter, _ order: DealOrder, after cursor: DealCursor?, limit: Int,
    in snapshot: borrowing Snapshot
  ) throws -> [DealCursor] {
    var found: [DealCursor] = []
    for column in columns {
      let source = try Source(of: column, filter, in: snapshot)
      var clauses = source.clauses
      var values = source.values
      if let cursor {
        clauses += order.clausesBehind
        values += order.valuesBehind(cursor)
      }
      found += try snapshot.rows(
        """
        SELECT \(order.columns) FROM \(source.table) WHERE \(clauses.joined(separator: " AND "))
          ORDER BY \(order.sorting) LIMIT \(limit)
        """, binding: values
      ) { order.cursor(from: $0) }
    }
    found.sort { $0.precedes($1, in: order) }
    return Array(found.prefix(limit))
  }

  /// How many deals of these columns a filter shows, up to the limit, and what they come to.
  static func totals(
    of columns: [ColumnKey], _ filter: DealFilter, in snapshot: borrowing Snapshot
  ) throws -> (count: Int, isExact: Bool, totals: [Total]) {
    var count = 0
    var isExact = true
    var sums: [String: (count: Int, sum: MoneySum)] = [:]
    for column in columns {
      let rows: [(currency: String, count: Int, sum: MoneySum)]
      if filter.isWholeColumns {
        rows = try TotalRecords.rows(of: column, in: snapshot)
      } else {
        let counted = try countedRows(of: column, filter, upTo: countLimit - count, in: snapshot)
        rows = counted.rows
        isExact = isExact && counted.isAll
      }
      for row in rows {
        count += row.count
        let known = sums[row.currency] ?? (0, MoneySum())
        sums[row.currency] = (known.count + row.count, known.sum + row.sum)
      }
    }
    let totals = sums.map { Total(currency: $0.key, count: $0.value.count, sum: $0.value.sum) }
    return (count, isExact, totals.sorted { $0.currency < $1.currency })
  }

  private static func countedRows(
    of column: ColumnKey, _ filter: DealFilter, upTo limit: Int, in snapshot: borrowing Snapshot
  ) throws -> (rows: [(currency: String, count: Int, sum: MoneySum)], isAll: Bool) {
    let source = try Source(of: column, filter, in: snapshot)
    let matches = "SELECT 1 FROM \(source.table) WHERE \(source.clauses.joined(separator: " AND "))"
    let rows = try snapshot.rows(
      """
      SELECT currency, count(*), sum(value_minor / 1000000000), sum(value_minor % 1000000000) FROM (
        SELECT deals.currency, deals.value_minor FROM \(source.table)
          WHERE \(source.clauses.joined(separator: " AND ")) LIMIT ?
      ) GROUP BY currency
      """, binding: source.values + [limit]
    ) { row in
      (row.text(0), row.int(1), MoneySum(billions: row.int64(2), rest: row.int64(3)))
    }
    guard rows.reduce(0, { $0 + $1.1 }) == limit else { return (rows, true) }
    let more = try snapshot.rows("\(matches) LIMIT 1 OFFSET ?", binding: source.values + [limit]) { _ in true
    }
    return (rows, more.isEmpty)
  }

  /// Where a column's deals that a filter shows are read from: the column in order, or what its narrowest condition finds.
  private struct Source {
    var table = "deals"
    var clauses = ["deals.stage_id = ?", "deals.status = ?"]
    var values: [any Bindable]

    init(of column: ColumnKey, _ filter: DealFilter, in snapshot: borrowing Snapshot) throws {
      values = []
      var conditions = filter.conditions(in: column)
      for field in filter.fields { conditions.append(try DealCondition(field, in: snapshot)) }
      for (index, condition) in conditions.enumerated() {
        guard let candidates = condition.candidates else { continue }
        let count = try snapshot.rows(
          "SELECT count(*) FROM (\(candidates.sql) LIMIT \(sortLimit + 1))", binding: candidates.values
        ) { $0.int(0) }
        guard let count = count.first, count <= sortLimit else { continue }
        // CROSS JOIN keeps SQLite from turning it round.
        table = "(\(candidates.sql)) AS chosen CROSS JOIN deals ON deals.id = chosen.id"
        values = candidates.values
        conditions.remove(at: index)
        break
      }
      values += [column.stageID, column.status]
      for condition in conditions {
        clauses.append(condition.sql)
        values += condition.values
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
    case .title: [("lower(title)", true)]
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

  fileprivate var sorting: String {
    (keys.map(\.sql) + ["deals.id"]).map { isDescending ? "\($0) DESC" : $0 }.joined(separator: ", ")
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
