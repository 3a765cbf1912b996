extension Schema {
  /// Filters with their order and columns, saved under a name.
  static let version4Views = """
    -- kind: of which page. query: as the page's address has it, without a question mark. is_shared: for the whole team.
    CREATE TABLE views (
      id                 INTEGER PRIMARY KEY AUTOINCREMENT,
      kind               TEXT NOT NULL CHECK (kind IN ('deals', 'contacts', 'accounts')),
      name               TEXT NOT NULL,
      query              TEXT NOT NULL,
      columns            TEXT NOT NULL,
      agent_id           INTEGER NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
      is_shared          INTEGER NOT NULL CHECK (is_shared IN (0, 1)),
      created_at         INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX views_by_agent ON views (agent_id, kind);
    CREATE INDEX views_shared ON views (kind) WHERE is_shared = 1;

    -- Which view an agent's page begins with.
    CREATE TABLE default_views (
      agent_id           INTEGER NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
      kind               TEXT NOT NULL,
      view_id            INTEGER NOT NULL REFERENCES views (id) ON DELETE CASCADE,
      PRIMARY KEY (agent_id, kind)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX default_views_by_view ON default_views (view_id);
    """
}
