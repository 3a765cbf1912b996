extension Schema {
  /// Tables on their way in, and what became of them.
  static let version4Imports = """
    -- state: as in the interface. settings, plan, result, columns: JSON. processed: up to which row the work at hand has come;
    -- while undoing, how many effects are left. tidied: 1 when its file and its rows have been let go of, 2 when nothing can be
    -- taken back any more. Ids are never used again: pages refer to them.
    CREATE TABLE imports (
      id                 INTEGER PRIMARY KEY AUTOINCREMENT,
      agent_id           INTEGER NOT NULL REFERENCES agents (id),
      kind               TEXT NOT NULL CHECK (kind IN ('contacts', 'accounts', 'deals')),
      state              TEXT NOT NULL CHECK (state IN ('uploading', 'reading', 'mapping', 'checking', 'checked',
        'running', 'done', 'undoing', 'undone', 'cancelled', 'failed')),
      file_name          TEXT NOT NULL,
      size               INTEGER NOT NULL,
      received           INTEGER NOT NULL DEFAULT 0,
      encoding           TEXT,
      separator          TEXT,
      columns            TEXT NOT NULL DEFAULT '[]',
      row_count          INTEGER NOT NULL DEFAULT 0,
      processed          INTEGER NOT NULL DEFAULT 0,
      settings           TEXT,
      plan               TEXT,
      result             TEXT,
      code               TEXT,
      tidied             INTEGER NOT NULL DEFAULT 0 CHECK (tidied IN (0, 1, 2)),
      created_at         INTEGER NOT NULL,
      ended_at           INTEGER
    ) STRICT;
    CREATE INDEX imports_by_agent ON imports (agent_id, id);
    CREATE INDEX imports_at_work ON imports (id) WHERE state IN ('reading', 'checking', 'running', 'undoing');
    CREATE INDEX imports_untidy ON imports (tidied, ended_at) WHERE ended_at IS NOT NULL;
    CREATE INDEX imports_open ON imports (agent_id, created_at)
      WHERE state IN ('uploading', 'mapping', 'checked');

    -- The file as it came, until it is divided into rows.
    CREATE TABLE import_parts (
      id                 INTEGER PRIMARY KEY,
      import_id          INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
      start              INTEGER NOT NULL,
      bytes              BLOB NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX import_parts_by_start ON import_parts (import_id, start);

    -- cells: a JSON array of texts. faults: what is wrong with it, a JSON array; NULL for nothing. Rows go when the import has
    -- ended; those at fault stay, for the report.
    CREATE TABLE import_rows (
      import_id          INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
      number             INTEGER NOT NULL,
      line               INTEGER NOT NULL,
      cells              TEXT NOT NULL,
      damage             TEXT,
      faults             TEXT,
      PRIMARY KEY (import_id, number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX import_rows_at_fault ON import_rows (import_id, number) WHERE faults IS NOT NULL;

    -- What the rows that were checked so far would make: a later row that names it finds it.
    CREATE TABLE import_names (
      import_id          INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
      kind               TEXT NOT NULL,
      key                TEXT NOT NULL,
      PRIMARY KEY (import_id, kind, key)
    ) STRICT, WITHOUT ROWID;

    -- What it did, in order, so that it can be taken back: made, or changed with what was before (JSON). after: as it was then; what
    -- has changed since is left alone.
    CREATE TABLE import_effects (
      id                 INTEGER PRIMARY KEY,
      import_id          INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
      kind               TEXT NOT NULL CHECK (kind IN ('contact', 'account', 'deal')),
      record_id          INTEGER NOT NULL,
      before             TEXT,
      after              TEXT NOT NULL
    ) STRICT;
    CREATE INDEX import_effects_by_import ON import_effects (import_id, id);
    """
}
