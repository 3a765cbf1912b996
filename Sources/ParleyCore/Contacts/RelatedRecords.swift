import SQLite

/// What concerns a contact or an account, by the ids of it, newest first.
enum RelatedRecords {
  enum Party: Sendable {
    case contact(Int64)
    case account(Int64)
  }

  /// A contact's are those that it has a part in.
  ///
  /// - Parameter pipelines: the ids of those that may be seen, as a JSON array.
  static func deals(
    of party: Party, visibleIn pipelines: String, before id: Int64, limit: Int,
    in snapshot: borrowing Snapshot
  ) throws -> [Int64] {
    switch party {
    case .contact(let contactID):
      try snapshot.rows(
        """
        SELECT deals.id FROM (
            SELECT id FROM deals WHERE contact_id = ?1 AND id < ?2
              UNION SELECT deal_id FROM deal_contacts WHERE contact_id = ?1 AND deal_id < ?2) AS chosen
          CROSS JOIN deals ON deals.id = chosen.id
          WHERE deals.pipeline_id IN (SELECT value FROM json_each(?3))
          ORDER BY 1 DESC LIMIT ?4
        """, contactID, id, pipelines, limit
      ) { $0.int64(0) }
    case .account(let accountID):
      try snapshot.rows(
        """
        SELECT id FROM deals
          WHERE account_id = ? AND id < ? AND +pipeline_id IN (SELECT value FROM json_each(?))
          ORDER BY id DESC LIMIT ?
        """, accountID, id, pipelines, limit
      ) { $0.int64(0) }
    }
  }

  /// An account's are those with its contacts.
  static func conversations(
    of party: Party, before id: Int64, limit: Int, in snapshot: borrowing Snapshot
  ) throws -> [Int64] {
    switch party {
    case .contact(let contactID):
      try snapshot.rows(
        """
        SELECT c.id FROM visitors v JOIN conversations c ON c.visitor_id = v.id
          WHERE v.contact_id = ? AND v.contact_id IS NOT NULL AND c.id < ? ORDER BY c.id DESC LIMIT ?
        """, contactID, id, limit
      ) { $0.int64(0) }
    case .account(let accountID):
      try snapshot.rows(
        """
        SELECT c.id FROM contacts p
            JOIN visitors v ON v.contact_id = p.id AND v.contact_id IS NOT NULL
            JOIN conversations c ON c.visitor_id = v.id
          WHERE p.account_id = ? AND c.id < ? ORDER BY c.id DESC LIMIT ?
        """, accountID, id, limit
      ) { $0.int64(0) }
    }
  }
}
