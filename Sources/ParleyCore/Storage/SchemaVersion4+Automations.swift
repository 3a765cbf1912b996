extension Schema {
  static let version4Automations = """
    -- definition: JSON as in the interface. version: how often it was saved.
    CREATE TABLE automations (
      id                 INTEGER PRIMARY KEY,
      name               TEXT NOT NULL,
      enabled            INTEGER NOT NULL DEFAULT 0 CHECK (enabled IN (0, 1)),
      entry              TEXT NOT NULL CHECK (entry IN ('always', 'once')),
      definition         TEXT NOT NULL,
      version            INTEGER NOT NULL DEFAULT 1,
      updated_by         INTEGER NOT NULL REFERENCES agents (id),
      created_at         INTEGER NOT NULL,
      updated_at         INTEGER NOT NULL
    ) STRICT;

    -- Someone's way through an automation. subject: who or what is counted as entering, such as 'contact:7'. step_id: the next
    -- step; wake_at: when it is due, NULL once the run has ended. steps: how many since the last wait. tries: of the next step.
    -- depth: how many automations had caused what began it.
    CREATE TABLE automation_runs (
      id                 INTEGER PRIMARY KEY,
      automation_id      INTEGER NOT NULL REFERENCES automations (id) ON DELETE CASCADE,
      status             TEXT NOT NULL CHECK (status IN ('active', 'done', 'failed', 'stopped', 'refused')),
      trigger            TEXT NOT NULL,
      subject            TEXT NOT NULL,
      contact_id         INTEGER REFERENCES contacts (id) ON DELETE SET NULL,
      deal_id            INTEGER REFERENCES deals (id) ON DELETE SET NULL,
      conversation_id    INTEGER REFERENCES conversations (id) ON DELETE SET NULL,
      step_id            TEXT,
      steps              INTEGER NOT NULL DEFAULT 0,
      tries              INTEGER NOT NULL DEFAULT 0,
      depth              INTEGER NOT NULL DEFAULT 0,
      wake_at            INTEGER,
      code               TEXT,
      started_at         INTEGER NOT NULL,
      ended_at           INTEGER
    ) STRICT;
    CREATE INDEX automation_runs_by_automation ON automation_runs (automation_id, id);
    CREATE INDEX automation_runs_by_status ON automation_runs (automation_id, status, id);
    CREATE INDEX automation_runs_due ON automation_runs (automation_id, wake_at) WHERE status = 'active';
    CREATE INDEX automation_runs_by_subject ON automation_runs (automation_id, subject, started_at);
    CREATE INDEX automation_runs_by_contact ON automation_runs (contact_id, id) WHERE contact_id IS NOT NULL;
    CREATE INDEX automation_runs_by_deal ON automation_runs (deal_id, id) WHERE deal_id IS NOT NULL;
    CREATE INDEX automation_runs_by_conversation ON automation_runs (conversation_id)
      WHERE conversation_id IS NOT NULL;

    -- How many runs there are of each status, kept by triggers.
    CREATE TABLE automation_counts (
      automation_id      INTEGER NOT NULL REFERENCES automations (id) ON DELETE CASCADE,
      status             TEXT NOT NULL,
      count              INTEGER NOT NULL,
      PRIMARY KEY (automation_id, status)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER automation_runs_counted_insert AFTER INSERT ON automation_runs BEGIN
      INSERT INTO automation_counts VALUES (new.automation_id, new.status, 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
    END;
    CREATE TRIGGER automation_runs_counted_update AFTER UPDATE OF status ON automation_runs
      WHEN old.status <> new.status BEGIN
      UPDATE automation_counts SET count = count - 1
        WHERE automation_id = old.automation_id AND status = old.status;
      INSERT INTO automation_counts VALUES (new.automation_id, new.status, 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
    END;

    CREATE TABLE automation_steps (
      id                 INTEGER PRIMARY KEY,
      run_id             INTEGER NOT NULL REFERENCES automation_runs (id) ON DELETE CASCADE,
      step_id            TEXT NOT NULL,
      kind               TEXT NOT NULL,
      outcome            TEXT NOT NULL,
      code               TEXT,
      detail             TEXT,
      created_at         INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX automation_steps_by_run ON automation_steps (run_id, id);

    -- Up to which event the automations have followed the log.
    CREATE TABLE automation_cursor (
      id                 INTEGER PRIMARY KEY CHECK (id = 1),
      sequence           INTEGER NOT NULL
    ) STRICT;
    INSERT INTO automation_cursor SELECT 1, ifnull(max(seq), 0) FROM sqlite_sequence WHERE name = 'events';
    -- What happened, for the automations alone, among the events.
    CREATE INDEX events_for_automations ON events (sequence) WHERE audience = 'automations';

    -- Conversations in which someone waits for an answer, and until when an automation lets them.
    CREATE TABLE automation_timers (
      automation_id      INTEGER NOT NULL REFERENCES automations (id) ON DELETE CASCADE,
      trigger_id         TEXT NOT NULL,
      conversation_id    INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
      number             INTEGER NOT NULL,
      due_at             INTEGER NOT NULL,
      PRIMARY KEY (automation_id, trigger_id, conversation_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX automation_timers_due ON automation_timers (due_at);
    CREATE INDEX automation_timers_by_conversation ON automation_timers (conversation_id);

    -- Which deals have had their day, by the close date that it was reckoned from.
    CREATE TABLE automation_dates (
      automation_id      INTEGER NOT NULL REFERENCES automations (id) ON DELETE CASCADE,
      trigger_id         TEXT NOT NULL,
      deal_id            INTEGER NOT NULL REFERENCES deals (id) ON DELETE CASCADE,
      close_on           TEXT NOT NULL,
      PRIMARY KEY (automation_id, trigger_id, close_on, deal_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX automation_dates_by_deal ON automation_dates (deal_id);
    -- The last day that a trigger has been through wholly, and the deal up to which it has been through the day after.
    CREATE TABLE automation_days (
      automation_id      INTEGER NOT NULL REFERENCES automations (id) ON DELETE CASCADE,
      trigger_id         TEXT NOT NULL,
      through_on         TEXT NOT NULL,
      deal_id            INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (automation_id, trigger_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE notifications (
      id                 INTEGER PRIMARY KEY,
      agent_id           INTEGER NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
      text               TEXT NOT NULL,
      deal_id            INTEGER REFERENCES deals (id) ON DELETE SET NULL,
      contact_id         INTEGER REFERENCES contacts (id) ON DELETE SET NULL,
      conversation_id    INTEGER REFERENCES conversations (id) ON DELETE SET NULL,
      automation_id      INTEGER REFERENCES automations (id) ON DELETE SET NULL,
      created_at         INTEGER NOT NULL,
      read_at            INTEGER
    ) STRICT;
    CREATE INDEX notifications_by_agent ON notifications (agent_id, id);
    CREATE INDEX notifications_unread ON notifications (agent_id, id) WHERE read_at IS NULL;
    CREATE INDEX notifications_by_deal ON notifications (deal_id) WHERE deal_id IS NOT NULL;
    CREATE INDEX notifications_by_contact ON notifications (contact_id) WHERE contact_id IS NOT NULL;
    CREATE INDEX notifications_by_conversation ON notifications (conversation_id)
      WHERE conversation_id IS NOT NULL;
    CREATE INDEX notifications_by_automation ON notifications (automation_id) WHERE automation_id IS NOT NULL;

    ALTER TABLE deal_changes ADD COLUMN automation_id INTEGER REFERENCES automations (id) ON DELETE SET NULL;
    CREATE INDEX deal_changes_by_automation ON deal_changes (automation_id) WHERE automation_id IS NOT NULL;
    """
}
