import SQLite

/// The accounts' rows.
enum AccountRecords: SuggestionSource {
  static func account(_ id: Int64, in snapshot: borrowing Snapshot) throws -> Account? {
    try snapshot.first("SELECT id, name, url, created_at FROM accounts WHERE id = ?", id, map: account(from:))
  }

  static func account(key: String, in snapshot: borrowing Snapshot) throws -> Account? {
    try snapshot.first(
      "SELECT id, name, url, created_at FROM accounts WHERE name_key = ?", key, map: account(from:))
  }

  /// The account of this name, made now if there is none.
  static func findOrCreate(
    _ name: AccountName, url: String = "", now: Int64, in transaction: borrowing Transaction
  ) throws -> (account: Account, isNew: Bool) {
    let created = try transaction.returning(
      """
      INSERT INTO accounts (name, name_key, url, created_at) VALUES (?, ?, ?, ?)
        ON CONFLICT (name_key) DO NOTHING RETURNING id, name, url, created_at
      """, name.text, name.key, url, now, map: account(from:))
    if let created { return (created, true) }
    guard let existing = try account(key: name.key, in: transaction.snapshot) else {
      throw ParleyError.defect(reason: "accounts.insert")
    }
    return (existing, false)
  }

  static func matching(_ expression: String, limit: Int, in snapshot: borrowing Snapshot) throws -> [Account]
  {
    try snapshot.rows(
      """
      SELECT id, name, url, created_at FROM accounts WHERE id IN (
        SELECT rowid FROM account_search WHERE account_search MATCH ? ORDER BY rowid DESC LIMIT ?
      ) ORDER BY id DESC
      """, expression, limit, map: account(from:))
  }

  /// By name.
  static func beginning(
    with search: PrefixSearch, limit: Int, in snapshot: borrowing Snapshot
  ) throws -> [Account] {
    guard let start = AccountName(search.text)?.key else { return [] }
    return try snapshot.rows(
      """
      SELECT id, name, url, created_at FROM accounts WHERE name_key >= ? AND name_key < ?
        ORDER BY name_key LIMIT ?
      """, start, start + PrefixSearch.afterAll, limit, map: account(from:))
  }

  static func newest(limit: Int, in snapshot: borrowing Snapshot) throws -> [Account] {
    try snapshot.rows(
      "SELECT id, name, url, created_at FROM accounts ORDER BY id DESC LIMIT ?", limit, map: account(from:))
  }

  private static func account(from row: borrowing Row) -> Account {
    Account(id: row.int64(0), name: row.text(1), url: row.text(2), createdAt: row.int64(3))
  }
}
