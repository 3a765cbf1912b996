import SQLite

/// The deals that a filter shows, in their orders, a page at a time. Each column of a board has an index for each order; a list over
/// several columns merges theirs, no further than the page goes. So the cost follows the page and the number of columns, not the number
/// of deals.
struct DealListRecords {
  /// How many deals are looked at to count them, where no counts are kept.
  static let countLimit = 1000

  /// So many columns are merged by the database at once: it takes no more than 500 queries together.
  private static let mergeLimit = 200

  /// How many places along an index cost as much as a deal that is looked up.
  private static let placesPerDeal = 20

  private let filter: DealFilter
  private let narrowing: NarrowingRecords
  /// What a deal of the narrowing's must still meet; all, where it has no ids.
  private let rest: [DealCondition]

  /// What a filter shows comes to: of those that are looked at.
  struct Whole {
    var count = 0
    var isExact = true
    var totals: [Total] = []
  }

  /// - Parameters:
  ///   - columns: all those that will be asked for.
  ///   - depth: how many of those that share a word are shown.
  init(
    of columns: [ColumnKey], _ filter: DealFilter, depth: Int = NarrowingRecords.depth,
    in snapshot: borrowing Snapshot
  ) throws {
    self.filter = filter
    let conditions = try filter.conditions(in: columns, snapshot)
    let narrowing = try NarrowingRecords(
      conditions.map(\.candidates), sample: Self.countLimit, depth: depth, in: snapshot)
    self.narrowing = narrowing
    rest = conditions.enumerated().filter { !narrowing.met.contains($0.offset) }.map(\.element)
  }

  /// The first deals behind the cursor over all these columns, by their cursors.
  ///
  /// - Parameter whole: what these columns come to.
  func page(
    of columns: [ColumnKey], _ order: DealOrder, after cursor: DealCursor?, limit: Int, whole: Whole,
    in snapshot: borrowing Snapshot
  ) throws -> [DealCursor] {
    if let ids = narrowing.ids?.ids, order == .newest {
      return try newest(ids, of: columns, after: cursor, limit: limit, in: snapshot)
    }
    if let ids = narrowing.ids?.ids,
      try !isWalked(columns, for: ids, limit: limit, whole: whole, in: snapshot)
    {
      return try page(
        of: [Source(of: ids, in: columns, rest)], order, after: cursor, limit: limit, in: snapshot)
    }
    var found: [DealCursor] = []
    for start in stride(from: 0, to: columns.count, by: Self.mergeLimit) {
      let sources = try columns[start..<min(start + Self.mergeLimit, columns.count)]
        .filter { try mayShow($0, in: snapshot) }
        .map { Source(of: $0, narrowing.ids, filter.range(of: order), rest) }
      found += try page(of: sources, order, after: cursor, limit: limit, in: snapshot)
    }
    found.sort { $0.precedes($1, in: order) }
    return Array(found.prefix(limit))
  }

  /// Ids stand in this order by themselves.
  private func newest(
    _ ids: [Int64], of columns: [ColumnKey], after cursor: DealCursor?, limit: Int,
    in snapshot: borrowing Snapshot
  ) throws -> [DealCursor] {
    var left = cursor.map { cursor in ids.prefix { $0 < cursor.dealID } } ?? ids[...]
    var found: [DealCursor] = []
    while found.count < limit, !left.isEmpty {
      let source = try Source(of: Array(left.suffix(Self.countLimit)), in: columns, rest)
      found += try page(of: [source], .newest, after: nil, limit: limit - found.count, in: snapshot)
      left = left.dropLast(Self.countLimit)
    }
    return found
  }

