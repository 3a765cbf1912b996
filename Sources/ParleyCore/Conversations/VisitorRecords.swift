import SQLite

/// A visitor with what only the core knows of them.
struct StoredVisitor: Sendable {
  var visitor: Visitor
  let key: VisitorKey
  /// The number of the last message that they may see; those numbers are dense from 1.
  var lastNumber: Int64
  var seenNumber: Int64
}

enum VisitorRecords {
  private static let columns = """
    id, site_id, contact_id, name, email, phone, language, time_zone, user_agent, page_url, page_title, created_at,
      last_seen_at, token_hash, last_number, seen_number
    """

  private static let byID = "SELECT \(columns) FROM visitors WHERE id = ?"
  private static let byKey = "SELECT \(columns) FROM visitors WHERE token_hash = ?"

  static func find(_ id: Int64, _ presence: Presence, in snapshot: borrowing Snapshot) throws
    -> StoredVisitor?
  {
    try snapshot.first(byID, id) { visitor($0, presence) }
  }

  static func find(
    _ key: VisitorKey, _ presence: Presence, in snapshot: borrowing Snapshot
  ) throws -> StoredVisitor? {
    try snapshot.first(byKey, key.hash) {
      visitor($0, presence)
    }
  }

  static func insert(
    _ visitor: VisitorIdentity, at now: Int64, _ presence: Presence, in transaction: borrowing Transaction
  ) throws -> StoredVisitor {
    let id = try transaction.insert(
      """
      INSERT INTO visitors (site_id, token_hash, language, time_zone, user_agent, page_url, page_title, created_at,
          last_seen_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, visitor.siteID, visitor.key.hash, visitor.language, visitor.timeZone, visitor.userAgent,
      visitor.page?.url ?? "", visitor.page?.title ?? "", now, now)
    guard let stored = try find(id, presence, in: transaction.snapshot) else { throw ParleyError.notFound }
    return stored
  }

  /// Everything about the person and their browser; not the numbers.
  static func save(_ visitor: Visitor, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      UPDATE visitors SET contact_id = ?, name = ?, email = ?, phone = ?, language = ?, time_zone = ?, user_agent = ?,
          page_url = ?, page_title = ?, last_seen_at = ?
        WHERE id = ?
      """, visitor.contactID, visitor.name, visitor.email, visitor.phone, visitor.language, visitor.timeZone,
      visitor.userAgent, visitor.pageURL, visitor.pageTitle, visitor.lastSeenAt, visitor.id)
  }

  static func saveNumbers(_ stored: StoredVisitor, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      "UPDATE visitors SET last_number = ?, seen_number = ?, last_seen_at = ? WHERE id = ?",
      stored.lastNumber, stored.seenNumber, stored.visitor.lastSeenAt, stored.visitor.id)
  }

  static func contactID(email: EmailAddress, in snapshot: borrowing Snapshot) throws -> Int64? {
    try snapshot.first("SELECT id FROM contacts WHERE email_key = ?", email.key) { $0.int64(0) }
      ?? AliasRecords.contactID(email: email.key, in: snapshot)
  }

  static func key(ofConversation id: Int64, in snapshot: borrowing Snapshot) throws -> VisitorKey? {
    try snapshot.first(
      "SELECT v.token_hash FROM conversations c JOIN visitors v ON v.id = c.visitor_id WHERE c.id = ?", id
    ) { VisitorKey(hash: $0.text(0)) }
  }

  private static func visitor(_ row: borrowing Row, _ presence: Presence) -> StoredVisitor {
    let key = VisitorKey(hash: row.text(13))
    let visitor = Visitor(
      id: row.int64(0), siteID: row.int64(1), contactID: row.optionalInt64(2), name: row.text(3),
      email: row.text(4), phone: row.text(5), language: row.text(6), timeZone: row.text(7),
      userAgent: row.text(8), pageURL: row.text(9), pageTitle: row.text(10), online: presence.isOnline(key),
      createdAt: row.int64(11), lastSeenAt: row.int64(12))
    return StoredVisitor(visitor: visitor, key: key, lastNumber: row.int64(14), seenNumber: row.int64(15))
  }
}
