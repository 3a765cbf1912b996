import SQLite

/// One condition of a filter.
struct DealCondition {
  /// Whether a deal meets it, asked of its row; the plus keeps SQLite from leaving the order's index for another.
  let sql: String
  let values: [any Bindable]
  var candidates: Candidates?
}

extension DealFilter {
  /// What narrows these columns: all stages with all statuses among them.
  func conditions(
    in columns: [ColumnKey], _ snapshot: borrowing Snapshot
  ) throws -> [DealCondition] {
    var conditions: [DealCondition] = []
    if !search.trimmed.isEmpty {
      let words = try VocabularyRecords.expression(PrefixSearch(search), for: .deals, in: snapshot)
      conditions.append(Self.matching(words))
    }
    if let contactID { conditions.append(Self.ofContact(contactID)) }
    if let accountID {
      conditions.append(
        DealCondition(
          sql: "+deals.account_id = ?", values: [accountID],
          candidates: Candidates(sql: "SELECT id FROM deals WHERE account_id = ?", values: [accountID])))
    }
    conditions += tags.map(Self.tagged)
    let place = "stage_id IN (SELECT value FROM json_each(?)) AND status IN (SELECT value FROM json_each(?))"
    let places: [any Bindable] = [
      try JSON.text(Set(columns.map(\.stageID)).sorted()),
      try JSON.text(Set(columns.map(\.status.rawValue)).sorted()),
    ]
    if let ownerID {
      conditions.append(
        DealCondition(
          sql: "+deals.owner_id = ?", values: [ownerID],
          candidates: Candidates(
            sql: "SELECT id FROM deals WHERE owner_id = ? AND \(place)", values: [ownerID] + places)))
    }
    if let closeRange {
      conditions.append(
        DealCondition(
          sql: "+\(closeRange.sql)", values: closeRange.values,
          candidates: Candidates(
            sql: "SELECT id FROM deals WHERE \(place) AND \(closeRange.sql)",
            values: places + closeRange.values)))
    }
    if valueFrom != nil || valueTo != nil { conditions.append(valued(place, places)) }
    if let currency { conditions.append(DealCondition(sql: "+deals.currency = ?", values: [currency])) }
    for field in fields { conditions.append(try DealCondition(field, in: snapshot)) }
    return conditions
  }

  private static func ofContact(_ id: Int64) -> DealCondition {
    let ids =
      "SELECT id FROM deals WHERE contact_id = ? UNION SELECT deal_id FROM deal_contacts WHERE contact_id = ?"
    return DealCondition(
      sql: "deals.id IN (\(ids))", values: [id, id], candidates: Candidates(sql: ids, values: [id, id]))
  }

  private static func tagged(_ tag: String) -> DealCondition {
    let key = TagName(tag)?.key ?? ""
    let id = "SELECT id FROM tags WHERE name_key = ?"
    return DealCondition(
      sql: "EXISTS (SELECT 1 FROM deal_tags WHERE deal_id = deals.id AND tag_id = (\(id)))", values: [key],
      candidates: Candidates(
        sql: "SELECT deal_id AS id FROM deal_tags WHERE tag_id = (\(id))", values: [key]))
  }

  private static func matching(_ expression: String) -> DealCondition {
    // Nothing that is part of a word finds nothing.
    guard !expression.isEmpty else {
      return DealCondition(
        sql: "0", values: [], candidates: Candidates(sql: "SELECT id FROM deals WHERE 0", values: []))
    }
    let ids = "SELECT rowid AS id FROM deal_search WHERE deal_search MATCH ? ORDER BY rowid DESC"
    return DealCondition(
      sql: "deals.id IN (\(ids))", values: [expression],
      candidates: Candidates(sql: ids, values: [expression], isNewestFirst: true))
  }

  /// What of the conditions is a range of an order's index: a walk along it goes no further.
  func range(of order: DealOrder) -> (sql: String, values: [any Bindable])? {
    switch order {
    case .close: return closeRange
    case .value:
      // Digits in their places, as in the index.
      let largest: Int64 = 9_999_999_999_999_999
      guard let currency, let key = order.keys.first else { return nil }
      let ends = [valueTo ?? largest, valueFrom ?? 0].map { (value: Int64) -> any Bindable in
        let digits = String(largest - min(max(value, 0), largest))
        return currency + String(repeating: "0", count: 16 - digits.count) + digits
      }
      return ("\(key.sql) BETWEEN ? AND ?", ends)
    case .rank, .newest, .activity, .title: return nil
    }
  }

  private var closeRange: (sql: String, values: [any Bindable])? {
    guard closeFrom != nil || closeTo != nil else { return nil }
    // Behind every date, and before what stands for none.
    let last = closeTo?.description ?? "9999-12-31"
    return ("ifnull(forecasted_close_on, '~') BETWEEN ? AND ?", [closeFrom?.description ?? "", last])
  }

  private func valued(_ place: String, _ places: [any Bindable]) -> DealCondition {
    let range: [any Bindable] = [valueFrom ?? 0, valueTo ?? Int64.max]
    // The currency is in the index too, so that the value alone does not make many of few.
    let ofCurrency = currency == nil ? "" : " AND currency = ?"
    return DealCondition(
      sql: "+deals.value_minor BETWEEN ? AND ?", values: range,
      candidates: Candidates(
        sql: "SELECT id FROM deals WHERE \(place) AND value_minor BETWEEN ? AND ?\(ofCurrency)",
        values: places + range + (currency.map { [$0] } ?? [])))
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
