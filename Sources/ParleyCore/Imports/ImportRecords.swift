import SQLite

extension Import.State: Bindable {}
extension ImportKind: Bindable {}
extension TextEncoding: Bindable {}

/// The imports' rows.
enum ImportRecords {
  static func insert(
    _ kind: ImportKind, fileName: String, size: Int64, by agentID: Int64, at now: Int64,
    in transaction: borrowing Transaction
  ) throws -> Int64 {
    try transaction.insert(
      """
      INSERT INTO imports (agent_id, kind, state, file_name, size, created_at) VALUES (?, ?, 'uploading', ?, ?, ?)
      """, agentID, kind, fileName, size, now)
  }

  static func find(_ id: Int64, in snapshot: borrowing Snapshot) throws -> Import? {
    try snapshot.first("\(selection) WHERE imports.id = ?", id, map: find(from:))
  }

  /// Newest first.
  ///
  /// - Parameter agentID: whose; nil for everyone's.
  static func page(
    of agentID: Int64?, before id: Int64, limit: Int, in snapshot: borrowing Snapshot
  ) throws -> [Import] {
    guard let agentID else {
      return try snapshot.rows(
        "\(selection) WHERE imports.id < ? ORDER BY imports.id DESC LIMIT ?", id, limit, map: find(from:))
    }
    return try snapshot.rows(
      "\(selection) WHERE imports.agent_id = ? AND imports.id < ? ORDER BY imports.id DESC LIMIT ?", agentID,
      id,
      limit, map: find(from:))
  }

  /// The first that the server has to work on.
  static func nextAtWork(in snapshot: borrowing Snapshot) throws -> Import? {
    try snapshot.first(
      """
      \(selection) WHERE imports.state IN ('reading', 'checking', 'running', 'undoing')
        ORDER BY imports.id LIMIT 1
      """, map: find(from:))
  }

  /// How many of an agent's have neither begun nor ended.
  static func openCount(of agentID: Int64, in snapshot: borrowing Snapshot) throws -> Int {
    try snapshot.first(
      "SELECT count(*) FROM imports WHERE agent_id = ? AND state IN ('uploading', 'mapping', 'checked')",
      agentID
    ) { $0.int(0) } ?? 0
  }

  /// The oldest of those that were left lying.
  static func abandoned(before time: Int64, in snapshot: borrowing Snapshot) throws -> Int64? {
    try snapshot.first(
      """
      SELECT id FROM imports WHERE state IN ('uploading', 'mapping', 'checked') AND created_at < ?
        ORDER BY id LIMIT 1
      """, time
    ) { $0.int64(0) }
  }

  /// One that has ended and whose file and rows are still there, or which can no longer be taken back.
  static func untidy(
    endedBefore time: Int64, in snapshot: borrowing Snapshot
  ) throws -> (id: Int64, state: Import.State, isExpired: Bool)? {
    try snapshot.first(
      """
      SELECT id, state, tidied FROM imports WHERE ended_at IS NOT NULL AND (tidied = 0 OR tidied = 1 AND ended_at < ?)
        LIMIT 1
      """, time
    ) { row in
      guard let state = Import.State(rawValue: row.text(1)) else {
        throw ParleyError.defect(reason: "imports.state")
      }
      return (row.int64(0), state, row.int(2) == 1)
    }
  }

  static func setTidied(_ id: Int64, _ tidied: Int, in transaction: borrowing Transaction) throws {
    try transaction.execute("UPDATE imports SET tidied = ? WHERE id = ?", tidied, id)
  }

  /// Stores all of it that changes.
  static func update(_ one: Import, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      UPDATE imports SET state = ?, received = ?, encoding = ?, separator = ?, columns = ?, row_count = ?,
          processed = ?, settings = ?, plan = ?, result = ?, code = ?, ended_at = ?
        WHERE id = ?
      """, one.state, one.received, one.encoding, one.separator, try JSON.text(one.columns), one.rows,
      one.processed, try one.settings.map { try JSON.text($0) }, try one.plan.map { try JSON.text($0) },
      try one.result.map { try JSON.text($0) }, one.code, one.endedAt, one.id)
  }

  private static let selection = """
    SELECT imports.id, imports.kind, imports.state, imports.file_name, imports.size, imports.received,
      imports.encoding, imports.separator, imports.columns, imports.row_count, imports.processed,
      imports.settings, imports.plan, imports.result, imports.code, imports.agent_id, agents.name,
      imports.created_at, imports.ended_at
    FROM imports JOIN agents ON agents.id = imports.agent_id
    """

  private static func find(from row: borrowing Row) throws -> Import {
    guard let kind = ImportKind(rawValue: row.text(1)), let state = Import.State(rawValue: row.text(2)) else {
      throw ParleyError.defect(reason: "imports.state")
    }
    return Import(
      id: row.int64(0), kind: kind, state: state, fileName: row.text(3), size: row.int64(4),
      received: row.int64(5), encoding: row.optionalText(6).flatMap { TextEncoding(rawValue: $0) },
      separator: row.optionalText(7), columns: try JSON.value([String].self, from: row.text(8)),
      rows: row.int(9), processed: row.int(10),
      settings: try row.optionalText(11).map { try JSON.value(ImportSettings.self, from: $0) },
      plan: try row.optionalText(12).map { try JSON.value(ImportCounts.self, from: $0) },
      result: try row.optionalText(13).map { try JSON.value(ImportCounts.self, from: $0) },
      code: row.optionalText(14), agent: AgentReference(id: row.int64(15), name: row.text(16)),
      createdAt: row.int64(17), endedAt: row.optionalInt64(18))
  }
}
