import SQLite

/// A list of contacts or accounts as one walk along an index, from where a page begins.
struct RecordListRecords {
  enum Table: String {
    case contacts, accounts

    var kind: RecordKind { self == .contacts ? .contact : .account }
  }

  struct Page {
    var ids: [Int64] = []
    var next: RecordCursor?
    var count = 0

    var isExact: Bool { count <= RecordFilter.countLimit }
    var shownCount: Int { min(count, RecordFilter.countLimit) }
  }

  private let table: Table
  private let filter: RecordFilter
  private let search: PrefixSearch
  private let tag: TagName?

  init(_ table: Table, _ filter: RecordFilter) {
    self.table = table
    self.filter = filter
    search = PrefixSearch(filter.search)
    tag = filter.tag.flatMap { TagName($0) }
  }

  func page(
    after cursor: RecordCursor?, limit: Int, in snapshot: borrowing Snapshot
  ) throws -> Page {
    // What is typed is part of no word, or no tag can be called so: nothing is found by it.
    if !search.text.isEmpty && search.beginnings.isEmpty || filter.tag != nil && tag == nil { return Page() }
    let fields = try FieldClauses(filter.fields, of: table, in: snapshot)
    var rows = try rows(after: cursor, limit: limit + 1, fields, in: snapshot)
    var page = Page(count: try count(fields, in: snapshot))
    if rows.count > limit {
      rows.removeLast()
      page.next = rows.last.map { RecordCursor(id: $0.id, key: $0.key) }
    }
    page.ids = rows.map(\.id)
    return page
  }

  /// Parameters of every statement: 1 the expression, 2 the tag's key, 3 the account, 4 and 5 the cursor, 6 the limit, from 7 on those of fields.
  private func rows(
    after cursor: RecordCursor?, limit: Int, _ fields: FieldClauses, in snapshot: borrowing Snapshot
  ) throws -> [(id: Int64, key: String)] {
    let sql =
      switch filter.order {
      case .name:
        """
        SELECT id, sort_key FROM \(table) WHERE (sort_key, id) > (?4, ?5) \(conditions) \(fields.sql)
          ORDER BY sort_key, id LIMIT ?6
        """
      case .newest:
        """
        SELECT id, '' FROM \(table) WHERE id < ?5 AND ?4 = '' \(conditions) \(fields.sql)
          ORDER BY id DESC LIMIT ?6
        """
      }
    let end: Int64 = filter.order == .newest ? .max : 0
    let key = filter.order == .newest ? "" : cursor?.key ?? ""
    let values: [any Bindable] = [
      search.beginnings, tag?.key, filter.accountID, key, cursor?.id ?? end, limit,
    ]
    return try snapshot.rows(sql, binding: values + fields.values) { ($0.int64(0), $0.text(1)) }
  }

  private func count(_ fields: FieldClauses, in snapshot: borrowing Snapshot) throws -> Int {
    let values: [any Bindable] = [
      search.beginnings, tag?.key, filter.accountID, "", Int64.max, RecordFilter.countLimit + 1,
    ]
    return try snapshot.rows(
      """
      SELECT count(*) FROM (
        SELECT 1 FROM \(table) WHERE id < ?5 AND ?4 = '' \(conditions) \(fields.sql) LIMIT ?6
      )
      """, binding: values + fields.values
    ) { $0.int(0) }.first ?? 0
  }

  private var conditions: String {
    var conditions = ""
    if !search.text.isEmpty {
      let index = table == .contacts ? "contact_search" : "account_search"
      let before = filter.order == .newest ? "AND rowid < ?5" : ""
      conditions += """
         AND id IN (SELECT rowid FROM \(index) WHERE \(index) MATCH ?1 \(before)
          ORDER BY rowid DESC LIMIT \(RecordFilter.countLimit + 1))
        """
    }
    if filter.tag != nil {
      conditions += """
         AND id IN (SELECT contact_id FROM contact_tags JOIN tags ON tags.id = contact_tags.tag_id
          WHERE tags.name_key = ?2)
        """
    }
    if filter.accountID != nil { conditions += " AND account_id = ?3" }
    return conditions
  }
}

/// The conditions on fields of one's own, as what follows the other conditions of a list.
private struct FieldClauses {
  private(set) var sql = ""
  private(set) var values: [any Bindable] = []

  /// Up to so many, what a condition finds is looked up; more are met often enough along the list's own index.
  private static let lookUpLimit = 1000
  /// Those before belong to the list.
  private static let firstParameter = 7

  init(
    _ filters: [FieldFilter], of table: RecordListRecords.Table, in snapshot: borrowing Snapshot
  ) throws {
    for filter in filters {
      let condition = try FieldCondition(filter, of: table.kind, in: snapshot)
      let candidates = condition.candidates
      let count = try snapshot.rows(
        "SELECT count(*) FROM (\(candidates.sql) LIMIT \(Self.lookUpLimit + 1))", binding: candidates.values
      ) { $0.int(0) }
      if count.first ?? 0 <= Self.lookUpLimit {
        append("id IN (\(candidates.sql))", candidates.values)
      } else {
        // The sign keeps SQLite from beginning with them.
        let clause = condition.clause(on: "+\(table).id")
        append(clause.sql, clause.values)
      }
    }
  }

  /// The list's parameters have numbers, so these have as well.
  private mutating func append(_ clause: String, _ more: [any Bindable]) {
    var number = Self.firstParameter + values.count
    sql += " AND "
    for character in clause {
      sql.append(character)
      guard character == "?" else { continue }
      sql += String(number)
      number += 1
    }
    values += more
  }
}
