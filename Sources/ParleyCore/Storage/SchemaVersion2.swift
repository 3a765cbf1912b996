extension Schema {
  /// Deals as they are worked on: their place on the board, what changed, notes, tasks and tags.
  static let version2 = """
    ALTER TABLE pipelines ADD COLUMN assignment TEXT NOT NULL DEFAULT 'manual'
      CHECK (assignment IN ('manual', 'round-robin', 'round-robin-by-value'));

    -- rotting_days: NULL in a stage whose deals do not rot. sort: how the cards of the stage stand at first.
    ALTER TABLE stages ADD COLUMN probability INTEGER NOT NULL DEFAULT 50 CHECK (probability BETWEEN 0 AND 100);
    ALTER TABLE stages ADD COLUMN rotting_days INTEGER CHECK (rotting_days > 0);
    ALTER TABLE stages ADD COLUMN sort TEXT NOT NULL DEFAULT 'rank'
      CHECK (sort IN ('rank', 'newest', 'value', 'close', 'activity', 'title'));

    -- Whose turn it is to own the next deal: by the last turn, or by what came to each in the pipeline's currency so far. A sum
    -- may pass 64 bits: it is billions * 1000000000 + rest.
    CREATE TABLE pipeline_turns (
      pipeline_id        INTEGER NOT NULL REFERENCES pipelines (id) ON DELETE CASCADE,
      agent_id           INTEGER NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
      last_turn          INTEGER NOT NULL,
      billions           INTEGER NOT NULL,
      rest               INTEGER NOT NULL,
      PRIMARY KEY (pipeline_id, agent_id)
    ) STRICT, WITHOUT ROWID;

    -- rank: the place in its column of the board, a text that always leaves room before and after, so that a move is one
    -- write; the newest stands first until someone moves it. closed_at: when the deal was won or lost.
    ALTER TABLE deals ADD COLUMN rank TEXT NOT NULL DEFAULT '';
    ALTER TABLE deals ADD COLUMN stage_entered_at INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE deals ADD COLUMN last_activity_at INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE deals ADD COLUMN closed_at INTEGER;
    ALTER TABLE deals ADD COLUMN lost_reason TEXT NOT NULL DEFAULT '';
    UPDATE deals SET rank = printf('%016x', 4611686018427387904 - id), stage_entered_at = created_at,
      last_activity_at = created_at, closed_at = iif(status = 'open', NULL, created_at);

    -- A column of the board in each order in which it may stand. A list over several columns merges theirs.
    DROP INDEX deals_by_stage;
    CREATE INDEX deals_by_rank ON deals (stage_id, status, rank, id);
    CREATE INDEX deals_by_newest ON deals (stage_id, status, id);
    CREATE INDEX deals_by_value ON deals
      (stage_id, status, currency || printf('%016d', 9999999999999999 - value_minor), id);
    CREATE INDEX deals_by_close_in_stage ON deals (stage_id, status, ifnull(forecasted_close_on, '~'), id);
    CREATE INDEX deals_by_activity ON deals (stage_id, status, last_activity_at, id);
    CREATE INDEX deals_by_title ON deals (stage_id, status, lower(title), id);
    CREATE INDEX deals_by_owner ON deals (owner_id, stage_id, status);
    CREATE INDEX deals_by_close ON deals (pipeline_id, status, forecasted_close_on, id);

    -- Counts and sums of a column, kept by triggers, so that a board never adds up its deals. Sums as above.
    CREATE TABLE deal_totals (
      pipeline_id        INTEGER NOT NULL,
      stage_id           INTEGER NOT NULL,
      status             TEXT NOT NULL,
      currency           TEXT NOT NULL,
      count              INTEGER NOT NULL,
      billions           INTEGER NOT NULL,
      rest               INTEGER NOT NULL,
      PRIMARY KEY (pipeline_id, stage_id, status, currency)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO deal_totals
      SELECT pipeline_id, stage_id, status, currency, count(*), sum(value_minor / 1000000000),
        sum(value_minor % 1000000000)
      FROM deals GROUP BY pipeline_id, stage_id, status, currency;
    CREATE TRIGGER deals_totalled_insert AFTER INSERT ON deals BEGIN
      INSERT INTO deal_totals VALUES (new.pipeline_id, new.stage_id, new.status, new.currency, 1,
          new.value_minor / 1000000000, new.value_minor % 1000000000)
        ON CONFLICT DO UPDATE SET count = count + 1, billions = billions + excluded.billions,
          rest = rest + excluded.rest;
    END;
    CREATE TRIGGER deals_totalled_delete AFTER DELETE ON deals BEGIN
      UPDATE deal_totals SET count = count - 1, billions = billions - old.value_minor / 1000000000,
          rest = rest - old.value_minor % 1000000000
        WHERE pipeline_id = old.pipeline_id AND stage_id = old.stage_id AND status = old.status
          AND currency = old.currency;
    END;
    CREATE TRIGGER deals_totalled_update AFTER UPDATE OF pipeline_id, stage_id, status, currency, value_minor ON deals
      WHEN old.stage_id <> new.stage_id OR old.pipeline_id <> new.pipeline_id OR old.status <> new.status
        OR old.currency <> new.currency OR old.value_minor <> new.value_minor
    BEGIN
      UPDATE deal_totals SET count = count - 1, billions = billions - old.value_minor / 1000000000,
          rest = rest - old.value_minor % 1000000000
        WHERE pipeline_id = old.pipeline_id AND stage_id = old.stage_id AND status = old.status
          AND currency = old.currency;
      INSERT INTO deal_totals VALUES (new.pipeline_id, new.stage_id, new.status, new.currency, 1,
          new.value_minor / 1000000000, new.value_minor % 1000000000)
        ON CONFLICT DO UPDATE SET count = count + 1, billions = billions + excluded.billions,
          rest = rest + excluded.rest;
    END;

    -- What changed of a deal: who, when, from, to. actor: 'agent', or 'automation' later. from_value and to_value are as the
    -- interface shows the field: text, JSON for money and references.
    CREATE TABLE deal_changes (
      id                 INTEGER PRIMARY KEY,
      deal_id            INTEGER NOT NULL REFERENCES deals (id) ON DELETE CASCADE,
      actor              TEXT NOT NULL DEFAULT 'agent' CHECK (actor IN ('agent', 'automation')),
      agent_id           INTEGER REFERENCES agents (id),
      field              TEXT NOT NULL,
      from_value         TEXT,
      to_value           TEXT,
      created_at         INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX deal_changes_by_deal ON deal_changes (deal_id, id);

    -- A note on one record. Exactly one of the three is given; so it is for tasks.
    CREATE TABLE notes (
      id                 INTEGER PRIMARY KEY,
      deal_id            INTEGER REFERENCES deals (id) ON DELETE CASCADE,
      contact_id         INTEGER REFERENCES contacts (id) ON DELETE CASCADE,
      account_id         INTEGER REFERENCES accounts (id) ON DELETE CASCADE,
      agent_id           INTEGER REFERENCES agents (id),
      text               TEXT NOT NULL,
      created_at         INTEGER NOT NULL,
      updated_at         INTEGER NOT NULL,
      CHECK ((deal_id IS NOT NULL) + (contact_id IS NOT NULL) + (account_id IS NOT NULL) = 1)
    ) STRICT;
    CREATE INDEX notes_by_deal ON notes (deal_id, id) WHERE deal_id IS NOT NULL;
    CREATE INDEX notes_by_contact ON notes (contact_id, id) WHERE contact_id IS NOT NULL;
    CREATE INDEX notes_by_account ON notes (account_id, id) WHERE account_id IS NOT NULL;

    -- due_on with due_at: at that time of day; without: at any time of the day. kind: call, email, lunch, meeting, or one's own.
    CREATE TABLE tasks (
      id                 INTEGER PRIMARY KEY,
      deal_id            INTEGER REFERENCES deals (id) ON DELETE CASCADE,
      contact_id         INTEGER REFERENCES contacts (id) ON DELETE CASCADE,
      account_id         INTEGER REFERENCES accounts (id) ON DELETE CASCADE,
      title              TEXT NOT NULL,
      kind               TEXT NOT NULL,
      due_on             TEXT,
      due_at             INTEGER,
      assignee_id        INTEGER NOT NULL REFERENCES agents (id),
      done_at            INTEGER,
      outcome            TEXT NOT NULL DEFAULT '',
      created_by         INTEGER REFERENCES agents (id),
      created_at         INTEGER NOT NULL,
      CHECK ((deal_id IS NOT NULL) + (contact_id IS NOT NULL) + (account_id IS NOT NULL) = 1)
    ) STRICT;
    CREATE INDEX tasks_by_deal ON tasks (deal_id, done_at, due_on) WHERE deal_id IS NOT NULL;
    CREATE INDEX tasks_by_contact ON tasks (contact_id, done_at, due_on) WHERE contact_id IS NOT NULL;
    CREATE INDEX tasks_by_account ON tasks (account_id, done_at, due_on) WHERE account_id IS NOT NULL;
    CREATE INDEX tasks_by_assignee ON tasks (assignee_id, done_at, due_on);

    CREATE TABLE tags (
      id                 INTEGER PRIMARY KEY,
      name               TEXT NOT NULL,
      name_key           TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE TABLE contact_tags (
      contact_id         INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
      tag_id             INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
      PRIMARY KEY (contact_id, tag_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX contact_tags_by_tag ON contact_tags (tag_id, contact_id);
    CREATE TABLE deal_tags (
      deal_id            INTEGER NOT NULL REFERENCES deals (id) ON DELETE CASCADE,
      tag_id             INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
      PRIMARY KEY (deal_id, tag_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX deal_tags_by_tag ON deal_tags (tag_id, deal_id);

    ALTER TABLE accounts ADD COLUMN phone TEXT NOT NULL DEFAULT '';
    ALTER TABLE accounts ADD COLUMN owner_id INTEGER REFERENCES agents (id);

    -- sort_key: what the lists stand in order by. Whoever has an accent in their name from before this stands behind the
    -- others until they are next changed.
    ALTER TABLE contacts ADD COLUMN sort_key TEXT NOT NULL DEFAULT '';
    UPDATE contacts SET sort_key = lower(coalesce(nullif(trim(first_name || ' ' || last_name), ''), email));
    CREATE INDEX contacts_by_sort ON contacts (sort_key, id);
    CREATE INDEX contacts_by_account_sort ON contacts (account_id, sort_key, id);
    ALTER TABLE accounts ADD COLUMN sort_key TEXT NOT NULL DEFAULT '';
    UPDATE accounts SET sort_key = lower(name);
    CREATE INDEX accounts_by_sort ON accounts (sort_key, id);

    CREATE VIRTUAL TABLE deal_search USING fts5 (
      title, content = 'deals', content_rowid = 'id',
      tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
    );
    INSERT INTO deal_search (deal_search) VALUES ('rebuild');
    CREATE TRIGGER deals_indexed_insert AFTER INSERT ON deals BEGIN
      INSERT INTO deal_search (rowid, title) VALUES (new.id, new.title);
    END;
    CREATE TRIGGER deals_indexed_update AFTER UPDATE OF title ON deals WHEN old.title <> new.title BEGIN
      INSERT INTO deal_search (deal_search, rowid, title) VALUES ('delete', old.id, old.title);
      INSERT INTO deal_search (rowid, title) VALUES (new.id, new.title);
    END;
    CREATE TRIGGER deals_indexed_delete AFTER DELETE ON deals BEGIN
      INSERT INTO deal_search (deal_search, rowid, title) VALUES ('delete', old.id, old.title);
    END;
    """
}
