import SQLite

/// Facts in the event log, and how far the automations have followed it.
enum FactRecords {
  static let audience = "automations"

  static func insert(
    _ fact: Fact, as sequence: Int64, at now: Int64, in transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      "INSERT INTO events (sequence, audience, type, payload, created_at) VALUES (?, ?, ?, ?, ?)", sequence,
      audience, fact.kind.rawValue, try JSON.bytes(fact), now)
  }

  /// The next of those that have not been followed yet.
  static func pending(limit: Int, in snapshot: borrowing Snapshot) throws -> [(sequence: Int64, fact: Fact)] {
    let cursor = try snapshot.first("SELECT sequence FROM automation_cursor") { $0.int64(0) } ?? 0
    return try snapshot.rows(
      """
      SELECT sequence, payload FROM events WHERE audience = 'automations' AND sequence > ? ORDER BY sequence LIMIT ?
      """, cursor, limit
    ) { row in
      (row.int64(0), try JSON.value(Fact.self, from: String(decoding: row.blob(1), as: UTF8.self)))
    }
  }

  static func moveCursor(to sequence: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute("UPDATE automation_cursor SET sequence = ?", sequence)
  }

  /// The first that has not been followed yet: the log is kept from there.
  static func firstPending(in snapshot: borrowing Snapshot) throws -> Int64? {
    try pending(limit: 1, in: snapshot).first?.sequence
  }
}
