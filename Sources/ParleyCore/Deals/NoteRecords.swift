import SQLite

/// The notes' rows.
enum NoteRecords {
  static func insert(
    _ text: String, on record: RecordID, by agentID: Int64, at now: Int64,
    in transaction: borrowing Transaction
  ) throws -> Int64 {
    try transaction.insert(
      """
      INSERT INTO notes (deal_id, contact_id, account_id, agent_id, text, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)
      """, record.id(of: .deal), record.id(of: .contact), record.id(of: .account), agentID, text, now)
  }

  static func update(_ id: Int64, _ text: String, at now: Int64, in transaction: borrowing Transaction) throws
  {
    try transaction.execute("UPDATE notes SET text = ?, updated_at = ? WHERE id = ?", text, now, id)
  }

  static func delete(_ id: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute("DELETE FROM notes WHERE id = ?", id)
  }

  static func note(
    _ id: Int64, in snapshot: borrowing Snapshot
  ) throws -> (note: Note, record: RecordID)? {
    try snapshot.first("\(selection) WHERE notes.id = ?", id) { row in
      let record =
        row.optionalInt64(6).map { RecordID(.deal, $0) } ?? row.optionalInt64(7).map {
          RecordID(.contact, $0)
        }
        ?? RecordID(.account, row.int64(8))
      return (note(from: row), record)
    }
  }

  /// Newest first.
  static func page(
    on record: RecordID, before id: Int64, limit: Int, in snapshot: borrowing Snapshot
  ) throws -> [Note] {
    try snapshot.rows(
      """
      \(selection) WHERE notes.\(record.kind.rawValue)_id = ? AND notes.id < ? ORDER BY notes.id DESC LIMIT ?
      """, record.id, id, limit, map: note(from:))
  }

  private static let selection = """
    SELECT notes.id, notes.text, notes.agent_id, agents.name, notes.created_at, notes.updated_at, notes.deal_id,
      notes.contact_id, notes.account_id
    FROM notes LEFT JOIN agents ON agents.id = notes.agent_id
    """

  private static func note(from row: borrowing Row) -> Note {
    Note(
      id: row.int64(0), text: row.text(1),
      agent: row.optionalInt64(2).map { AgentReference(id: $0, name: row.text(3)) }, createdAt: row.int64(4),
      updatedAt: row.int64(5))
  }
}
