import SQLite

/// One condition of a filter.
struct DealCondition {
  let sql: String
  let values: [any Bindable]
  /// A query for the ids of all deals that meet it, by an index of its own, where there is one.
  var candidates: (sql: String, values: [any Bindable])?
  /// The same for those of the column that was asked for.
  var candidatesInColumn: (sql: String, values: [any Bindable])?
  /// The candidates are the newest of all that meet it: so many at the most.
  var cut: Int?
}

extension DealFilter {
  /// What narrows a column of the board, in the same order for every column.
  func conditions(in column: ColumnKey, _ snapshot: borrowing Snapshot) throws -> [DealCondition] {
    var conditions = conditions(in: column)
    for field in fields { conditions.append(try DealCondition(field, in: snapshot)) }
    return conditions
  }

  private func conditions(in column: ColumnKey) -> [DealCondition] {
    var conditions: [DealCondition] = []
    if !search.trimmed.isEmpty { conditions.append(Self.matching(search, newest: searchDepth)) }
    if let contactID { conditions.append(Self.ofContact(contactID)) }
    if let accountID {
      conditions.append(
        DealCondition(
          sql: "deals.account_id = ?", values: [accountID],
          candidates: ("SELECT id FROM deals WHERE account_id = ?", [accountID])))
    }
    conditions += tags.map(Self.tagged)
    if let ownerID {
      conditions.append(
        DealCondition(
          sql: "deals.owner_id = ?", values: [ownerID],
          candidates: ("SELECT id FROM deals WHERE owner_id = ?", [ownerID]),
          candidatesInColumn: (
            "SELECT id FROM deals WHERE owner_id = ? AND stage_id = ? AND status = ?",
            [ownerID, column.stageID, column.status]
          )))
    }
    if closeFrom != nil || closeTo != nil { conditions.append(closing(in: column)) }
    if valueFrom != nil || valueTo != nil { conditions.append(valued(in: column)) }
    if let currency { conditions.append(DealCondition(sql: "deals.currency = ?", values: [currency])) }
    return conditions
  }

  private static func ofContact(_ id: Int64) -> DealCondition {
    let ids =
      "SELECT id FROM deals WHERE contact_id = ? UNION SELECT deal_id FROM deal_contacts WHERE contact_id = ?"
    return DealCondition(sql: "deals.id IN (\(ids))", values: [id, id], candidates: (ids, [id, id]))
  }

  private static func tagged(_ tag: String) -> DealCondition {
    let key = TagName(tag)?.key ?? ""
    let id = "SELECT id FROM tags WHERE name_key = ?"
    return DealCondition(
      sql: "EXISTS (SELECT 1 FROM deal_tags WHERE deal_id = deals.id AND tag_id = (\(id)))", values: [key],
      candidates: ("SELECT deal_id AS id FROM deal_tags WHERE tag_id = (\(id))", [key]))
  }

  /// How many deals a search finds at the most: more where other conditions narrow them.
  private var searchDepth: Int {
    let isAlone = contactID == nil && accountID == nil && tags.isEmpty && ownerID == nil && fields.isEmpty
    return isAlone ? DealNarrowingRecords.limit : DealNarrowingRecords.readLimit / 2
  }

  private static func matching(_ search: String, newest depth: Int) -> DealCondition {
    let expression = PrefixSearch(search).beginnings
    // A word that very many hold finds the newest of them.
    let newest = "ORDER BY rowid DESC LIMIT \(depth)"
    // Nothing that is part of a word finds nothing.
    guard !expression.isEmpty else {
      return DealCondition(sql: "0", values: [], candidates: ("SELECT id FROM deals WHERE 0", []))
    }
    // The deals of people and companies are followed no further than those that are found: there may be many of each.
    let ids = """
      SELECT id FROM (
        SELECT id FROM (SELECT rowid AS id FROM deal_search WHERE deal_search MATCH ? \(newest))
        UNION SELECT id FROM (
          SELECT deals.id FROM (SELECT rowid FROM contact_search WHERE contact_search MATCH ? \(newest)) AS found
            CROSS JOIN deals ON deals.contact_id = found.rowid LIMIT \(depth))
        UNION SELECT id FROM (
          SELECT deals.id FROM (SELECT rowid FROM account_search WHERE account_search MATCH ? \(newest)) AS found
            CROSS JOIN deals ON deals.account_id = found.rowid LIMIT \(depth))
      ) ORDER BY id DESC LIMIT \(depth)
      """
    let values: [any Bindable] = [expression, expression, expression]
    return DealCondition(
      sql: "deals.id IN (\(ids))", values: values, candidates: (ids, values), cut: depth)
  }

  private func closing(in column: ColumnKey) -> DealCondition {
    let first = closeFrom?.description ?? ""
    // Behind every date, and before what stands for none.
    let last = closeTo?.description ?? "9999-12-31"
    let range = "ifnull(forecasted_close_on, '~') BETWEEN ? AND ?"
    return DealCondition(
      sql: range, values: [first, last],
      candidatesInColumn: (
        "SELECT id FROM deals WHERE stage_id = ? AND status = ? AND \(range)",
        [column.stageID, column.status, first, last]
      ))
  }

  private func valued(in column: ColumnKey) -> DealCondition {
    let range: [any Bindable] = [valueFrom ?? 0, valueTo ?? Int64.max]
    // The currency is in the index too, so that the value alone does not make many of few.
    let ofCurrency = currency == nil ? "" : " AND currency = ?"
    return DealCondition(
      sql: "deals.value_minor BETWEEN ? AND ?", values: range,
      candidatesInColumn: (
        "SELECT id FROM deals WHERE stage_id = ? AND status = ? AND value_minor BETWEEN ? AND ?\(ofCurrency)",
        [column.stageID, column.status] + range + (currency.map { [$0] } ?? [])
      ))
  }
}

extension DealCondition {
  /// - Throws: `invalid` for a field that does not exist, or cannot be asked so.
  init(_ field: FieldFilter, in snapshot: borrowing Snapshot) throws {
    let condition = try FieldCondition(field, of: .deal, in: snapshot)
    let clause = condition.clause(on: "deals.id")
    self.init(sql: clause.sql, values: clause.values, candidates: condition.candidates)
  }
}
