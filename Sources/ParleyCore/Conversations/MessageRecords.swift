import SQLite

extension Message.Kind: Bindable {}
extension Message.Author: Bindable {}

enum MessageRecords {
  private static let selection = """
    SELECT id, conversation_id, number, kind, author, agent_id, client_id, text, detail, created_at, visitor_number
      FROM messages
    """
  private static let byVisitorClient =
    selection + " WHERE visitor_id = ? AND client_id = ? AND author = 'visitor'"
  private static let byAgentClient = selection + " WHERE agent_id = ? AND client_id = ? AND author = 'agent'"
  private static let byNumber =
    selection + " WHERE conversation_id = ? AND number BETWEEN ? AND ? ORDER BY number"
  private static let byVisitorNumber =
    selection + " WHERE visitor_id = ? AND visitor_number BETWEEN ? AND ? ORDER BY visitor_number"

  /// The id of the new message. Whoever inserts a text or a note lets it be found: ``Changes/makeFindable(_:in:)``.
  static func insert(
    _ message: Message, ofVisitor visitorID: Int64, in transaction: borrowing Transaction
  ) throws -> Int64 {
    try transaction.insert(
      """
      INSERT INTO messages (conversation_id, number, visitor_id, visitor_number, kind, author, agent_id, client_id,
          text, detail, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, message.conversationID, message.number, visitorID, message.visitorNumber, message.kind,
      message.author, message.agentID, message.clientID, message.text,
      try message.detail.map { try JSON.text($0) }, message.createdAt)
  }

  /// The greatest id; 0 before the first message.
  static func last(in snapshot: borrowing Snapshot) throws -> Int64 {
    try snapshot.first("SELECT max(id) FROM messages") { $0.int64(0) } ?? 0
  }

  static func find(
    clientID: String, ofVisitor id: Int64, in snapshot: borrowing Snapshot
  ) throws -> Message? {
    try snapshot.first(byVisitorClient, id, clientID, map: message)
  }

  static func find(clientID: String, ofAgent id: Int64, in snapshot: borrowing Snapshot) throws -> Message? {
    try snapshot.first(byAgentClient, id, clientID, map: message)
  }

  /// A stretch of a thread. Numbers are dense from 1, so a range is a page.
  static func list(
    ofConversation id: Int64, _ numbers: ClosedRange<Int64>, in snapshot: borrowing Snapshot
  ) throws -> [Message] {
    try snapshot.rows(byNumber, id, numbers.lowerBound, numbers.upperBound, map: message)
  }

  /// A stretch of what a visitor may see, over all their conversations; dense as well.
  static func list(
    ofVisitor id: Int64, _ numbers: ClosedRange<Int64>, in snapshot: borrowing Snapshot
  ) throws -> [VisitorMessage] {
    try snapshot.rows(byVisitorNumber, id, numbers.lowerBound, numbers.upperBound, map: message)
      .compactMap { VisitorMessage($0) }
  }

  /// Where in their conversations the visitor's number lies: the last entry that is not after it.
  static func place(
    ofVisitorNumber number: Int64, ofVisitor id: Int64, in snapshot: borrowing Snapshot
  ) throws -> (conversationID: Int64, number: Int64)? {
    try snapshot.first(
      """
      SELECT conversation_id, number FROM messages WHERE visitor_id = ? AND visitor_number <= ?
        ORDER BY visitor_number DESC LIMIT 1
      """, id, number
    ) { ($0.int64(0), $0.int64(1)) }
  }

  /// How far the team has seen, in the visitor's numbers: the greatest over their last conversations.
  static func agentsSeenNumber(forVisitor id: Int64, in snapshot: borrowing Snapshot) throws -> Int64 {
    try snapshot.first(
      """
      SELECT max(seen) FROM (
        SELECT (SELECT m.visitor_number FROM messages m
                  WHERE m.conversation_id = c.id AND m.number <= c.agents_seen_number AND m.visitor_number IS NOT NULL
                  ORDER BY m.number DESC LIMIT 1) AS seen
          FROM conversations c WHERE c.visitor_id = ? ORDER BY c.id DESC LIMIT 5)
      """, id
    ) { $0.int64(0) } ?? 0
  }

  /// How many of agents' texts come after the visitor's number; counts to 100.
  static func unread(
    afterVisitorNumber number: Int64, ofVisitor id: Int64, in snapshot: borrowing Snapshot
  ) throws -> Int {
    try snapshot.first(
      """
      SELECT count(*) FROM (SELECT 1 FROM messages
        WHERE visitor_id = ? AND visitor_number > ? AND author = 'agent' LIMIT 100)
      """, id, number
    ) { $0.int(0) } ?? 0
  }

  /// The agents who wrote to a visitor lately.
  static func agents(whoWroteTo visitorID: Int64, in snapshot: borrowing Snapshot) throws -> [AgentReference]
  {
    try snapshot.rows(
      """
      SELECT id, name FROM agents WHERE id IN (
        SELECT agent_id FROM (SELECT agent_id FROM messages
          WHERE visitor_id = ? AND visitor_number IS NOT NULL ORDER BY visitor_number DESC LIMIT 1000))
      """, visitorID
    ) { AgentReference(id: $0.int64(0), name: $0.text(1)) }
  }

  private static func message(_ row: borrowing Row) throws -> Message {
    guard let kind = Message.Kind(rawValue: row.text(3)), let author = Message.Author(rawValue: row.text(4))
    else {
      throw ParleyError.defect(reason: "message.kind")
    }
    return Message(
      id: row.int64(0), conversationID: row.int64(1), number: row.int64(2), kind: kind, author: author,
      agentID: row.optionalInt64(5), clientID: row.optionalText(6), text: row.text(7),
      detail: try row.optionalText(8).map { try JSON.value(MessageDetail.self, from: $0) },
      createdAt: row.int64(9), visitorNumber: row.optionalInt64(10))
  }
}
