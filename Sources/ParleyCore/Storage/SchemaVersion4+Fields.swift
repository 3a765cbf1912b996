extension Schema {
  /// Fields of one's own, and what deals, contacts and accounts have in them.
  static let version4Fields =
    ([fieldDefinitions] + RecordKind.allCases.map(fieldValues)).joined(separator: "\n")

  /// Ids are never used again: views and automations name them. What is removed is hidden at once, and goes when the last
  /// value of it has gone.
  private static let fieldDefinitions = """
    CREATE TABLE fields (
      id                 INTEGER PRIMARY KEY AUTOINCREMENT,
      kind               TEXT NOT NULL CHECK (kind IN ('deal', 'contact', 'account')),
      name               TEXT NOT NULL,
      name_key           TEXT NOT NULL,
      type               TEXT NOT NULL CHECK (
        type IN ('text', 'long-text', 'number', 'currency', 'date', 'choice', 'choices', 'checkbox')),
      position           INTEGER NOT NULL,
      removed            INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE UNIQUE INDEX fields_by_name ON fields (kind, name_key) WHERE removed = 0;

    CREATE TABLE field_choices (
      id                 INTEGER PRIMARY KEY AUTOINCREMENT,
      field_id           INTEGER NOT NULL REFERENCES fields (id) ON DELETE CASCADE,
      name               TEXT NOT NULL,
      name_key           TEXT NOT NULL,
      position           INTEGER NOT NULL,
      removed            INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX field_choices_by_field ON field_choices (field_id, position);
    """

  /// A row a value, and a row for each choice of several. number: a decimal in millionths, minor units of the currency, a day
  /// as yyyymmdd, a choice's id, 1 for what is checked; 0 for a text. So one index finds the values of whichever type.
  private static func fieldValues(of kind: RecordKind) -> String {
    """
    CREATE TABLE \(kind)_fields (
      id                 INTEGER PRIMARY KEY,
      record_id          INTEGER NOT NULL REFERENCES \(kind)s (id) ON DELETE CASCADE,
      field_id           INTEGER NOT NULL REFERENCES fields (id),
      number             INTEGER NOT NULL,
      currency           TEXT,
      text               TEXT
    ) STRICT;
    CREATE UNIQUE INDEX \(kind)_fields_by_record ON \(kind)_fields (record_id, field_id, number);
    CREATE INDEX \(kind)_fields_by_number ON \(kind)_fields (field_id, number, record_id);

    CREATE VIRTUAL TABLE \(kind)_field_search USING fts5 (
      field_id, text, content = '\(kind)_fields', content_rowid = 'id',
      tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
    );
    CREATE TRIGGER \(kind)_fields_indexed_insert AFTER INSERT ON \(kind)_fields WHEN new.text IS NOT NULL BEGIN
      INSERT INTO \(kind)_field_search (rowid, field_id, text) VALUES (new.id, new.field_id, new.text);
    END;
    CREATE TRIGGER \(kind)_fields_indexed_delete AFTER DELETE ON \(kind)_fields WHEN old.text IS NOT NULL BEGIN
      INSERT INTO \(kind)_field_search (\(kind)_field_search, rowid, field_id, text)
        VALUES ('delete', old.id, old.field_id, old.text);
    END;
    """
  }
}
