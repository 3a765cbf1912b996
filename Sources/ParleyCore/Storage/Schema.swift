/// The database schema, as numbered migrations. Migration *n* brings a database from `user_version` n−1 to n, in one
/// transaction. A landed migration is never edited: a change is a new one at the end.
///
/// Conventions: every table is `STRICT`; a time is INTEGER milliseconds since 1970 UTC (`…_at`); a calendar date is TEXT
/// `YYYY-MM-DD` (`…_on`); a truth value is INTEGER 0 or 1; `…_key` is a normalised form that a unique index stands on.
enum Schema {
  static let migrations: [String] = [
    version1, version2, version3, version4, version5, version6, version7, version8,
  ]

  private static let version1 = """
    CREATE TABLE workspace (
      id                 INTEGER PRIMARY KEY CHECK (id = 1),
      name               TEXT NOT NULL,
      time_zone          TEXT NOT NULL DEFAULT 'UTC',
      default_currency   TEXT NOT NULL DEFAULT 'USD',
      created_at         INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE agents (
      id                 INTEGER PRIMARY KEY,
      name               TEXT NOT NULL,
      email              TEXT NOT NULL,
      email_key          TEXT NOT NULL UNIQUE,
      role               TEXT NOT NULL CHECK (role IN ('owner', 'agent')),
      password_hash      TEXT NOT NULL,
      preferences        TEXT NOT NULL DEFAULT '{}',
      created_at         INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE sessions (
      token_hash         TEXT PRIMARY KEY,
      agent_id           INTEGER NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
      created_at         INTEGER NOT NULL,
      expires_at         INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sessions_by_agent ON sessions (agent_id);

    CREATE TABLE sites (
      id                 INTEGER PRIMARY KEY,
      key                TEXT NOT NULL UNIQUE,
      name               TEXT NOT NULL,
      greeting_en        TEXT NOT NULL,
      greeting_fr        TEXT NOT NULL,
      color              TEXT NOT NULL,
      position           TEXT NOT NULL CHECK (position IN ('left', 'right')),
      created_at         INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE site_origins (
      site_id            INTEGER NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
      origin             TEXT NOT NULL,
      PRIMARY KEY (site_id, origin)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE accounts (
      id                 INTEGER PRIMARY KEY,
      name               TEXT NOT NULL,
      name_key           TEXT NOT NULL UNIQUE,
      url                TEXT NOT NULL DEFAULT '',
      created_at         INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE contacts (
      id                 INTEGER PRIMARY KEY,
      email              TEXT NOT NULL,
      email_key          TEXT NOT NULL UNIQUE,
      first_name         TEXT NOT NULL DEFAULT '',
      last_name          TEXT NOT NULL DEFAULT '',
      phone              TEXT NOT NULL DEFAULT '',
      account_id         INTEGER REFERENCES accounts (id),
      job_title          TEXT NOT NULL DEFAULT '',
      created_at         INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX contacts_by_account ON contacts (account_id, id);

    CREATE TABLE visitors (
      id                 INTEGER PRIMARY KEY,
      site_id            INTEGER NOT NULL REFERENCES sites (id),
      token_hash         TEXT NOT NULL UNIQUE,
      contact_id         INTEGER REFERENCES contacts (id),
      name               TEXT NOT NULL DEFAULT '',
      email              TEXT NOT NULL DEFAULT '',
      phone              TEXT NOT NULL DEFAULT '',
      language           TEXT NOT NULL DEFAULT '',
      time_zone          TEXT NOT NULL DEFAULT '',
      user_agent         TEXT NOT NULL DEFAULT '',
      page_url           TEXT NOT NULL DEFAULT '',
      page_title         TEXT NOT NULL DEFAULT '',
      last_number        INTEGER NOT NULL DEFAULT 0,
      seen_number        INTEGER NOT NULL DEFAULT 0,
      created_at         INTEGER NOT NULL,
      last_seen_at       INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX visitors_by_contact ON visitors (contact_id, id) WHERE contact_id IS NOT NULL;

    -- activity: the sequence number of the event that last moved the conversation to the top of the list; unique, so that
    -- a page of the list can end at it. last_text_number: the number of the last text by visitor or agent, which is what
    -- makes a conversation unread; last_number counts notes, page views and status lines too.
    CREATE TABLE conversations (
      id                 INTEGER PRIMARY KEY,
      site_id            INTEGER NOT NULL REFERENCES sites (id),
      visitor_id         INTEGER NOT NULL REFERENCES visitors (id),
      status             TEXT NOT NULL CHECK (status IN ('open', 'completed')),
      assignee_id        INTEGER REFERENCES agents (id),
      activity           INTEGER NOT NULL,
      last_number        INTEGER NOT NULL DEFAULT 0,
      last_text_number   INTEGER NOT NULL DEFAULT 0,
      agents_seen_number INTEGER NOT NULL DEFAULT 0,
      visitor_seen_number INTEGER NOT NULL DEFAULT 0,
      last_text          TEXT NOT NULL DEFAULT '',
      last_author        TEXT NOT NULL DEFAULT 'visitor' CHECK (last_author IN ('visitor', 'agent')),
      last_agent_id      INTEGER REFERENCES agents (id),
      last_at            INTEGER NOT NULL,
      created_at         INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX conversations_one_open ON conversations (visitor_id) WHERE status = 'open';
    CREATE INDEX conversations_by_visitor ON conversations (visitor_id, id);
    CREATE INDEX conversations_by_status ON conversations (status, activity DESC);
    CREATE INDEX conversations_by_assignee ON conversations (status, assignee_id, activity DESC);

    -- One row per status and assignee (0: nobody) kept by triggers, so that counting never reads the conversations.
    CREATE TABLE conversation_counts (
      status             TEXT NOT NULL,
      assignee_id        INTEGER NOT NULL,
      count              INTEGER NOT NULL,
      PRIMARY KEY (status, assignee_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER conversations_counted_insert AFTER INSERT ON conversations BEGIN
      INSERT INTO conversation_counts VALUES (new.status, ifnull(new.assignee_id, 0), 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
    END;
    CREATE TRIGGER conversations_counted_update AFTER UPDATE OF status, assignee_id ON conversations
      WHEN old.status <> new.status OR old.assignee_id IS NOT new.assignee_id BEGIN
      UPDATE conversation_counts SET count = count - 1
        WHERE status = old.status AND assignee_id = ifnull(old.assignee_id, 0);
      INSERT INTO conversation_counts VALUES (new.status, ifnull(new.assignee_id, 0), 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
    END;

    -- What an agent has read of a conversation, by message number.
    CREATE TABLE conversation_reads (
      agent_id           INTEGER NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
      conversation_id    INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
      number             INTEGER NOT NULL,
      PRIMARY KEY (agent_id, conversation_id)
    ) STRICT, WITHOUT ROWID;

    -- Everything that stands in a thread. number counts within the conversation; visitor_number counts what the visitor
    -- may see, over all of that visitor's conversations, and is NULL on what is hidden from them.
    CREATE TABLE messages (
      id                 INTEGER PRIMARY KEY,
      conversation_id    INTEGER NOT NULL REFERENCES conversations (id),
      number             INTEGER NOT NULL,
      visitor_id         INTEGER NOT NULL REFERENCES visitors (id),
      visitor_number     INTEGER,
      kind               TEXT NOT NULL CHECK (kind IN ('text', 'note', 'page', 'status')),
      author             TEXT NOT NULL CHECK (author IN ('visitor', 'agent', 'system')),
      agent_id           INTEGER REFERENCES agents (id),
      client_id          TEXT,
      text               TEXT NOT NULL,
      detail             TEXT,
      created_at         INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX messages_by_number ON messages (conversation_id, number);
    CREATE UNIQUE INDEX messages_by_visitor_number ON messages (visitor_id, visitor_number)
      WHERE visitor_number IS NOT NULL;
    CREATE UNIQUE INDEX messages_by_visitor_client ON messages (visitor_id, client_id)
      WHERE client_id IS NOT NULL AND author = 'visitor';
    CREATE UNIQUE INDEX messages_by_agent_client ON messages (agent_id, client_id)
      WHERE client_id IS NOT NULL AND author = 'agent';

    CREATE VIRTUAL TABLE message_search USING fts5 (
      text, content = 'messages', content_rowid = 'id',
      tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
    );
    CREATE TRIGGER messages_indexed AFTER INSERT ON messages WHEN new.kind IN ('text', 'note') BEGIN
      INSERT INTO message_search (rowid, text) VALUES (new.id, new.text);
    END;

    -- Visitors by the name and e-mail they gave; contacts and accounts by theirs.
    CREATE VIRTUAL TABLE visitor_search USING fts5 (
      name, email, content = 'visitors', content_rowid = 'id',
      tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
    );
    CREATE TRIGGER visitors_indexed_insert AFTER INSERT ON visitors WHEN new.name <> '' OR new.email <> '' BEGIN
      INSERT INTO visitor_search (rowid, name, email) VALUES (new.id, new.name, new.email);
    END;
    CREATE TRIGGER visitors_indexed_update AFTER UPDATE OF name, email ON visitors
      WHEN old.name <> new.name OR old.email <> new.email BEGIN
      INSERT INTO visitor_search (visitor_search, rowid, name, email)
        SELECT 'delete', old.id, old.name, old.email WHERE old.name <> '' OR old.email <> '';
      INSERT INTO visitor_search (rowid, name, email)
        SELECT new.id, new.name, new.email WHERE new.name <> '' OR new.email <> '';
    END;

    CREATE VIRTUAL TABLE contact_search USING fts5 (
      first_name, last_name, email, content = 'contacts', content_rowid = 'id',
      tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
    );
    CREATE TRIGGER contacts_indexed_insert AFTER INSERT ON contacts BEGIN
      INSERT INTO contact_search (rowid, first_name, last_name, email)
        VALUES (new.id, new.first_name, new.last_name, new.email);
    END;
    CREATE TRIGGER contacts_indexed_update AFTER UPDATE OF first_name, last_name, email ON contacts BEGIN
      INSERT INTO contact_search (contact_search, rowid, first_name, last_name, email)
        VALUES ('delete', old.id, old.first_name, old.last_name, old.email);
      INSERT INTO contact_search (rowid, first_name, last_name, email)
        VALUES (new.id, new.first_name, new.last_name, new.email);
    END;

    CREATE VIRTUAL TABLE account_search USING fts5 (
      name, content = 'accounts', content_rowid = 'id',
      tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
    );
    CREATE TRIGGER accounts_indexed_insert AFTER INSERT ON accounts BEGIN
      INSERT INTO account_search (rowid, name) VALUES (new.id, new.name);
    END;
    CREATE TRIGGER accounts_indexed_update AFTER UPDATE OF name ON accounts BEGIN
      INSERT INTO account_search (account_search, rowid, name) VALUES ('delete', old.id, old.name);
      INSERT INTO account_search (rowid, name) VALUES (new.id, new.name);
    END;

    CREATE TABLE pipelines (
      id                 INTEGER PRIMARY KEY,
      name               TEXT NOT NULL,
      currency           TEXT NOT NULL,
      position           INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE stages (
      id                 INTEGER PRIMARY KEY,
      pipeline_id        INTEGER NOT NULL REFERENCES pipelines (id),
      name               TEXT NOT NULL,
      color              TEXT NOT NULL,
      position           INTEGER NOT NULL,
      UNIQUE (pipeline_id, position)
    ) STRICT;

    CREATE TABLE deals (
      id                 INTEGER PRIMARY KEY,
      title              TEXT NOT NULL,
      description        TEXT NOT NULL,
      value_minor        INTEGER NOT NULL CHECK (value_minor >= 0),
      currency           TEXT NOT NULL,
      owner_id           INTEGER NOT NULL REFERENCES agents (id),
      pipeline_id        INTEGER NOT NULL REFERENCES pipelines (id),
      stage_id           INTEGER NOT NULL REFERENCES stages (id),
      status             TEXT NOT NULL CHECK (status IN ('open', 'won', 'lost')),
      forecasted_close_on TEXT,
      contact_id         INTEGER REFERENCES contacts (id),
      account_id         INTEGER REFERENCES accounts (id),
      conversation_id    INTEGER REFERENCES conversations (id),
      created_by         INTEGER NOT NULL REFERENCES agents (id),
      created_at         INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX deals_by_contact ON deals (contact_id, id);
    CREATE INDEX deals_by_account ON deals (account_id, id);
    CREATE INDEX deals_by_conversation ON deals (conversation_id, id);
    CREATE INDEX deals_by_stage ON deals (pipeline_id, stage_id, status, id);

    CREATE TABLE deal_contacts (
      deal_id            INTEGER NOT NULL REFERENCES deals (id) ON DELETE CASCADE,
      contact_id         INTEGER NOT NULL REFERENCES contacts (id),
      role               TEXT NOT NULL,
      PRIMARY KEY (deal_id, contact_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX deal_contacts_by_contact ON deal_contacts (contact_id, deal_id);

    -- The answer a creating request got, by the key its client made: a resend gets the same answer.
    CREATE TABLE idempotency_keys (
      agent_id           INTEGER NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
      key                TEXT NOT NULL,
      fingerprint        TEXT NOT NULL,
      answer             BLOB NOT NULL,
      created_at         INTEGER NOT NULL,
      PRIMARY KEY (agent_id, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

    -- sequence never repeats: AUTOINCREMENT. audience: 'agents', or 'agent:ID'. payload: the JSON that clients get.
    CREATE TABLE events (
      sequence           INTEGER PRIMARY KEY AUTOINCREMENT,
      audience           TEXT NOT NULL,
      type               TEXT NOT NULL,
      payload            BLOB NOT NULL,
      created_at         INTEGER NOT NULL
    ) STRICT;
    """
}
