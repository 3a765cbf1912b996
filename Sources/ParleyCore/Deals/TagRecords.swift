import SQLite

/// The tags, and what bears them.
enum TagRecords {
  /// The tag of this name, made now if there is none.
  static func findOrCreate(_ name: TagName, in transaction: borrowing Transaction) throws -> Int64 {
    try transaction.execute(
      "INSERT INTO tags (name, name_key) VALUES (?, ?) ON CONFLICT (name_key) DO NOTHING", name.text, name.key
    )
    let id = try transaction.snapshot.first("SELECT id FROM tags WHERE name_key = ?", name.key) {
      $0.int64(0)
    }
    guard let id else { throw ParleyError.defect(reason: "tags.insert") }
    return id
  }

  static func add(_ name: TagName, toDeal dealID: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      "INSERT INTO deal_tags (deal_id, tag_id) VALUES (?, ?) ON CONFLICT DO NOTHING", dealID,
      try findOrCreate(name, in: transaction))
  }

  static func remove(_ name: TagName, fromDeal dealID: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      "DELETE FROM deal_tags WHERE deal_id = ? AND tag_id = (SELECT id FROM tags WHERE name_key = ?)", dealID,
      name.key)
  }

  /// By deal, in alphabetical order.
  ///
  /// - Parameter list: the deals' ids as a JSON array.
  static func tags(ofDeals list: String, in snapshot: borrowing Snapshot) throws -> [Int64: [String]] {
    let rows = try snapshot.rows(
      """
      SELECT deal_tags.deal_id, tags.name FROM deal_tags JOIN tags ON tags.id = deal_tags.tag_id
        WHERE deal_tags.deal_id IN (SELECT value FROM json_each(?)) ORDER BY tags.name_key
      """, list
    ) { ($0.int64(0), $0.text(1)) }
    return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
  }

  /// Those that begin so, in alphabetical order, but for those that are on deals of other pipelines alone.
  ///
  /// - Parameter pipelines: their ids as a JSON array.
  static func tags(
    beginning start: String, visibleIn pipelines: String, limit: Int, in snapshot: borrowing Snapshot
  ) throws -> [String] {
    try snapshot.rows(
      """
      SELECT name FROM tags WHERE name_key >= ? AND name_key < ?
          AND (NOT EXISTS (SELECT 1 FROM deal_tags WHERE tag_id = tags.id)
            OR EXISTS (SELECT 1 FROM contact_tags WHERE tag_id = tags.id)
            OR EXISTS (SELECT 1 FROM deal_tags CROSS JOIN deals ON deals.id = deal_tags.deal_id
              WHERE deal_tags.tag_id = tags.id AND deals.pipeline_id IN (SELECT value FROM json_each(?))))
        ORDER BY name_key LIMIT ?
      """, start, start + PrefixSearch.afterAll, pipelines, limit
    ) { $0.text(0) }
  }
}
