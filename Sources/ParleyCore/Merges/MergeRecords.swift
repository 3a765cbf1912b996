import SQLite

/// What was merged.
enum MergeRecords {
  static let shown = 100

  static func insert(
    _ merged: MergedRecord, replaced: [MergedFact], into record: RecordID, by agentID: Int64, at now: Int64,
    in transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO merges (contact_id, account_id, merged_id, agent_id, record, replaced, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)
      """, record.id(of: .contact), record.id(of: .account), merged.id, agentID, try JSON.text(merged),
      try JSON.text(replaced), now)
  }

  /// Newest first.
  static func merges(into record: RecordID, in snapshot: borrowing Snapshot) throws -> [Merge] {
    try snapshot.rows(
      """
      SELECT merges.id, merges.record, merges.replaced, merges.agent_id, agents.name, merges.created_at
        FROM merges LEFT JOIN agents ON agents.id = merges.agent_id
        WHERE merges.\(record.kind.rawValue)_id = ? ORDER BY merges.id DESC LIMIT \(shown)
      """, record.id
    ) { row in
      Merge(
        id: row.int64(0), record: try JSON.value(MergedRecord.self, from: row.text(1)),
        replaced: try JSON.value([MergedFact].self, from: row.text(2)),
        agent: row.optionalInt64(3).map { AgentReference(id: $0, name: row.text(4)) },
        createdAt: row.int64(5))
    }
  }

  /// The record that one has become part of, if it has.
  static func survivor(of record: RecordID, in snapshot: borrowing Snapshot) throws -> Int64? {
    let column = "\(record.kind.rawValue)_id"
    return try snapshot.first(
      "SELECT \(column) FROM merges WHERE merged_id = ? AND \(column) IS NOT NULL", record.id
    ) { $0.int64(0) }
  }

  /// Why a record is not there: it never was or was deleted, or it is part of another.
  static func absence(of record: RecordID, in snapshot: borrowing Snapshot) throws -> ParleyError {
    try survivor(of: record, in: snapshot).map { .merged(into: $0) } ?? .notFound
  }
}

extension ContactRecords {
  /// A contact, or whom it has become part of.
  static func current(_ id: Int64, in snapshot: borrowing Snapshot) throws -> Contact? {
    if let contact = try contact(id, in: snapshot) { return contact }
    return try MergeRecords.survivor(of: RecordID(.contact, id), in: snapshot)
      .flatMap { try contact($0, in: snapshot) }
  }
}

extension AccountRecords {
  /// An account, or what it has become part of.
  static func current(_ id: Int64, in snapshot: borrowing Snapshot) throws -> Account? {
    if let account = try account(id, in: snapshot) { return account }
    return try MergeRecords.survivor(of: RecordID(.account, id), in: snapshot)
      .flatMap { try account($0, in: snapshot) }
  }
}
