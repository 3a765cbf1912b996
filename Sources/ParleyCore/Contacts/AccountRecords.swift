import SQLite

/// The accounts' rows.
enum AccountRecords: SuggestionSource {
  static func account(_ id: Int64, in snapshot: borrowing Snapshot) throws -> Account? {
    try filled(snapshot.rows("\(selection) WHERE accounts.id = ?", id, map: account(from:)), snapshot).first
  }

  /// Also by a name that it has besides.
  static func account(key: String, in snapshot: borrowing Snapshot) throws -> Account? {
    if let id = try snapshot.first(
      "SELECT id FROM accounts WHERE name_key = ?", key, map: { $0.int64(0) })
    {
      return try account(id, in: snapshot)
    }
    return try AliasRecords.accountID(key: key, in: snapshot).flatMap { try account($0, in: snapshot) }
  }

  /// The account of this name, made now if there is none.
  static func findOrCreate(
    _ name: AccountName, url: String = "", now: Int64, in transaction: borrowing Transaction
  ) throws -> (account: Account, isNew: Bool) {
    if let id = try AliasRecords.accountID(key: name.key, in: transaction.snapshot),
      let known = try account(id, in: transaction.snapshot)
    {
      return (known, false)
    }
    let isNew =
      try transaction.execute(
        """
        INSERT INTO accounts (id, name, name_key, sort_key, url, created_at, last_activity_at)
          VALUES (1 + max(ifnull((SELECT max(id) FROM accounts), 0),
              (SELECT id FROM last_ids WHERE kind = 'account')), ?, ?, ?, ?, ?, ?)
          ON CONFLICT (name_key) DO NOTHING
        """, name.text, name.key, SortKey.key(of: name.text), url, now, now) == 1
    guard let account = try account(key: name.key, in: transaction.snapshot) else {
      throw ParleyError.defect(reason: "accounts.insert")
    }
    return (account, isNew)
  }

  /// What is nil stays.
  static func update(
    _ id: Int64, with change: CheckedAccountChange, in transaction: borrowing Transaction
  ) throws {
    if let name = change.name, try AliasRecords.remove(name: name.key, in: transaction),
      let before = try account(id, in: transaction.snapshot).flatMap({ AccountName($0.name) })
    {
      // By whichever of the two it is mainly known, it stays known by both.
      try AliasRecords.add(before, ofAccount: id, in: transaction)
    }
    try transaction.execute(
      """
      UPDATE accounts SET name = coalesce(?, name), name_key = coalesce(?, name_key),
          sort_key = coalesce(?, sort_key), url = coalesce(?, url), phone = coalesce(?, phone),
          owner_id = iif(?, ?, owner_id)
        WHERE id = ?
      """, change.name?.text, change.name?.key, change.name.map { SortKey.key(of: $0.text) }, change.url,
      change.phone, change.ownerID != nil, change.ownerID ?? nil, id)
    try CustomFieldRecords.set(change.fields, of: .account, id, in: transaction)
  }

  /// Those of these that exist, in the same order.
  static func accounts(_ ids: [Int64], in snapshot: borrowing Snapshot) throws -> [Account] {
    let found = try filled(
      snapshot.rows(
        "\(selection) WHERE accounts.id IN (SELECT value FROM json_each(?))", try JSON.text(ids),
        map: account(from:)), snapshot)
    let byID = Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
    return ids.compactMap { byID[$0] }
  }

  static func matching(_ expression: String, limit: Int, in snapshot: borrowing Snapshot) throws -> [Account]
  {
    try filled(
      snapshot.rows(
        """
        \(selection) WHERE accounts.id IN (
          SELECT rowid FROM account_search WHERE account_search MATCH ? ORDER BY rowid DESC LIMIT ?
        ) ORDER BY accounts.id DESC
        """, expression, limit, map: account(from:)), snapshot)
  }

  /// By name.
  static func beginning(
    with search: PrefixSearch, limit: Int, in snapshot: borrowing Snapshot
  ) throws -> [Account] {
    guard let start = AccountName(search.text)?.key else { return [] }
    return try filled(
      snapshot.rows(
        """
        \(selection) WHERE accounts.name_key >= ? AND accounts.name_key < ?
          ORDER BY accounts.name_key LIMIT ?
        """, start, start + PrefixSearch.afterAll, limit, map: account(from:)), snapshot)
  }

  static func newest(limit: Int, in snapshot: borrowing Snapshot) throws -> [Account] {
    try filled(
      snapshot.rows("\(selection) ORDER BY accounts.id DESC LIMIT ?", limit, map: account(from:)), snapshot)
  }

  private static let selection = """
    SELECT accounts.id, accounts.name, accounts.url, accounts.phone, accounts.owner_id, agents.name,
      accounts.created_at, accounts.last_activity_at
    FROM accounts LEFT JOIN agents ON agents.id = accounts.owner_id
    """

  /// With their values in fields of one's own.
  private static func filled(
    _ accounts: [Account], _ snapshot: borrowing Snapshot
  ) throws -> [Account] {
    let list = try JSON.text(accounts.map(\.id))
    let fields = try CustomFieldRecords.values(of: .account, list, in: snapshot)
    return accounts.map { account in
      var account = account
      account.fields = fields[account.id] ?? CustomFieldValues()
      return account
    }
  }

  private static func account(from row: borrowing Row) -> Account {
    Account(
      id: row.int64(0), name: row.text(1), url: row.text(2), phone: row.text(3),
      owner: row.optionalInt64(4).map { AgentReference(id: $0, name: row.text(5)) },
      createdAt: row.int64(6), lastActivityAt: row.int64(7))
  }
}
