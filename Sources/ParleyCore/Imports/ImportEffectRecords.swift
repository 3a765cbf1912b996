import SQLite

/// What an import did to one record.
struct ImportEffect: Sendable {
  var id: Int64 = 0
  let record: RecordID
  /// JSON of the record; nil for one that was made.
  let before: String?
  let after: String
}

/// What imports did, in order.
enum ImportEffectRecords {
  static func insert(
    _ effect: ImportEffect, of importID: Int64, in transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      "INSERT INTO import_effects (import_id, kind, record_id, before, after) VALUES (?, ?, ?, ?, ?)",
      importID,
      effect.record.kind.rawValue, effect.record.id, effect.before, effect.after)
  }

  /// The last ones, the last first.
  static func last(
    of importID: Int64, limit: Int, in snapshot: borrowing Snapshot
  ) throws -> [ImportEffect] {
    try snapshot.rows(
      """
      SELECT id, kind, record_id, before, after FROM import_effects WHERE import_id = ? ORDER BY id DESC LIMIT ?
      """, importID, limit
    ) { row in
      guard let kind = RecordKind(rawValue: row.text(1)) else {
        throw ParleyError.defect(reason: "import_effects.kind")
      }
      return ImportEffect(
        id: row.int64(0), record: RecordID(kind, row.int64(2)), before: row.optionalText(3),
        after: row.text(4))
    }
  }

  static func count(of importID: Int64, in snapshot: borrowing Snapshot) throws -> Int {
    try snapshot.first("SELECT count(*) FROM import_effects WHERE import_id = ?", importID) { $0.int(0) } ?? 0
  }

  static func delete(_ id: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute("DELETE FROM import_effects WHERE id = ?", id)
  }

  /// Takes away a record that nothing refers to.
  static func remove(_ record: RecordID, in transaction: borrowing Transaction) throws {
    try transaction.execute("DELETE FROM \(record.kind)s WHERE id = ?", record.id)
  }

  /// Lets some of them go: nothing can be taken back then. Answers how many.
  static func forget(of importID: Int64, limit: Int, in transaction: borrowing Transaction) throws -> Int {
    try transaction.execute(
      "DELETE FROM import_effects WHERE id IN (SELECT id FROM import_effects WHERE import_id = ? LIMIT ?)",
      importID, limit)
  }

  /// Whether something refers to a contact or an account that was made: deals, conversations, notes, tasks, people.
  static func isUsed(_ record: RecordID, in snapshot: borrowing Snapshot) throws -> Bool {
    let sql =
      switch record.kind {
      case .contact:
        """
        SELECT 1 WHERE EXISTS (SELECT 1 FROM deals WHERE contact_id = ?1)
          OR EXISTS (SELECT 1 FROM deal_contacts WHERE contact_id = ?1)
          OR EXISTS (SELECT 1 FROM visitors WHERE contact_id = ?1)
          OR EXISTS (SELECT 1 FROM notes WHERE contact_id = ?1)
          OR EXISTS (SELECT 1 FROM tasks WHERE contact_id = ?1)
        """
      case .account:
        """
        SELECT 1 WHERE EXISTS (SELECT 1 FROM deals WHERE account_id = ?1)
          OR EXISTS (SELECT 1 FROM contacts WHERE account_id = ?1)
          OR EXISTS (SELECT 1 FROM notes WHERE account_id = ?1)
          OR EXISTS (SELECT 1 FROM tasks WHERE account_id = ?1)
        """
      case .deal:
        """
        SELECT 1 WHERE EXISTS (SELECT 1 FROM notes WHERE deal_id = ?1)
          OR EXISTS (SELECT 1 FROM tasks WHERE deal_id = ?1)
          OR EXISTS (SELECT 1 FROM deal_conversations WHERE deal_id = ?1)
        """
      }
    return try snapshot.first(sql, record.id) { _ in true } ?? false
  }
}
