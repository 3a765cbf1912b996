import SQLite

/// One condition of a list of contacts or accounts.
struct RecordCondition {
  let sql: String
  let values: [any Bindable]
  var candidates: Candidates?
}

extension RecordFilter {
  /// What a filter is asked by whom, and when.
  struct Asker {
    let agent: AgentIdentity
    let now: Int64
  }

  /// What narrows a list, the most telling conditions first; the account is not among them: its contacts have an index to walk along.
  ///
  /// - Parameter id: in the order of the newest, those before this one: then a search need not look at the others.
  func conditions(
    of table: RecordListRecords.Table, before id: Int64?, _ asker: Asker, in snapshot: borrowing Snapshot
  ) throws -> [RecordCondition] {
    var conditions: [RecordCondition] = []
    if !search.trimmed.isEmpty { conditions.append(try matching(table, before: id, in: snapshot)) }
    conditions += tags.map(Self.tagged)
    if let ownerID { conditions.append(Self.owned(table, by: ownerID)) }
    for field in fields {
      let condition = try FieldCondition(field, of: table.kind, in: snapshot)
      let clause = condition.clause(on: "+\(table).id")
      conditions.append(
        RecordCondition(sql: clause.sql, values: clause.values, candidates: condition.candidates))
    }
    let time = try WorkspaceTime(now: asker.now, in: snapshot)
    if createdFrom != nil || createdTo != nil { conditions.append(created(table, time)) }
    if let openDeals {
      let pipelines = try PipelineAccess.list(visibleTo: asker.agent, in: snapshot)
      conditions.append(Self.openDeals(openDeals, table, pipelines))
    }
    if conversations != nil || talkedFrom != nil || talkedTo != nil { conditions.append(talked(time)) }
    return conditions
  }

  private func matching(
    _ table: RecordListRecords.Table, before id: Int64?, in snapshot: borrowing Snapshot
  ) throws -> RecordCondition {
    let expression = try VocabularyRecords.expression(
      PrefixSearch(search), for: table == .contacts ? .contacts : .accounts, in: snapshot)
    // What is typed is part of no word: nothing is found by it.
    guard !expression.isEmpty else { return Self.nothing(table) }
    let index = "\(table.kind)_search"
    let ids = "SELECT rowid AS id FROM \(index) WHERE \(index) MATCH ? AND rowid < ? ORDER BY rowid DESC"
    let values: [any Bindable] = [expression, id ?? Int64.max]
    return RecordCondition(
      sql: "\(table).id IN (\(ids))", values: values,
      candidates: Candidates(sql: ids, values: values, isNewestFirst: true))
  }

  private static func nothing(_ table: RecordListRecords.Table) -> RecordCondition {
    RecordCondition(
      sql: "0", values: [], candidates: Candidates(sql: "SELECT id FROM \(table) WHERE 0", values: []))
  }

  private static func tagged(_ tag: String) -> RecordCondition {
    guard let key = TagName(tag)?.key else { return nothing(.contacts) }
    let id = "SELECT id FROM tags WHERE name_key = ?"
    return RecordCondition(
      sql: "EXISTS (SELECT 1 FROM contact_tags WHERE contact_id = contacts.id AND tag_id = (\(id)))",
      values: [key],
      candidates: Candidates(
        sql: "SELECT contact_id AS id FROM contact_tags WHERE tag_id = (\(id))", values: [key]))
  }

  private static func owned(_ table: RecordListRecords.Table, by ownerID: Int64) -> RecordCondition {
    let account = "SELECT 1 FROM accounts WHERE accounts.id = contacts.account_id AND accounts.owner_id"
    switch (table, ownerID) {
    case (.accounts, 0): return RecordCondition(sql: "+accounts.owner_id IS NULL", values: [])
    case (.contacts, 0):
      return RecordCondition(sql: "NOT EXISTS (\(account) IS NOT NULL)", values: [])
    case (.accounts, _):
      return RecordCondition(
        sql: "+accounts.owner_id = ?", values: [ownerID],
        candidates: Candidates(sql: "SELECT id FROM accounts WHERE owner_id = ?", values: [ownerID]))
    case (.contacts, _):
      return RecordCondition(
        sql: "EXISTS (\(account) = ?)", values: [ownerID],
        candidates: Candidates(
          sql: """
            SELECT contacts.id FROM accounts CROSS JOIN contacts ON contacts.account_id = accounts.id
              WHERE accounts.owner_id = ?
            """, values: [ownerID]))
    }
  }

  private func created(_ table: RecordListRecords.Table, _ time: WorkspaceTime) -> RecordCondition {
    let range = Self.range(createdFrom, createdTo, time)
    return RecordCondition(
      sql: "+\(table).created_at >= ? AND +\(table).created_at < ?", values: range,
      candidates: Candidates(
        sql: "SELECT id FROM \(table) WHERE created_at >= ? AND created_at < ?", values: range))
  }

  /// - Parameter pipelines: the ids of those that may be seen, as a JSON array.
  private static func openDeals(
    _ having: Having, _ table: RecordListRecords.Table, _ pipelines: String
  ) -> RecordCondition {
    let isOpen = "deals.status = 'open' AND +deals.pipeline_id IN (SELECT value FROM json_each(?))"
    let not = having == .none ? "NOT " : ""
    let own = "EXISTS (SELECT 1 FROM deals WHERE deals.\(table.kind)_id = \(table).id AND \(isOpen))"
    guard table == .contacts else { return RecordCondition(sql: not + own, values: [pipelines]) }
    let part = """
      EXISTS (SELECT 1 FROM deal_contacts CROSS JOIN deals ON deals.id = deal_contacts.deal_id
        WHERE deal_contacts.contact_id = contacts.id AND \(isOpen))
      """
    return RecordCondition(sql: "\(not)(\(own) OR \(part))", values: [pipelines, pipelines])
  }

  private func talked(_ time: WorkspaceTime) -> RecordCondition {
    let not = conversations == Having.none ? "NOT " : ""
    return RecordCondition(
      sql: """
        \(not)EXISTS (SELECT 1 FROM visitors CROSS JOIN conversations ON conversations.visitor_id = visitors.id
          WHERE visitors.contact_id = contacts.id AND visitors.contact_id IS NOT NULL
            AND conversations.last_at >= ? AND conversations.last_at < ?)
        """, values: Self.range(talkedFrom, talkedTo, time))
  }

  /// In milliseconds, the end excluded.
  private static func range(
    _ from: CalendarDate?, _ to: CalendarDate?, _ time: WorkspaceTime
  ) -> [any Bindable] {
    let end = to.map { $0.adding(days: 1)?.start(in: time.timeZone) ?? Int64.max }
    return [from?.start(in: time.timeZone) ?? 0, end ?? Int64.max]
  }
}
