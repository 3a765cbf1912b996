import SQLite

extension Conversation.Status: Bindable {}
extension Conversation.Side: Bindable {}

enum ConversationRecords {
  /// One shape for all: parameter 1 is the agent whose mark of reading is wanted, or NULL. The contact is who the visitor
  /// is, where one is linked.
  private static let selection = """
    SELECT c.id, c.status, c.assignee_id, c.activity, c.last_number, c.last_text_number, c.agents_seen_number,
        c.visitor_seen_number, c.last_text, c.last_author, c.last_at, c.created_at, c.site_id, c.visitor_id,
        coalesce(nullif(trim(p.first_name || ' ' || p.last_name), ''), v.name), coalesce(p.email, v.email),
        v.page_url, v.page_title, v.token_hash, r.number, c.last_agent_id
      FROM conversations c
        JOIN visitors v ON v.id = c.visitor_id
        LEFT JOIN contacts p ON p.id = v.contact_id
        LEFT JOIN conversation_reads r ON r.agent_id = ?1 AND r.conversation_id = c.id
    """
  private static let byID = selection + " WHERE c.id = ?2"
  private static let openByVisitor = selection + " WHERE c.visitor_id = ?2 AND c.status = 'open'"
  private static let byVisitor = selection + " WHERE c.visitor_id = ?2 ORDER BY c.id DESC LIMIT ?3"
  private static let byContact =
    selection + " WHERE v.contact_id = ?2 AND v.contact_id IS NOT NULL ORDER BY c.id DESC LIMIT ?3"
  private static let listOfAll =
    selection + " WHERE c.status = ?2 AND c.activity < ?3 ORDER BY c.activity DESC LIMIT ?4"
  private static let listOfMine =
    selection
    + " WHERE c.status = ?2 AND c.assignee_id = ?1 AND c.activity < ?3 ORDER BY c.activity DESC LIMIT ?4"
  private static let listOfUnassigned =
    selection
    + " WHERE c.status = ?2 AND c.assignee_id IS NULL AND c.activity < ?3 ORDER BY c.activity DESC LIMIT ?4"

  static func find(
    _ id: Int64, readBy agentID: Int64? = nil, _ presence: Presence, in snapshot: borrowing Snapshot
  ) throws -> Conversation? {
    try snapshot.first(byID, agentID, id) { conversation($0, agentID, presence) }
  }

  static func findOpen(
    ofVisitor id: Int64, _ presence: Presence, in snapshot: borrowing Snapshot
  ) throws -> Conversation? {
    try snapshot.first(openByVisitor, Value.null, id) { conversation($0, nil, presence) }
  }

  /// A visitor's conversations, newest first.
  static func list(
    ofVisitor id: Int64, readBy agentID: Int64? = nil, limit: Int, _ presence: Presence,
    in snapshot: borrowing Snapshot
  ) throws -> [Conversation] {
    try snapshot.rows(byVisitor, agentID, id, limit) { conversation($0, agentID, presence) }
  }

  /// The conversations of all visitors that are one contact, newest first.
  static func list(
    ofContact id: Int64, readBy agentID: Int64? = nil, limit: Int, _ presence: Presence,
    in snapshot: borrowing Snapshot
  ) throws -> [Conversation] {
    try snapshot.rows(byContact, agentID, id, limit) { conversation($0, agentID, presence) }
  }

  static func list(
    _ filter: ConversationFilter, before activity: Int64, limit: Int, readBy agentID: Int64,
    _ presence: Presence, in snapshot: borrowing Snapshot
  ) throws -> [Conversation] {
    let sql =
      switch filter.assignee {
      case .all: listOfAll
      case .mine: listOfMine
      case .unassigned: listOfUnassigned
      }
    return try snapshot.rows(sql, agentID, filter.status, activity, limit) {
      conversation($0, agentID, presence)
    }
  }

  static func count(ofVisitor id: Int64, in snapshot: borrowing Snapshot) throws -> Int {
    try snapshot.first("SELECT count(*) FROM conversations WHERE visitor_id = ?", id) { $0.int(0) } ?? 0
  }

  static func count(ofContact id: Int64, in snapshot: borrowing Snapshot) throws -> Int {
    try snapshot.first(
      """
      SELECT count(*) FROM visitors v JOIN conversations c ON c.visitor_id = v.id
        WHERE v.contact_id = ? AND v.contact_id IS NOT NULL
      """, id
    ) { $0.int(0) } ?? 0
  }

  static func insert(
    for visitor: Visitor, activity: Int64, at now: Int64, in transaction: borrowing Transaction
  ) throws -> Int64 {
    try transaction.insert(
      """
      INSERT INTO conversations (site_id, visitor_id, status, activity, last_at, created_at)
        VALUES (?, ?, 'open', ?, ?, ?)
      """, visitor.siteID, visitor.id, activity, now, now)
  }

