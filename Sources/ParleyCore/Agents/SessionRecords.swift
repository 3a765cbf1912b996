import SQLite

/// The sessions' rows. The token itself is nowhere: only its hash.
enum SessionRecords {
  static func insert(
    _ id: SessionID, of agentID: Int64, at now: Int64, until expiry: Int64,
    in transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      "INSERT INTO sessions (token_hash, agent_id, created_at, expires_at) VALUES (?, ?, ?, ?)", id.hash,
      agentID, now, expiry)
  }

  /// Whose session it is, and until when.
  static func find(
    _ id: SessionID, in snapshot: borrowing Snapshot
  ) throws -> (agent: AgentIdentity, expiry: Int64)? {
    try snapshot.first(
      """
      SELECT a.id, a.name, a.role, s.expires_at FROM sessions s JOIN agents a ON a.id = s.agent_id
        WHERE s.token_hash = ?
      """, id.hash
    ) { row in
      let role = AgentRecords.role(row.text(2))
      return (AgentIdentity(id: row.int64(0), name: row.text(1), role: role), row.int64(3))
    }
  }

  static func extend(_ id: SessionID, until expiry: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute("UPDATE sessions SET expires_at = ? WHERE token_hash = ?", expiry, id.hash)
  }

  static func delete(_ id: SessionID, in transaction: borrowing Transaction) throws {
    try transaction.execute("DELETE FROM sessions WHERE token_hash = ?", id.hash)
  }

  static func deleteExpired(at now: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute("DELETE FROM sessions WHERE expires_at <= ?", now)
  }

  static func sessions(of agentID: Int64, in snapshot: borrowing Snapshot) throws -> [SessionID] {
    try snapshot.rows("SELECT token_hash FROM sessions WHERE agent_id = ?", agentID) {
      SessionID(hash: $0.text(0))
    }
  }
}
