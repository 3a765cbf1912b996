import SQLite

/// A list of contacts or accounts as one walk along an index, from where a page begins. However rarely a filter's conditions are
/// met, a page looks at so many records at most: then it is short, and the next goes on where it ended.
struct RecordListRecords {
  enum Table: String {
    case contacts, accounts

    var kind: RecordKind { self == .contacts ? .contact : .account }
  }

  struct Page {
    var ids: [Int64] = []
    var next: RecordCursor?
    var count = 0
    var isExact = true
  }

  /// Up to so many, what the conditions find is looked up and sorted; more are looked for along the list's own index, where they are
  /// not far apart.
  private static let sortLimit = 2500
  /// So many records are looked at to count them, where no index does.
  private static let countedLimit = 4000

  private let table: Table
  private let filter: RecordFilter
  private let asker: RecordFilter.Asker
  /// How many records a page looks at.
  private let scanLimit: Int
  /// How many of those that share a word.
  private let depth: Int

  init(
    _ table: Table, _ filter: RecordFilter, by agent: AgentIdentity, at now: Int64, scanLimit: Int = 20_000,
    depth: Int = NarrowingRecords.depth
  ) {
    self.table = table
    self.filter = filter
    asker = RecordFilter.Asker(agent: agent, now: now)
    self.scanLimit = scanLimit
    self.depth = depth
  }

  func page(
    after cursor: RecordCursor?, limit: Int, in snapshot: borrowing Snapshot
  ) throws -> Page {
    let whole = try self.narrowed(before: nil, in: snapshot)
    var page = try counted(whole, in: snapshot)
    // A search need not look at what stands before the page.
    let before = filter.order == .newest && !filter.search.trimmed.isEmpty ? cursor?.id : nil
    let narrowed = try before.map { try self.narrowed(before: $0, in: snapshot) } ?? whole
    let source = Source(table, narrowed, upTo: Self.sortLimit)
    var end = source.isBounded ? nil : try position(after: cursor, scanLimit, in: snapshot)
    if filter.order == .newest, let cut = narrowed.records.cut {
      end = RecordCursor(id: max(cut, end?.id ?? 0), key: "")
    }
    var (clauses, values) = walk(after: cursor, upTo: end)
    clauses += source.clauses
    values = source.values + values + source.clauseValues
    var rows = try snapshot.rows(
      """
      SELECT \(columns) FROM \(source.table) WHERE \(clauses.joined(separator: " AND "))
        ORDER BY \(sorting) LIMIT ?
      """, binding: values + [limit + 1], map: Self.cursor)
    if rows.count > limit {
      rows.removeLast()
      page.next = rows.last
    } else {
      page.next = end
    }
    page.ids = rows.map(\.id)
    return page
  }

  /// How many there are, as far as they are counted.
  private func counted(_ narrowed: Narrowed, in snapshot: borrowing Snapshot) throws -> Page {
    let (records, limit) = (narrowed.records, RecordFilter.countLimit)
    if filter.accountID == nil, narrowed.rest.isEmpty, records.ids != nil {
      return Page(count: records.count, isExact: records.isWhole)
    }
    // The only condition, which more meet.
    if filter.accountID == nil, narrowed.rest.count == 1, !records.sample.isEmpty {
      return Page(count: limit, isExact: false)
    }
    let looked = min(scanLimit, Self.countedLimit)
    let source = Source(table, narrowed, upTo: looked)
    let end =
      source.isBounded
      ? nil
      : try snapshot.rows(
        "SELECT id FROM \(table) WHERE \(base.clause) ORDER BY id DESC LIMIT 1 OFFSET ?",
        binding: base.values + [looked]
      ) { $0.int64(0) }.first
    // Without an end any index will do to count all.
    let clauses = [base.clause] + (end == nil ? [] : ["\(table).id > ?"])
    let values = base.values + (end.map { [$0] } ?? [])
    let count =
      try snapshot.rows(
        """
        SELECT count(*) FROM (SELECT 1 FROM \(source.table)
          WHERE \((clauses + source.clauses).joined(separator: " AND ")) LIMIT ?)
        """, binding: source.values + values + source.clauseValues + [limit + 1]
      ) { $0.int(0) }.first ?? 0
    return Page(count: min(count, limit), isExact: end == nil && count <= limit && records.cut == nil)
  }

