extension Schema {
  /// When there was last something of a contact or an account, by which their lists may stand.
  static let version7Activity =
    ([
      """
      -- last_activity_at: kept by triggers.
      ALTER TABLE contacts ADD COLUMN last_activity_at INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE accounts ADD COLUMN last_activity_at INTEGER NOT NULL DEFAULT 0;
      UPDATE contacts SET last_activity_at = max(
        created_at,
        ifnull((SELECT max(last_activity_at) FROM deals WHERE contact_id = contacts.id), 0),
        ifnull((SELECT max(created_at) FROM notes WHERE contact_id = contacts.id), 0),
        ifnull((SELECT max(max(created_at, ifnull(done_at, 0))) FROM tasks WHERE contact_id = contacts.id), 0),
        ifnull((SELECT max(conversations.last_at) FROM visitors CROSS JOIN conversations ON conversations.visitor_id = visitors.id
          WHERE visitors.contact_id = contacts.id AND visitors.contact_id IS NOT NULL), 0));
      UPDATE accounts SET last_activity_at = max(
        created_at,
        ifnull((SELECT max(last_activity_at) FROM deals WHERE account_id = accounts.id), 0),
        ifnull((SELECT max(created_at) FROM notes WHERE account_id = accounts.id), 0),
        ifnull((SELECT max(max(created_at, ifnull(done_at, 0))) FROM tasks WHERE account_id = accounts.id), 0),
        ifnull((SELECT max(last_activity_at) FROM contacts WHERE account_id = accounts.id), 0));
      CREATE INDEX contacts_by_activity ON contacts (last_activity_at, id);
      CREATE INDEX contacts_by_account_activity ON contacts (account_id, last_activity_at, id);
      CREATE INDEX accounts_by_activity ON accounts (last_activity_at, id);
      """,
      // What a contact does, its account does.
      active(
        "contacts_active_insert", "INSERT ON contacts", "new.account_id IS NOT NULL", "new.last_activity_at",
        ["account"]),
      active(
        "contacts_active_update", "UPDATE OF last_activity_at, account_id ON contacts",
        "old.last_activity_at <> new.last_activity_at OR old.account_id IS NOT new.account_id",
        "new.last_activity_at", ["account"]),
      active("deals_active_insert", "INSERT ON deals", "1", "new.last_activity_at", both),
      active(
        "deals_active_update", "UPDATE OF last_activity_at, contact_id, account_id ON deals",
        """
        old.last_activity_at <> new.last_activity_at OR old.contact_id IS NOT new.contact_id
          OR old.account_id IS NOT new.account_id
        """, "new.last_activity_at", both),
      active("notes_active", "INSERT ON notes", "new.deal_id IS NULL", "new.created_at", both),
      active("tasks_active_insert", "INSERT ON tasks", "new.deal_id IS NULL", "new.created_at", both),
      active(
        "tasks_active_update", "UPDATE OF done_at ON tasks",
        "new.deal_id IS NULL AND new.done_at IS NOT NULL AND old.done_at IS NOT new.done_at", "new.done_at",
        both),
      // To the minute: else each message would write a contact and an account too.
      visitorActive(
        "conversations_active_update", "UPDATE OF last_at ON conversations",
        "old.last_at / 60000 <> new.last_at / 60000", "new.last_at", "new.visitor_id"),
      visitorActive(
        "conversations_active_insert", "INSERT ON conversations", "1", "new.last_at", "new.visitor_id"),
      visitorActive(
        "visitors_active", "UPDATE OF contact_id ON visitors",
        "new.contact_id IS NOT NULL AND old.contact_id IS NOT new.contact_id",
        "ifnull((SELECT max(last_at) FROM conversations WHERE visitor_id = new.id), 0)", "new.id"),
    ]).joined(separator: "\n")

  private static let both = ["contact", "account"]

  /// The contact or the account that a row belongs to has been active.
  private static func active(
    _ name: String, _ event: String, _ condition: String, _ moment: String, _ parties: [String]
  ) -> String {
    trigger(
      name, event, condition,
      parties.map { party in
        "UPDATE \(party)s SET last_activity_at = \(moment) WHERE id = new.\(party)_id AND last_activity_at < \(moment);"
      })
  }

  /// The contact that a visitor is has been active.
  private static func visitorActive(
    _ name: String, _ event: String, _ condition: String, _ moment: String, _ visitor: String
  ) -> String {
    trigger(
      name, event, condition,
      [
        """
        UPDATE contacts SET last_activity_at = \(moment)
          WHERE id = (SELECT contact_id FROM visitors WHERE id = \(visitor)) AND last_activity_at < \(moment);
        """
      ])
  }

  private static func trigger(
    _ name: String, _ event: String, _ condition: String, _ updates: [String]
  ) -> String {
    "CREATE TRIGGER \(name) AFTER \(event) WHEN \(condition) BEGIN\n\(updates.joined(separator: "\n"))\nEND;"
  }
}
