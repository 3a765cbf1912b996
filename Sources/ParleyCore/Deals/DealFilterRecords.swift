import SQLite

/// One condition of a filter.
struct DealCondition {
  let sql: String
  let values: [any Bindable]
  /// A query for the ids of all deals that meet it, by an index of its own, where there is one.
  var candidates: (sql: String, values: [any Bindable])?
}

extension DealFilter {
  /// What narrows a column of the board, the most telling conditions first.
  func conditions(in column: ColumnKey) -> [DealCondition] {
    var conditions: [DealCondition] = []
    if let contactID { conditions.append(Self.ofContact(contactID)) }
    if let accountID {
      conditions.append(
        DealCondition(
          sql: "deals.account_id = ?", values: [accountID],
          candidates: ("SELECT id FROM deals WHERE account_id = ?", [accountID])))
    }
    if !search.trimmed.isEmpty { conditions.append(Self.matching(search)) }
    if let tag { conditions.append(Self.tagged(tag)) }
    if let ownerID {
      conditions.append(
        DealCondition(
          sql: "deals.owner_id = ?", values: [ownerID],
          candidates: (
            "SELECT id FROM deals WHERE owner_id = ? AND stage_id = ? AND status = ?",
            [ownerID, column.stageID, column.status]
          )))
    }
    if closeFrom != nil || closeTo != nil { conditions.append(closing(in: column)) }
    if let currency { conditions.append(DealCondition(sql: "deals.currency = ?", values: [currency])) }
    if let valueFrom { conditions.append(DealCondition(sql: "deals.value_minor >= ?", values: [valueFrom])) }
    if let valueTo { conditions.append(DealCondition(sql: "deals.value_minor <= ?", values: [valueTo])) }
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

  private static func matching(_ search: String) -> DealCondition {
    let expression = PrefixSearch(search).beginnings
    // Nothing that is part of a word finds nothing.
    guard !expression.isEmpty else {
      return DealCondition(sql: "0", values: [], candidates: ("SELECT id FROM deals WHERE 0", []))
    }
    let ids = """
      SELECT rowid AS id FROM deal_search WHERE deal_search MATCH ?
      UNION SELECT deals.id FROM contact_search CROSS JOIN deals ON deals.contact_id = contact_search.rowid
        WHERE contact_search MATCH ?
      UNION SELECT deals.id FROM account_search CROSS JOIN deals ON deals.account_id = account_search.rowid
        WHERE account_search MATCH ?
      """
    let values: [any Bindable] = [expression, expression, expression]
    return DealCondition(sql: "deals.id IN (\(ids))", values: values, candidates: (ids, values))
  }

  private func closing(in column: ColumnKey) -> DealCondition {
    let first = closeFrom?.description ?? ""
    // Behind every date, and before what stands for none.
    let last = closeTo?.description ?? "9999-12-31"
    let range = "ifnull(forecasted_close_on, '~') BETWEEN ? AND ?"
    return DealCondition(
      sql: range, values: [first, last],
      candidates: (
        "SELECT id FROM deals WHERE stage_id = ? AND status = ? AND \(range)",
        [column.stageID, column.status, first, last]
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
