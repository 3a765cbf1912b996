import SQLite

/// The saved views.
enum ViewRecords {
  /// An agent's own and those that are shared, by name.
  static func views(of agentID: Int64, in snapshot: borrowing Snapshot) throws -> [View] {
    try snapshot.rows(
      """
      \(selection) WHERE views.id IN (
          SELECT id FROM views WHERE agent_id = ?1 UNION SELECT id FROM views WHERE is_shared = 1)
        ORDER BY views.kind, lower(views.name), views.id LIMIT \(2 * View.limit)
      """, agentID, map: view(from:))
  }

  /// One that the agent may see.
  static func view(_ id: Int64, seenBy agentID: Int64, in snapshot: borrowing Snapshot) throws -> View? {
    try snapshot.first(
      "\(selection) WHERE views.id = ?2 AND (views.agent_id = ?1 OR views.is_shared = 1)", agentID, id,
      map: view(from:))
  }

  static func insert(
    _ draft: ViewDraft, by agentID: Int64, at now: Int64, in transaction: borrowing Transaction
  ) throws -> Int64 {
    try transaction.insert(
      """
      INSERT INTO views (kind, name, query, columns, agent_id, is_shared, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)
      """, draft.kind?.rawValue, draft.name, draft.query ?? "", try JSON.text(draft.columns ?? []), agentID,
      draft.isShared ?? false, now)
  }

  /// What is nil stays.
  static func update(_ id: Int64, _ draft: ViewDraft, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      UPDATE views SET name = coalesce(?, name), query = coalesce(?, query), columns = coalesce(?, columns),
          is_shared = coalesce(?, is_shared)
        WHERE id = ?
      """, draft.name, draft.query, try draft.columns.map(JSON.text), draft.isShared, id)
    // Whoever cannot see it any more does not begin with it.
    try transaction.execute(
      """
      DELETE FROM default_views WHERE view_id = ?1 AND agent_id NOT IN (
        SELECT agent_id FROM views WHERE id = ?1) AND NOT EXISTS (
        SELECT 1 FROM views WHERE id = ?1 AND is_shared = 1)
      """, id)
  }

  static func delete(_ id: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute("DELETE FROM views WHERE id = ?", id)
  }

  static func setDefault(
    _ isDefault: Bool, _ view: View, of agentID: Int64, in transaction: borrowing Transaction
  ) throws {
    if isDefault {
      try transaction.execute(
        """
        INSERT INTO default_views (agent_id, kind, view_id) VALUES (?, ?, ?)
          ON CONFLICT DO UPDATE SET view_id = excluded.view_id
        """, agentID, view.kind.rawValue, view.id)
    } else {
      try transaction.execute(
        "DELETE FROM default_views WHERE agent_id = ? AND view_id = ?", agentID, view.id)
    }
  }

  /// Of one agent, or those that are shared.
  static func count(of agentID: Int64, in snapshot: borrowing Snapshot) throws -> Int {
    try snapshot.first("SELECT count(*) FROM views WHERE agent_id = ?", agentID) { $0.int(0) } ?? 0
  }

  static func countOfShared(in snapshot: borrowing Snapshot) throws -> Int {
    try snapshot.first("SELECT count(*) FROM views WHERE is_shared = 1") { $0.int(0) } ?? 0
  }

  /// Parameter 1 is who asks.
  private static let selection = """
    SELECT views.id, views.kind, views.name, views.query, views.columns, views.is_shared, views.agent_id,
      agents.name, default_views.view_id IS NOT NULL
    FROM views JOIN agents ON agents.id = views.agent_id
      LEFT JOIN default_views ON default_views.agent_id = ?1 AND default_views.view_id = views.id
    """

  private static func view(from row: borrowing Row) throws -> View {
    guard let kind = View.Kind(rawValue: row.text(1)) else { throw ParleyError.defect(reason: "views.kind") }
    return View(
      id: row.int64(0), kind: kind, name: row.text(2), query: row.text(3),
      columns: try JSON.value([String].self, from: row.text(4)), isShared: row.int(5) == 1,
      isDefault: row.int(8) == 1, agent: AgentReference(id: row.int64(6), name: row.text(7)))
  }
}
