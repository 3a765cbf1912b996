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

  /// Up to so many, what a condition finds is sorted; more are looked for along the list's own index, where they are not far
  /// apart.
  private static let sortLimit = 1000

  private let table: Table
  private let filter: RecordFilter
  private let asker: RecordFilter.Asker
  /// How many records a page looks at.
  private let scanLimit: Int

  init(
    _ table: Table, _ filter: RecordFilter, by agent: AgentIdentity, at now: Int64, scanLimit: Int = 20_000
  ) {
    self.table = table
    self.filter = filter
    asker = RecordFilter.Asker(agent: agent, now: now)
    self.scanLimit = scanLimit
  }

  func page(
    after cursor: RecordCursor?, limit: Int, in snapshot: borrowing Snapshot
  ) throws -> Page {
    var page = try counted(in: snapshot)
    let before = filter.order == .newest ? cursor?.id : nil
    let source = try Source(
      table, try filter.conditions(of: table, before: before, asker, in: snapshot), in: snapshot)
    let end = source.isBounded ? nil : try position(after: cursor, scanLimit, in: snapshot)
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
  private func counted(in snapshot: borrowing Snapshot) throws -> Page {
    let conditions = try filter.conditions(of: table, before: nil, asker, in: snapshot)
    let limit = RecordFilter.countLimit
    // What one index finds is counted there.
    let one = filter.accountID == nil && conditions.count == 1 ? conditions.first?.candidates : nil
    if let only = one ?? allRecords(conditions) {
      let count =
        try snapshot.rows(
          "SELECT count(*) FROM (SELECT 1 FROM (\(only.sql)) LIMIT ?)", binding: only.values + [limit + 1]
        ) { $0.int(0) }.first ?? 0
      return Page(count: min(count, limit), isExact: count <= limit)
    }
    let source = try Source(table, conditions, in: snapshot)
    let end =
      source.isBounded
      ? nil
      : try snapshot.rows(
        "SELECT id FROM \(table) WHERE \(base.clause) ORDER BY id DESC LIMIT 1 OFFSET ?",
        binding: base.values + [scanLimit]
      ) { $0.int64(0) }.first
    let count =
      try snapshot.rows(
        """
        SELECT count(*) FROM (SELECT 1 FROM \(source.table)
          WHERE \(([base.clause, "\(table).id > ?"] + source.clauses).joined(separator: " AND ")) LIMIT ?)
        """, binding: source.values + base.values + [end ?? 0] + source.clauseValues + [limit + 1]
      ) { $0.int(0) }.first ?? 0
    return Page(count: min(count, limit), isExact: end == nil && count <= limit)
  }

  private func allRecords(_ conditions: [RecordCondition]) -> (sql: String, values: [any Bindable])? {
    guard conditions.isEmpty else { return nil }
    return ("SELECT id FROM \(table) WHERE \(base.clause)", base.values)
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
    }
  }

  private var columns: String {
    filter.order == .name ? "\(table).id, \(table).sort_key" : "\(table).id, ''"
  }

  private var sorting: String {
    filter.order == .name ? "\(table).sort_key, \(table).id" : "\(table).id DESC"
  }

  private static func cursor(from row: borrowing Row) -> RecordCursor {
    RecordCursor(id: row.int64(0), key: row.text(1))
  }

  /// Where the records that a filter leaves are read from: the list in its order, or what its narrowest condition finds.
  private struct Source {
    var table: String
    var values: [any Bindable] = []
    var clauses: [String] = []
    var clauseValues: [any Bindable] = []
    /// Whether no more is read than what is asked for.
    var isBounded: Bool

    init(
      _ list: Table, _ conditions: [RecordCondition], in snapshot: borrowing Snapshot
    ) throws {
      table = list.rawValue
      isBounded = conditions.isEmpty
      var conditions = conditions
      for (index, condition) in conditions.enumerated() {
        guard let candidates = condition.candidates else { continue }
        let count = try snapshot.rows(
          "SELECT count(*) FROM (SELECT 1 FROM (\(candidates.sql)) LIMIT \(sortLimit + 1))",
          binding: candidates.values
        ) { $0.int(0) }
        guard let count = count.first, count <= sortLimit else { continue }
        // CROSS JOIN keeps SQLite from turning it round.
        table = "(\(candidates.sql)) AS chosen CROSS JOIN \(list) ON \(list).id = chosen.id"
        values = candidates.values
        isBounded = true
        conditions.remove(at: index)
        break
      }
      clauses = conditions.map(\.sql)
      clauseValues = conditions.flatMap(\.values)
    }
  }
}
