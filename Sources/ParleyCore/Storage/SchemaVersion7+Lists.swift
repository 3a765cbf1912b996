extension Schema {
  /// What the lists of everyone's tasks and of what is found walk along.
  static let version7Lists =
    ([
      """
      CREATE INDEX tasks_by_due ON tasks (due_on, ifnull(due_at, 9223372036854775807), id) WHERE done_at IS NULL;
      CREATE INDEX tasks_by_doing ON tasks (done_at, id) WHERE done_at IS NOT NULL;

      -- A deal is found by its people and its company too, so that the newest of all that are found are one walk.
      DROP TRIGGER deals_indexed_insert;
      DROP TRIGGER deals_indexed_update;
      DROP TRIGGER deals_indexed_delete;
      DROP TABLE deal_search;
      CREATE VIEW deal_words (id, title, contact, account) AS
        SELECT deals.id, deals.title, contacts.first_name || ' ' || contacts.last_name || ' ' || contacts.email, accounts.name
          FROM deals LEFT JOIN contacts ON contacts.id = deals.contact_id LEFT JOIN accounts ON accounts.id = deals.account_id;
      CREATE VIRTUAL TABLE deal_search USING fts5 (
        title, contact, account, content = 'deal_words', content_rowid = 'id',
        tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
      );
      INSERT INTO deal_search (deal_search) VALUES ('rebuild');
      CREATE TRIGGER deals_indexed_insert AFTER INSERT ON deals BEGIN
        \(indexed("id = new.id"))
      END;
      CREATE TRIGGER deals_indexed_delete BEFORE DELETE ON deals BEGIN
        \(unindexed("id = old.id"))
      END;
      """
    ] + searched.map { reindexed($0.table, $0.columns, by: $0.key) }).joined(separator: "\n")

  /// What a deal is found by, and how the deals of a row are told.
  private static let searched = [
    (table: "deals", columns: "title, contact_id, account_id", key: "id"),
    (table: "contacts", columns: "first_name, last_name, email", key: "contact_id"),
    (table: "accounts", columns: "name", key: "account_id"),
  ]

  /// The index forgets what it holds of deals before that is changed, and holds what has become of it afterwards.
  private static func reindexed(_ table: String, _ columns: String, by key: String) -> String {
    let isOther = columns.split(separator: ", ").map { "(old.\($0) IS NOT new.\($0))" }
      .joined(separator: " OR ")
    return """
      CREATE TRIGGER deals_unindexed_of_\(table) BEFORE UPDATE OF \(columns) ON \(table) WHEN \(isOther) BEGIN
        \(unindexed("id IN (SELECT id FROM deals WHERE \(key) = old.id)"))
      END;
      CREATE TRIGGER deals_indexed_of_\(table) AFTER UPDATE OF \(columns) ON \(table) WHEN \(isOther) BEGIN
        \(indexed("id IN (SELECT id FROM deals WHERE \(key) = new.id)"))
      END;
      """
  }

  private static func indexed(_ which: String) -> String {
    """
    INSERT INTO deal_search (rowid, title, contact, account)
      SELECT id, title, contact, account FROM deal_words WHERE \(which);
    """
  }

  private static func unindexed(_ which: String) -> String {
    """
    INSERT INTO deal_search (deal_search, rowid, title, contact, account)
      SELECT 'delete', id, title, contact, account FROM deal_words WHERE \(which);
    """
  }
}
