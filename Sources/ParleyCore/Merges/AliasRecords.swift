import SQLite

/// By what else contacts and accounts are known.
enum AliasRecords {
  static func contactID(email key: String, in snapshot: borrowing Snapshot) throws -> Int64? {
    try snapshot.first("SELECT contact_id FROM contact_aliases WHERE email_key = ?", key) { $0.int64(0) }
  }

  static func accountID(key: String, in snapshot: borrowing Snapshot) throws -> Int64? {
    try snapshot.first("SELECT account_id FROM account_aliases WHERE name_key = ?", key) { $0.int64(0) }
  }

  /// In alphabetical order.
  static func aliases(of record: RecordID, in snapshot: borrowing Snapshot) throws -> [String] {
    let sql =
      switch record.kind {
      case .contact: "SELECT email FROM contact_aliases WHERE contact_id = ? ORDER BY email_key LIMIT 100"
      case .account: "SELECT name FROM account_aliases WHERE account_id = ? ORDER BY name_key LIMIT 100"
      case .deal: throw ParleyError.defect(reason: "aliases.kind")
      }
    return try snapshot.rows(sql, record.id) { $0.text(0) }
  }

  static func add(
    _ email: EmailAddress, ofContact id: Int64, in transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO contact_aliases (email_key, email, contact_id) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET contact_id = excluded.contact_id
      """, email.key, email.text, id)
  }

  static func add(_ name: AccountName, ofAccount id: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO account_aliases (name_key, name, account_id) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET account_id = excluded.account_id
      """, name.key, name.text, id)
  }

  /// What a contact is mainly known by is no alias of it. Answers whether it was.
  static func remove(email key: String, in transaction: borrowing Transaction) throws -> Bool {
    try transaction.execute("DELETE FROM contact_aliases WHERE email_key = ?", key) == 1
  }

  static func remove(name key: String, in transaction: borrowing Transaction) throws -> Bool {
    try transaction.execute("DELETE FROM account_aliases WHERE name_key = ?", key) == 1
  }
}
