import SQLite

/// The full-text indexes. Each walk goes from the newest row to older ones and ends when the body says so, so a word that a
/// million rows have costs no more than the rows that are looked at.
enum SearchRecords {
  /// Puts the texts and notes behind `id` into the index, with one statement: the index writes out what it holds before each one that
  /// might have to be undone.
  static func indexMessages(after id: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO message_search (rowid, text)
        SELECT id, text FROM messages WHERE id > ? AND kind IN ('text', 'note') ORDER BY id
      """, id)
  }

  /// Merges a little of what the index of the messages is in pieces of, after each time that a piece was added to it.
  ///
  /// FTS5 by itself does it seldom and much at a time, which would be waited for. The more was written and the more pieces there are,
  /// the more is merged, so that there never are many: a dozen or two (the commands `automerge` and `merge`, SQLite FTS5 §6).
  ///
  /// - Parameter octets: of the texts that were indexed.
  static func mergeMessages(havingIndexed octets: Int, in transaction: borrowing Transaction) throws {
    let pieces = try piecesOfMessages(in: transaction.snapshot)
    // In pages of a thousand octets; a text takes about its own length, and a piece some pages at the least.
    try transaction.execute(
      "INSERT INTO message_search (message_search, rank) VALUES ('merge', ?)",
      max(1, (4000 + octets) * pieces / 16_000))
  }

  /// In how many pieces the index of the messages is. Each is found by one look-up, since the table is ordered by them.
  static func piecesOfMessages(in snapshot: borrowing Snapshot) throws -> Int {
    try snapshot.first(
      """
      WITH RECURSIVE pieces (id) AS (
        SELECT min(segid) FROM message_search_idx
        UNION ALL
        SELECT (SELECT min(segid) FROM message_search_idx WHERE segid > pieces.id) FROM pieces WHERE id IS NOT NULL
      ) SELECT count(id) FROM pieces
      """
    ) { $0.int(0) } ?? 0
  }

  /// All that are not in the index yet.
  static func indexMessages(in transaction: borrowing Transaction) throws {
    try indexMessages(after: lastIndexedMessage(in: transaction.snapshot), in: transaction)
  }

  /// The last message that is in the index; 0 if none is.
  static func lastIndexedMessage(in snapshot: borrowing Snapshot) throws -> Int64 {
    try snapshot.first("SELECT max(id) FROM message_search_docsize") { $0.int64(0) } ?? 0
  }

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

  /// A message that is found, and the words around the hit.
  struct FoundMessage {
    let id: Int64
    let conversationID: Int64
    let number: Int64
    let marked: String
  }

  /// The words around a hit are taken on the way: asking for them by row would begin the search anew each time, which for a
  /// beginning that many words have is the dear part of it.
  static func messages(
    _ expression: String, before id: Int64, in snapshot: borrowing Snapshot,
    body: (FoundMessage) throws -> Bool
  ) throws {
    try snapshot.each(
      """
      SELECT m.id, m.conversation_id, m.number, snippet(message_search, 0, ?, ?, '…', 16)
        FROM message_search CROSS JOIN messages m ON m.id = message_search.rowid
        WHERE message_search MATCH ? AND message_search.rowid < ? ORDER BY message_search.rowid DESC
      """, String(SearchHit.opening), String(SearchHit.closing), expression, id
    ) { row in
      try body(
        FoundMessage(
          id: row.int64(0), conversationID: row.int64(1), number: row.int64(2), marked: row.text(3)))
    }
  }

  private static func joined(_ texts: [String]) -> String {
    texts.filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