  static func save(_ conversation: Conversation, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      UPDATE conversations SET status = ?, assignee_id = ?, activity = ?, last_number = ?, last_text_number = ?,
          agents_seen_number = ?, visitor_seen_number = ?, last_text = ?, last_author = ?,
          last_agent_id = ?, last_at = ?
        WHERE id = ?
      """, conversation.status, conversation.assigneeID, conversation.activity, conversation.lastNumber,
      conversation.lastTextNumber, conversation.agentsSeenNumber, conversation.visitorSeenNumber,
      conversation.lastText, conversation.lastAuthor, conversation.lastAgentID, conversation.lastAt,
      conversation.id)
  }

  /// The same where neither the status nor the assignee is another now, on which most of the table's indexes stand.
  static func saveProgress(_ conversation: Conversation, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      UPDATE conversations SET activity = ?, last_number = ?, last_text_number = ?, agents_seen_number = ?,
          visitor_seen_number = ?, last_text = ?, last_author = ?, last_agent_id = ?, last_at = ?
        WHERE id = ?
      """, conversation.activity, conversation.lastNumber, conversation.lastTextNumber,
      conversation.agentsSeenNumber, conversation.visitorSeenNumber, conversation.lastText,
      conversation.lastAuthor, conversation.lastAgentID, conversation.lastAt, conversation.id)
  }

  /// Notes that an agent has read up to a number. False when they had read as far already.
  static func markRead(
    _ id: Int64, upTo number: Int64, by agentID: Int64, in transaction: borrowing Transaction
  ) throws -> Bool {
    try transaction.execute(
      """
      INSERT INTO conversation_reads (agent_id, conversation_id, number) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET number = excluded.number WHERE excluded.number > number
      """, agentID, id, number) > 0
  }

  static func counts(in snapshot: borrowing Snapshot) throws -> [CountRow] {
    try snapshot.rows("SELECT status, assignee_id, count FROM conversation_counts", map: countRow)
  }

  static func count(_ key: CountKey, in snapshot: borrowing Snapshot) throws -> CountRow {
    let row = try snapshot.first(
      "SELECT status, assignee_id, count FROM conversation_counts WHERE status = ? AND assignee_id = ?",
      key.status, key.assigneeID ?? 0, map: countRow)
    return row ?? CountRow(status: key.status, assigneeID: key.assigneeID, count: 0)
  }

  /// How many of the open conversations of an agent, or of nobody, hold something by their visitor that the agent has not read:
  /// up to a limit, of those that were active last.
  static func unread(
    assignedTo assigneeID: Int64?, readBy agentID: Int64, limit: Int, of latest: Int,
    in snapshot: borrowing Snapshot
  ) throws -> Int {
    try snapshot.first(
      """
      SELECT count(*) FROM (
        SELECT 1 FROM (
          SELECT id, last_author, last_text_number FROM conversations
            WHERE status = 'open' AND assignee_id IS ?2 ORDER BY activity DESC LIMIT ?4) AS c
          LEFT JOIN conversation_reads r ON r.agent_id = ?1 AND r.conversation_id = c.id
          WHERE c.last_author = 'visitor' AND c.last_text_number > ifnull(r.number, 0) LIMIT ?3)
      """, agentID, assigneeID, limit, latest
    ) { $0.int(0) } ?? 0
  }

  private static func countRow(_ row: borrowing Row) -> CountRow {
    let assigneeID = row.int64(1)
    return CountRow(
      status: status(row, 0), assigneeID: assigneeID == 0 ? nil : assigneeID, count: row.int(2))
  }

  private static func conversation(
    _ row: borrowing Row, _ agentID: Int64?, _ presence: Presence
  ) -> Conversation {
    Conversation(
      id: row.int64(0), status: status(row, 1), assigneeID: row.optionalInt64(2), activity: row.int64(3),
      lastNumber: row.int64(4), lastTextNumber: row.int64(5),
      readNumber: agentID == nil ? nil : row.int64(19),
      agentsSeenNumber: row.int64(6), visitorSeenNumber: row.int64(7), lastText: row.text(8),
      lastAuthor: row.text(9) == Conversation.Side.agent.rawValue ? .agent : .visitor,
      lastAgentID: row.optionalInt64(20), lastAt: row.int64(10), createdAt: row.int64(11),
      siteID: row.int64(12), visitorID: row.int64(13), name: row.text(14),
      email: row.text(15), pageURL: row.text(16), pageTitle: row.text(17),
      online: presence.isOnline(VisitorKey(hash: row.text(18))))
  }

  /// The column's CHECK leaves these two.
  private static func status(_ row: borrowing Row, _ column: Int32) -> Conversation.Status {
    row.text(column) == Conversation.Status.open.rawValue ? .open : .completed
  }
}

/// What one row of the counts counts.
struct CountKey: Hashable {
  let status: Conversation.Status
  let assigneeID: Int64?

  init(_ conversation: Conversation) {
    self.init(status: conversation.status, assigneeID: conversation.assigneeID)
  }

  init(status: Conversation.Status, assigneeID: Int64?) {
    self.status = status
    self.assigneeID = assigneeID
  }
}
