import SQLite

/// The answers that creating requests got, by the keys their clients made.
enum IdempotencyRecords {
  static func find(
    _ key: IdempotencyKey, of agentID: Int64, in snapshot: borrowing Snapshot
  ) throws -> (fingerprint: String, answer: String)? {
    try snapshot.first(
      "SELECT fingerprint, answer FROM idempotency_keys WHERE agent_id = ? AND key = ?", agentID, key.text
    ) { ($0.text(0), String(decoding: $0.blob(1), as: UTF8.self)) }
  }

  static func insert(
    _ key: IdempotencyKey, fingerprint: String, answer: String, of agentID: Int64, now: Int64,
    in transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO idempotency_keys (agent_id, key, fingerprint, answer, created_at) VALUES (?, ?, ?, ?, ?)
      """, agentID, key.text, fingerprint, Array(answer.utf8), now)
  }

  /// A few at a time, so that no transaction is slow for it.
  static func deleteSome(olderThan time: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      DELETE FROM idempotency_keys WHERE (agent_id, key) IN
        (SELECT agent_id, key FROM idempotency_keys WHERE created_at < ? ORDER BY created_at LIMIT 16)
      """, time)
  }
}