  /// Where a walk along the list's index has come so many records behind a cursor; nil where the list ends before.
  private func position(
    after cursor: RecordCursor?, _ count: Int, in snapshot: borrowing Snapshot
  ) throws -> RecordCursor? {
    let (clauses, values) = walk(after: cursor, upTo: nil)
    return try snapshot.rows(
      """
      SELECT \(columns) FROM \(table) WHERE \(clauses.joined(separator: " AND "))
        ORDER BY \(sorting) LIMIT 1 OFFSET ?
      """, binding: values + [count - 1], map: Self.cursor
    ).first
  }

  /// All records, or the contacts of an account.
  private var base: (clause: String, values: [any Bindable]) {
    guard let accountID = filter.accountID else { return ("1", []) }
    return ("contacts.account_id = ?", [accountID])
  }

  private func walk(
    after cursor: RecordCursor?, upTo end: RecordCursor?
  ) -> (clauses: [String], values: [any Bindable]) {
    switch filter.order {
    case .name:
      let start = "\(base.clause) AND (\(table).sort_key, \(table).id) > (?, ?)"
      let values: [any Bindable] = base.values + [cursor?.key ?? "", cursor?.id ?? 0]
      guard let end else { return ([start], values) }
      return ([start, "(\(table).sort_key, \(table).id) <= (?, ?)"], values + [end.key, end.id])
    case .newest:
      let start = "\(base.clause) AND \(table).id < ?"
      let values: [any Bindable] = base.values + [cursor?.id ?? Int64.max]
      guard let end else { return ([start], values) }
      return ([start, "\(table).id >= ?"], values + [end.id])
    case .activity:
      let start = "\(base.clause) AND (\(table).last_activity_at, \(table).id) < (?, ?)"
      let values: [any Bindable] = base.values + [cursor?.moment ?? .max, cursor?.id ?? .max]
      guard let end else { return ([start], values) }
      return ([start, "(\(table).last_activity_at, \(table).id) >= (?, ?)"], values + [end.moment, end.id])
    }
  }

  private var columns: String {
    switch filter.order {
    case .name: "\(table).id, \(table).sort_key"
    case .newest: "\(table).id, ''"
    case .activity: "\(table).id, \(table).last_activity_at"
    }
  }

  private var sorting: String {
    switch filter.order {
    case .name: "\(table).sort_key, \(table).id"
    case .newest: "\(table).id DESC"
    case .activity: "\(table).last_activity_at DESC, \(table).id DESC"
    }
  }

  private static func cursor(from row: borrowing Row) -> RecordCursor {
    RecordCursor(id: row.int64(0), key: row.text(1))
  }

  /// What a filter's conditions leave by their indexes, and those that each record must still meet.
  private struct Narrowed {
    let records: NarrowingRecords
    let rest: [RecordCondition]
  }

  private func narrowed(before id: Int64?, in snapshot: borrowing Snapshot) throws -> Narrowed {
    let conditions = try filter.conditions(of: table, before: id, asker, in: snapshot)
    let records = try NarrowingRecords(
      conditions.map(\.candidates), sample: RecordFilter.countLimit, depth: depth, in: snapshot)
    let rest = conditions.enumerated().filter { !records.met.contains($0.offset) }.map(\.element)
    return Narrowed(records: records, rest: rest)
  }

  /// Where the records that a filter leaves are read from: the list in its order, or their ids.
  private struct Source {
    var table: String
    var values: [any Bindable] = []
    var clauses: [String]
    var clauseValues: [any Bindable]
    /// Whether no more is read than what is asked for.
    var isBounded: Bool

    init(_ list: Table, _ narrowed: Narrowed, upTo limit: Int) {
      clauses = narrowed.rest.map(\.sql)
      clauseValues = narrowed.rest.flatMap(\.values)
      table = list.rawValue
      isBounded = narrowed.records.ids == nil && clauses.isEmpty
      guard let ids = narrowed.records.ids else { return }
      guard ids.ids.count <= limit else {
        clauses.insert("is_among(\(list).id, ?)", at: 0)
        clauseValues.insert(ids, at: 0)
        return
      }
      // CROSS JOIN keeps SQLite from turning it round.
      table = "(SELECT value AS id FROM json_each(?)) AS chosen CROSS JOIN \(list) ON \(list).id = chosen.id"
      values = ["[\(ids.ids.map(String.init).joined(separator: ","))]"]
      isBounded = true
    }
  }
}
