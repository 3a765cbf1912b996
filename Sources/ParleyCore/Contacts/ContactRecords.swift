import SQLite

/// The contacts' rows.
enum ContactRecords: SuggestionSource {
  static func contact(_ id: Int64, in snapshot: borrowing Snapshot) throws -> Contact? {
    try filled(snapshot.rows("\(selection) WHERE contacts.id = ?", id, map: contact(from:)), snapshot).first
  }

  /// Also by an address that is another name of theirs.
  static func contact(email: EmailAddress, in snapshot: borrowing Snapshot) throws -> Contact? {
    try VisitorRecords.contactID(email: email, in: snapshot).flatMap { try contact($0, in: snapshot) }
  }

  /// The contact of this address, made now if there is none.
  static func findOrCreate(
    _ email: EmailAddress, name: PersonName, phone: String, now: Int64, in transaction: borrowing Transaction
  ) throws -> (contact: Contact, isNew: Bool) {
    if let id = try AliasRecords.contactID(email: email.key, in: transaction.snapshot),
      let known = try contact(id, in: transaction.snapshot)
    {
      return (known, false)
    }
    let sortKey = SortKey.key(of: Contact.name(first: name.first, last: name.last, email: email.text))
    let isNew =
      try transaction.execute(
        """
        INSERT INTO contacts (id, email, email_key, first_name, last_name, phone, created_at, sort_key,
            last_activity_at)
          VALUES (1 + max(ifnull((SELECT max(id) FROM contacts), 0),
              (SELECT id FROM last_ids WHERE kind = 'contact')), ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (email_key) DO NOTHING
        """, email.text, email.key, name.first, name.last, phone, now, sortKey, now) == 1
    guard let contact = try contact(email: email, in: transaction.snapshot) else {
      throw ParleyError.defect(reason: "contacts.insert")
    }
    return (contact, isNew)
  }

  /// Gives a contact its account if it has none. Answers whether it had none.
  static func setAccountIfNone(
    _ accountID: Int64, of contactID: Int64, in transaction: borrowing Transaction
  ) throws -> Bool {
    try transaction.execute(
      "UPDATE contacts SET account_id = ? WHERE id = ? AND account_id IS NULL", accountID, contactID) == 1
  }

  /// What is nil stays.
  static func update(
    _ id: Int64, with change: CheckedContactChange, in transaction: borrowing Transaction
  ) throws {
    if let email = change.email, try AliasRecords.remove(email: email.key, in: transaction),
      let before = try contact(id, in: transaction.snapshot).flatMap({ EmailAddress($0.email) })
    {
      // By whichever of the two they are mainly known, they stay known by both.
      try AliasRecords.add(before, ofContact: id, in: transaction)
    }
    try transaction.execute(
      """
      UPDATE contacts SET email = coalesce(?, email), email_key = coalesce(?, email_key),
          first_name = coalesce(?, first_name), last_name = coalesce(?, last_name),
          phone = coalesce(?, phone), job_title = coalesce(?, job_title),
          account_id = iif(?, ?, account_id)
        WHERE id = ?
      """, change.email?.text, change.email?.key, change.firstName, change.lastName, change.phone,
      change.jobTitle, change.accountID != nil, change.accountID ?? nil, id)
    if let tags = change.tags { try ContactTagRecords.set(tags, ofContact: id, in: transaction) }
    try CustomFieldRecords.set(change.fields, of: .contact, id, in: transaction)
    guard let contact = try contact(id, in: transaction.snapshot) else { return }
    try transaction.execute(
      "UPDATE contacts SET sort_key = ? WHERE id = ?", SortKey.key(of: contact.name), id)
  }

  /// Those of these that exist, in the same order.
  static func contacts(_ ids: [Int64], in snapshot: borrowing Snapshot) throws -> [Contact] {
    let found = try filled(
      snapshot.rows(
        "\(selection) WHERE contacts.id IN (SELECT value FROM json_each(?))", try JSON.text(ids),
        map: contact(from:)), snapshot)
    let byID = Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
    return ids.compactMap { byID[$0] }
  }

  static func matching(_ expression: String, limit: Int, in snapshot: borrowing Snapshot) throws -> [Contact]
  {
    try filled(
      snapshot.rows(
        """
        \(selection) WHERE contacts.id IN (
          SELECT rowid FROM contact_search WHERE contact_search MATCH ? ORDER BY rowid DESC LIMIT ?
        ) ORDER BY contacts.id DESC
        """, expression, limit, map: contact(from:)), snapshot)
  }

  /// By address, also one of their others, once what is typed can be nothing else.
  static func beginning(
    with search: PrefixSearch, limit: Int, in snapshot: borrowing Snapshot
  ) throws -> [Contact] {
    guard search.text.contains("@") else { return [] }
    let start = search.text.lowercased()
    return try filled(
      snapshot.rows(
        """
        \(selection) WHERE contacts.id IN (
          SELECT id FROM (
            SELECT id, email_key FROM contacts WHERE email_key >= ?1 AND email_key < ?2
              UNION ALL
            SELECT contact_id, email_key FROM contact_aliases WHERE email_key >= ?1 AND email_key < ?2
              ORDER BY 2 LIMIT ?3)
        ) ORDER BY contacts.email_key
        """, start, start + PrefixSearch.afterAll, limit, map: contact(from:)), snapshot)
  }

  static func newest(limit: Int, in snapshot: borrowing Snapshot) throws -> [Contact] {
    try filled(
      snapshot.rows("\(selection) ORDER BY contacts.id DESC LIMIT ?", limit, map: contact(from:)), snapshot)
  }

  private static let selection = """
    SELECT contacts.id, contacts.email, contacts.first_name, contacts.last_name, contacts.phone,
      contacts.job_title, contacts.account_id, accounts.name, contacts.created_at, \(ContactTagRecords.column),
      contacts.last_activity_at
    FROM contacts LEFT JOIN accounts ON accounts.id = contacts.account_id
    """

  /// With their values in fields of one's own.
  private static func filled(
    _ contacts: [Contact], _ snapshot: borrowing Snapshot
  ) throws -> [Contact] {
    let list = try JSON.text(contacts.map(\.id))
    let fields = try CustomFieldRecords.values(of: .contact, list, in: snapshot)
    return contacts.map { contact in
      var contact = contact
      contact.fields = fields[contact.id] ?? CustomFieldValues()
      return contact
    }
  }

  private static func contact(from row: borrowing Row) -> Contact {
    Contact(
      id: row.int64(0), email: row.text(1), firstName: row.text(2), lastName: row.text(3),
      name: Contact.name(first: row.text(2), last: row.text(3), email: row.text(1)), phone: row.text(4),
      jobTitle: row.text(5),
      account: row.optionalInt64(6).map { AccountReference(id: $0, name: row.text(7)) },
      tags: ContactTagRecords.tags(fromColumn: row.text(9)),
      createdAt: row.int64(8), lastActivityAt: row.int64(10))
  }
}
