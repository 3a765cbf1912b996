import SQLite

/// The full-text indexes. Each walk goes from the newest row to older ones and ends when the body says so, so a word that a
/// million rows have costs no more than the rows that are looked at.
enum SearchRecords {
  static func visitors(
    _ expression: String, before id: Int64, in snapshot: borrowing Snapshot,
    body: (Int64, String) throws -> Bool
  ) throws {
    try snapshot.each(
      """
      SELECT rowid, highlight(visitor_search, 0, ?1, ?2), highlight(visitor_search, 1, ?1, ?2)
        FROM visitor_search WHERE visitor_search MATCH ?3 AND rowid < ?4 ORDER BY rowid DESC
      """, String(SearchHit.opening), String(SearchHit.closing), expression, id
    ) { try body($0.int64(0), joined([$0.text(1), $0.text(2)])) }
  }

  static func contacts(
    _ expression: String, before id: Int64, in snapshot: borrowing Snapshot,
    body: (Int64, String) throws -> Bool
  ) throws {
    try snapshot.each(
      """
      SELECT rowid, highlight(contact_search, 0, ?1, ?2), highlight(contact_search, 1, ?1, ?2),
          highlight(contact_search, 2, ?1, ?2)
        FROM contact_search WHERE contact_search MATCH ?3 AND rowid < ?4 ORDER BY rowid DESC
      """, String(SearchHit.opening), String(SearchHit.closing), expression, id
    ) { row in
      let name = [row.text(1), row.text(2)].filter { !$0.isEmpty }.joined(separator: " ")
      return try body(row.int64(0), joined([name, row.text(3)]))
    }
  }

  /// The visitors who are a contact, newest first, at most 20.
  static func visitors(ofContact id: Int64, in snapshot: borrowing Snapshot) throws -> [Int64] {
    try snapshot.rows("SELECT id FROM visitors WHERE contact_id = ? ORDER BY id DESC LIMIT 20", id) {
      $0.int64(0)
    }
  }

  static func isFound(
    visitor id: Int64, _ expression: String, in snapshot: borrowing Snapshot
  ) throws -> Bool {
    try snapshot.first(
      "SELECT 1 FROM visitor_search WHERE visitor_search MATCH ? AND rowid = ?", expression, id
    ) { _ in true } ?? false
  }

  static func isFound(
    contactOfVisitor id: Int64, _ expression: String, in snapshot: borrowing Snapshot
  ) throws -> Bool {
    try snapshot.first(
      """
      SELECT 1 FROM visitors v JOIN contact_search s ON s.rowid = v.contact_id
        WHERE v.id = ? AND contact_search MATCH ?
      """, id, expression
    ) { _ in true } ?? false
  }

  /// The ids of messages, newest first.
  static func messages(
    _ expression: String, before id: Int64, in snapshot: borrowing Snapshot, body: (Int64) throws -> Bool
  ) throws {
    try snapshot.each(
      "SELECT rowid FROM message_search WHERE message_search MATCH ? AND rowid < ? ORDER BY rowid DESC",
      expression, id
    ) { try body($0.int64(0)) }
  }

  static func place(
    ofMessage id: Int64, in snapshot: borrowing Snapshot
  ) throws -> (conversationID: Int64, number: Int64)? {
    try snapshot.first("SELECT conversation_id, number FROM messages WHERE id = ?", id) {
      ($0.int64(0), $0.int64(1))
    }
  }

  /// The words around the hit.
  static func snippet(
    ofMessage id: Int64, _ expression: String, in snapshot: borrowing Snapshot
  ) throws -> String? {
    try snapshot.first(
      """
      SELECT snippet(message_search, 0, ?, ?, '…', 16) FROM message_search
        WHERE message_search MATCH ? AND rowid = ?
      """, String(SearchHit.opening), String(SearchHit.closing), expression, id
    ) { $0.text(0) }
  }

  /// Whether a conversation has a hit among the messages of an earlier page: those after `number` with ids from `id` on.
  /// Looks at the latest 500 of them.
  static func isFoundEarlier(
    _ conversationID: Int64, after number: Int64, from id: Int64, _ expression: String,
    in snapshot: borrowing Snapshot
  ) throws -> Bool {
    let later = try snapshot.rows(
      """
      SELECT id FROM messages WHERE conversation_id = ? AND number > ? AND id >= ? ORDER BY number DESC LIMIT 500
      """, conversationID, number, id
    ) { $0.int64(0) }
    for id in later {
      let isFound = try snapshot.first(
        "SELECT 1 FROM message_search WHERE message_search MATCH ? AND rowid = ?", expression, id
      ) { _ in true }
      if isFound != nil { return true }
    }
    return false
  }

  private static func joined(_ texts: [String]) -> String {
    texts.filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
