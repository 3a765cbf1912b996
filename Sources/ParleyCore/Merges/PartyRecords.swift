import SQLite

/// What refers to a contact or an account: moved to another one, or let go. A test asks the schema whether anything is left
/// out.
struct PartyRecords {
  let kind: Kind

  enum Kind: String {
    case contact, account
  }

  private var column: String { "\(kind.rawValue)_id" }

  /// The deals that it has any part in, up to a limit.
  func deals(of id: Int64, limit: Int, in snapshot: borrowing Snapshot) throws -> [Int64] {
    let sql =
      switch kind {
      case .contact:
        """
        SELECT id FROM deals WHERE contact_id = ?1
          UNION SELECT deal_id FROM deal_contacts WHERE contact_id = ?1 LIMIT ?2
        """
      case .account: "SELECT id FROM deals WHERE account_id = ?1 LIMIT ?2"
      }
    return try snapshot.rows(sql, id, limit) { $0.int64(0) }
  }

  /// - Parameters: from and to as JSON, as a deal's history has them; to nobody, if nil.
  func moveDeals(
    from id: Int64, _ from: String, to target: Int64?, _ to: String?, by agentID: Int64, at now: Int64,
    in transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO deal_changes (deal_id, agent_id, field, from_value, to_value, created_at)
        SELECT id, ?, ?, ?, ?, ? FROM deals WHERE \(column) = ?
      """, agentID, kind.rawValue, from, to, now, id)
    try transaction.execute("UPDATE deals SET \(column) = ? WHERE \(column) = ?", target, id)
  }

  /// The parts in deals that are not its own. Whoever a deal is with has no other part in it, and nobody has two.
  func moveParts(
    from id: Int64, _ from: String, to target: Int64?, by agentID: Int64, at now: Int64,
    in transaction: borrowing Transaction
  ) throws {
    guard kind == .contact else { return }
    try transaction.execute(
      """
      INSERT INTO deal_changes (deal_id, agent_id, field, from_value, to_value, created_at)
        SELECT deal_contacts.deal_id, ?, 'secondaryContact', json_set(?, '$.role', role), NULL, ?
          FROM deal_contacts JOIN deals ON deals.id = deal_contacts.deal_id
          WHERE deal_contacts.contact_id = ? AND (?5 IS NULL OR deals.contact_id = ?5
            OR EXISTS (SELECT 1 FROM deal_contacts AS other
              WHERE other.deal_id = deal_contacts.deal_id AND other.contact_id = ?5))
      """, agentID, from, now, id, target)
    if let target {
      try transaction.execute(
        """
        INSERT INTO deal_contacts (deal_id, contact_id, role)
          SELECT deal_id, ?, role FROM deal_contacts WHERE contact_id = ? ON CONFLICT DO NOTHING
        """, target, id)
      try transaction.execute(
        """
        DELETE FROM deal_contacts
          WHERE contact_id = ?1 AND deal_id IN (SELECT id FROM deals WHERE contact_id = ?1)
        """, target)
    }
    try transaction.execute("DELETE FROM deal_contacts WHERE contact_id = ?", id)
  }

  /// What is the record's own: whoever goes takes it along unless it is moved.
  func moveBelongings(from id: Int64, to target: Int64, in transaction: borrowing Transaction) throws {
    for table in ["notes", "tasks", "\(kind.rawValue)_aliases", "merges"] {
      try transaction.execute("UPDATE \(table) SET \(column) = ? WHERE \(column) = ?", target, id)
    }
    guard kind == .contact else { return }
    try transaction.execute(
      """
      INSERT INTO contact_tags (contact_id, tag_id)
        SELECT ?, tag_id FROM contact_tags WHERE contact_id = ? ON CONFLICT DO NOTHING
      """, target, id)
    try transaction.execute(
      "UPDATE automation_runs SET contact_id = ?, subject = ? WHERE contact_id = ?", target,
      RunContext(contactID: target).subject, id)
    try transaction.execute("UPDATE notifications SET contact_id = ? WHERE contact_id = ?", target, id)
  }

  /// The values in fields of one's own: of those that both have, the ones that are taken.
  func moveFields(
    from id: Int64, to target: Int64, taking fields: [Int64], in transaction: borrowing Transaction
  ) throws {
    let table = "\(kind.rawValue)_fields"
    try transaction.execute(
      """
      DELETE FROM \(table) WHERE record_id = ?1 AND field_id IN (SELECT value FROM json_each(?3))
        AND field_id IN (SELECT field_id FROM \(table) WHERE record_id = ?2)
      """, target, id, try JSON.text(fields))
    try transaction.execute(
      """
      UPDATE \(table) SET record_id = ?1 WHERE record_id = ?2
        AND field_id NOT IN (SELECT field_id FROM \(table) WHERE record_id = ?1)
      """, target, id)
  }

  /// The visitors who are a contact, or the contacts of an account.
  func movePeople(from id: Int64, to target: Int64?, in transaction: borrowing Transaction) throws {
    let table = kind == .contact ? "visitors" : "contacts"
    try transaction.execute("UPDATE \(table) SET \(column) = ? WHERE \(column) = ?", target, id)
  }

  func delete(_ id: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute("DELETE FROM \(kind.rawValue)s WHERE id = ?", id)
  }
}
