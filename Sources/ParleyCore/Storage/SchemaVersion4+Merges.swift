extension Schema {
  /// Contacts and accounts that became one with another, or went.
  static let version4Merges = """
    -- What was merged into what; record: what the merged one was, replaced: what the other had before, as JSON.
    CREATE TABLE merges (
      id                 INTEGER PRIMARY KEY,
      contact_id         INTEGER REFERENCES contacts (id) ON DELETE CASCADE,
      account_id         INTEGER REFERENCES accounts (id) ON DELETE CASCADE,
      merged_id          INTEGER NOT NULL,
      agent_id           INTEGER REFERENCES agents (id),
      record             TEXT NOT NULL,
      replaced           TEXT NOT NULL,
      created_at         INTEGER NOT NULL,
      CHECK ((contact_id IS NOT NULL) + (account_id IS NOT NULL) = 1)
    ) STRICT;
    CREATE INDEX merges_by_contact ON merges (contact_id, id) WHERE contact_id IS NOT NULL;
    CREATE INDEX merges_by_account ON merges (account_id, id) WHERE account_id IS NOT NULL;
    CREATE UNIQUE INDEX merges_of_contact ON merges (merged_id) WHERE contact_id IS NOT NULL;
    CREATE UNIQUE INDEX merges_of_account ON merges (merged_id) WHERE account_id IS NOT NULL;

    -- By what else a contact or an account is known: the addresses and the names of those that were merged into it.
    CREATE TABLE contact_aliases (
      email_key          TEXT PRIMARY KEY,
      email              TEXT NOT NULL,
      contact_id         INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX contact_aliases_by_contact ON contact_aliases (contact_id);
    CREATE TABLE account_aliases (
      name_key           TEXT PRIMARY KEY,
      name               TEXT NOT NULL,
      account_id         INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX account_aliases_by_account ON account_aliases (account_id);

    -- The greatest id that went: none is given twice, so that an old address never leads to somebody else.
    CREATE TABLE last_ids (
      kind               TEXT PRIMARY KEY CHECK (kind IN ('contact', 'account')),
      id                 INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO last_ids VALUES ('contact', 0), ('account', 0);
    CREATE TRIGGER contacts_deleted AFTER DELETE ON contacts BEGIN
      UPDATE last_ids SET id = max(id, old.id) WHERE kind = 'contact';
      INSERT INTO contact_search (contact_search, rowid, first_name, last_name, email)
        VALUES ('delete', old.id, old.first_name, old.last_name, old.email);
    END;
    CREATE TRIGGER accounts_deleted AFTER DELETE ON accounts BEGIN
      UPDATE last_ids SET id = max(id, old.id) WHERE kind = 'account';
      INSERT INTO account_search (account_search, rowid, name) VALUES ('delete', old.id, old.name);
    END;

    -- Likely duplicates are called the same or have the same telephone number, and are found by that.
    CREATE INDEX contacts_by_phone ON contacts (phone, id) WHERE phone <> '';
    CREATE INDEX accounts_by_phone ON accounts (phone, id) WHERE phone <> '';
    CREATE INDEX accounts_by_url ON accounts (url, id) WHERE url <> '';

    -- What lists are narrowed by.
    CREATE INDEX contacts_by_creation ON contacts (created_at, id);
    CREATE INDEX accounts_by_creation ON accounts (created_at, id);
    CREATE INDEX accounts_by_owner ON accounts (owner_id, id);
    CREATE INDEX deals_open_by_contact ON deals (contact_id) WHERE status = 'open' AND contact_id IS NOT NULL;
    CREATE INDEX deals_open_by_account ON deals (account_id) WHERE status = 'open' AND account_id IS NOT NULL;
    """
}