  /// Whether a page is sooner found along the order's indexes than among the ids, each of which is looked up: it ends with the page,
  /// the sooner the more of the columns' deals are shown.
  private func isWalked(
    _ columns: [ColumnKey], for ids: [Int64], limit: Int, whole: Whole, in snapshot: borrowing Snapshot
  ) throws -> Bool {
    // They have been looked at; or stand close together, where the order is one of words.
    guard ids.count > Self.countLimit, filter.search.trimmed.isEmpty else { return false }
    let shown = whole.isExact ? whole.count : max(whole.count, ids.count * whole.count / Self.countLimit)
    let all = try columns.reduce(0) { sum, column in
      try sum + TotalRecords.rows(of: column, in: snapshot).reduce(0) { $0 + $1.count }
    }
    let walk = shown <= limit ? all : all / shown * limit
    return walk < ids.count * Self.placesPerDeal
  }

  /// A column without a deal of one of the tags would be gone through to its end for nothing.
  private func mayShow(_ column: ColumnKey, in snapshot: borrowing Snapshot) throws -> Bool {
    for tag in filter.tags {
      let key = TagName(tag)?.key ?? ""
      if try TotalRecords.rows(of: column, tagged: key, in: snapshot).isEmpty { return false }
    }
    return true
  }

  /// SQLite reads each source in its order, as far as the page needs it, and merges them.
  private func page(
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

  /// How many deals of these columns the filter shows, and what they come to: of those that are looked at, up to the limit.
  func whole(of columns: [ColumnKey], in snapshot: borrowing Snapshot) throws -> Whole {
    var tally = Tally()
    if let kept = filter.keptTotals {
      for row in try kept.rows(of: columns, in: snapshot) { tally.add(row) }
      return tally.whole
    }
    if narrowing.ids != nil || !narrowing.sample.isEmpty {
      // Of more than are looked at the newest, which are the likelier to be shown.
      let looked = narrowing.ids?.ids.suffix(Self.countLimit) ?? narrowing.sample[...]
      tally.isExact = narrowing.cut == nil && narrowing.ids?.ids.count == looked.count
      // All columns at once: the ids are gone through once, not for each.
      try count(Source(of: Array(looked), in: columns, rest), into: &tally, in: snapshot)
      return tally.whole
    }
    for column in columns where tally.isExact {
      try count(Source(of: column, nil, nil, rest), into: &tally, in: snapshot)
    }
    return tally.whole
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

    var whole: Whole {
      let totals = sums.map { Total(currency: $0.key, count: $0.value.count, sum: $0.value.sum) }
      return Whole(count: count, isExact: isExact, totals: totals.sorted { $0.currency < $1.currency })
    }
  }

  private func count(
    _ source: Source, into tally: inout Tally, in snapshot: borrowing Snapshot
  ) throws {
    let rest = Self.countLimit - tally.looked
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
    guard tally.looked == Self.countLimit else { return }
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

    /// These deals, in whichever of the columns.
    init(of ids: [Int64], in keys: [ColumnKey], _ conditions: [DealCondition]) throws {
      columns = [
        "deals.stage_id IN (SELECT value FROM json_each(?))",
        "deals.status IN (SELECT value FROM json_each(?))",
      ]
      columnValues = [try JSON.text(keys.map(\.stageID)), try JSON.text(keys.map(\.status))]
      // CROSS JOIN keeps SQLite from turning it round.
      table = "(SELECT value AS id FROM json_each(?)) AS chosen CROSS JOIN deals ON deals.id = chosen.id"
      tableValues = [try JSON.text(ids)]
      add(conditions)
    }

    /// A column in its order: of a range of it, and of some of its deals.
    init(
      of column: ColumnKey, _ ids: IDSet?, _ range: (sql: String, values: [any Bindable])?,
      _ conditions: [DealCondition]
    ) {
      columns = ["deals.stage_id = ?", "deals.status = ?"]
      columnValues = [column.stageID, column.status]
      if let range {
        columns.append(range.sql)
        columnValues += range.values
      }
      if let ids {
        columns.append("is_among(deals.id, ?)")
        columnValues.append(ids)
      }
      add(conditions)
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
