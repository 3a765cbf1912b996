import SQLite

/// Which contact bears which tag.
enum ContactTagRecords {
  /// Gives a contact these tags and no others.
  static func set(
    _ names: [TagName], ofContact contactID: Int64, in transaction: borrowing Transaction
  ) throws {
    try transaction.execute("DELETE FROM contact_tags WHERE contact_id = ?", contactID)
    for name in names {
      try transaction.execute(
        "INSERT INTO contact_tags (contact_id, tag_id) VALUES (?, ?) ON CONFLICT DO NOTHING", contactID,
        try TagRecords.findOrCreate(name, in: transaction))
    }
  }

  /// Between two tags of a column that holds all of them: a control character, which no tag has.
  private static let separator: Character = "\u{1F}"

  /// A column with the tags of the statement's contact.
  static let column = """
    (SELECT group_concat(name, char(31)) FROM (
      SELECT tags.name AS name FROM contact_tags JOIN tags ON tags.id = contact_tags.tag_id
        WHERE contact_tags.contact_id = contacts.id ORDER BY tags.name_key
    ))
    """

  static func tags(fromColumn text: String) -> [String] {
    text.split(separator: separator).map(String.init)
  }
}
