extension Schema {
  /// How deals went through the stages of their pipelines.
  static let version4StageHistory = """
    -- A stay of an open deal in a stage. fate: what ended it; 'there' while it lasts, 'onward' and 'back' to a stage behind or
    -- before it as they stood then, 'away' to another pipeline. A deal that is opened again goes on with the stay in which it
    -- was closed. owner_id, currency and value_minor are the deal's, and follow it
    -- while it is in the stage's pipeline: who sees only that one learns nothing of another. A stage may be gone: no key
    -- refers to it.
    CREATE TABLE deal_stays (
      id                 INTEGER PRIMARY KEY,
      deal_id            INTEGER NOT NULL REFERENCES deals (id) ON DELETE CASCADE,
      stage_id           INTEGER NOT NULL,
      owner_id           INTEGER NOT NULL,
      currency           TEXT NOT NULL,
      value_minor        INTEGER NOT NULL,
      entered_at         INTEGER NOT NULL,
      left_at            INTEGER,
      fate               TEXT NOT NULL CHECK (fate IN ('there', 'onward', 'back', 'away', 'won', 'lost')),
      CHECK ((left_at IS NULL) = (fate = 'there'))
    ) STRICT;
    CREATE INDEX deal_stays_by_deal ON deal_stays (deal_id, id);
    CREATE INDEX deal_stays_by_entry ON deal_stays
      (stage_id, fate, entered_at, owner_id, currency, value_minor, deal_id);
    CREATE INDEX deal_stays_by_leaving ON deal_stays (stage_id, left_at, owner_id, currency, entered_at);

    -- How many stays began on each day of UTC and what became of them, once for each owner and once, as owner 0, for all of
    -- them. A report over a range adds up its whole days here, and reads the stays only of what its first and last day have of a
    -- day of UTC. Sums as in deal_totals.
    CREATE TABLE stage_flow (
      stage_id           INTEGER NOT NULL,
      owner_id           INTEGER NOT NULL,
      day                INTEGER NOT NULL,
      currency           TEXT NOT NULL,
      fate               TEXT NOT NULL,
      count              INTEGER NOT NULL,
      billions           INTEGER NOT NULL,
      rest               INTEGER NOT NULL,
      PRIMARY KEY (stage_id, owner_id, day, currency, fate)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER deal_stays_counted_insert AFTER INSERT ON deal_stays BEGIN
      INSERT INTO stage_flow
        SELECT new.stage_id, column1, new.entered_at / 86400000, new.currency, new.fate, 1,
            new.value_minor / 1000000000, new.value_minor % 1000000000
          FROM (VALUES (0), (new.owner_id)) WHERE 1
        ON CONFLICT DO UPDATE SET count = count + 1, billions = billions + excluded.billions,
          rest = rest + excluded.rest;
    END;
    CREATE TRIGGER deal_stays_counted_delete AFTER DELETE ON deal_stays BEGIN
      UPDATE stage_flow SET count = count - 1, billions = billions - old.value_minor / 1000000000,
          rest = rest - old.value_minor % 1000000000
        WHERE stage_id = old.stage_id AND owner_id IN (0, old.owner_id) AND day = old.entered_at / 86400000
          AND currency = old.currency AND fate = old.fate;
    END;
    CREATE TRIGGER deal_stays_counted_update AFTER UPDATE OF owner_id, currency, value_minor, fate ON deal_stays
      WHEN old.owner_id <> new.owner_id OR old.currency <> new.currency OR old.value_minor <> new.value_minor
        OR old.fate <> new.fate
    BEGIN
      UPDATE stage_flow SET count = count - 1, billions = billions - old.value_minor / 1000000000,
          rest = rest - old.value_minor % 1000000000
        WHERE stage_id = old.stage_id AND owner_id IN (0, old.owner_id) AND day = old.entered_at / 86400000
          AND currency = old.currency AND fate = old.fate;
      INSERT INTO stage_flow
        SELECT new.stage_id, column1, new.entered_at / 86400000, new.currency, new.fate, 1,
            new.value_minor / 1000000000, new.value_minor % 1000000000
          FROM (VALUES (0), (new.owner_id)) WHERE 1
        ON CONFLICT DO UPDATE SET count = count + 1, billions = billions + excluded.billions,
          rest = rest + excluded.rest;
    END;

    -- What is known of the time before: where each deal was moved, by its history. Stays in stages that are gone are left out,
    -- and moves of deals that were closed already.
    INSERT INTO deal_stays (deal_id, stage_id, owner_id, currency, value_minor, entered_at, left_at, fate)
      WITH moves AS (
        SELECT deal_id, id AS place, json_extract(from_value, '$.id') AS from_stage,
            json_extract(to_value, '$.id') AS to_stage, created_at AS entered_at
          FROM deal_changes WHERE field = 'stage'
      ),
      firsts AS (SELECT deal_id, min(place) AS place, from_stage FROM moves GROUP BY deal_id),
      steps AS (
        SELECT deals.id AS deal_id, 0 AS place, ifnull(firsts.from_stage, deals.stage_id) AS stage_id,
            deals.created_at AS entered_at
          FROM deals LEFT JOIN firsts ON firsts.deal_id = deals.id
        UNION ALL
        SELECT moves.deal_id, moves.place, moves.to_stage, moves.entered_at
          FROM moves JOIN deals ON deals.id = moves.deal_id
          WHERE deals.closed_at IS NULL OR moves.entered_at <= deals.closed_at
      ),
      followed AS (
        SELECT *, lead(stage_id) OVER later AS next_stage, lead(entered_at) OVER later AS next_at
          FROM steps WINDOW later AS (PARTITION BY deal_id ORDER BY place)
      )
      SELECT followed.deal_id, stages.id, deals.owner_id, deals.currency, deals.value_minor,
          followed.entered_at,
          max(followed.entered_at, CASE
            WHEN followed.next_at IS NOT NULL THEN followed.next_at
            WHEN deals.status <> 'open' THEN ifnull(deals.closed_at, followed.entered_at) END),
          CASE
            WHEN followed.next_at IS NULL THEN iif(deals.status = 'open', 'there', deals.status)
            WHEN next.pipeline_id = stages.pipeline_id
              THEN iif(next.position > stages.position, 'onward', 'back')
            ELSE 'away' END
        FROM followed
          JOIN deals ON deals.id = followed.deal_id
          JOIN stages ON stages.id = followed.stage_id
          LEFT JOIN stages AS next ON next.id = followed.next_stage
        ORDER BY followed.deal_id, followed.place;

    -- From here on, by the same write that changes the deal.
    CREATE TRIGGER deals_stay_insert AFTER INSERT ON deals BEGIN
      INSERT INTO deal_stays (deal_id, stage_id, owner_id, currency, value_minor, entered_at, left_at, fate)
        VALUES (new.id, new.stage_id, new.owner_id, new.currency, new.value_minor,
          max(new.stage_entered_at, new.created_at),
          iif(new.status = 'open', NULL,
            max(ifnull(new.closed_at, 0), new.stage_entered_at, new.created_at)),
          iif(new.status = 'open', 'there', new.status));
    END;
    CREATE TRIGGER deals_stay_followed AFTER UPDATE OF owner_id, currency, value_minor ON deals
      WHEN old.owner_id <> new.owner_id OR old.currency <> new.currency OR old.value_minor <> new.value_minor
    BEGIN
      UPDATE deal_stays SET owner_id = new.owner_id, currency = new.currency, value_minor = new.value_minor
        WHERE deal_id = new.id AND stage_id IN (SELECT id FROM stages WHERE pipeline_id = new.pipeline_id);
    END;
    -- Moved while open, and perhaps closed by the same change; or opened again in another stage than it was closed in.
    CREATE TRIGGER deals_stay_moved AFTER UPDATE OF stage_id, status ON deals
      WHEN old.stage_id <> new.stage_id AND (old.status = 'open' OR new.status = 'open')
    BEGIN
      UPDATE deal_stays SET left_at = max(entered_at, new.stage_entered_at),
          fate = CASE WHEN old.pipeline_id <> new.pipeline_id THEN 'away'
            WHEN (SELECT position FROM stages WHERE id = new.stage_id)
              > (SELECT position FROM stages WHERE id = old.stage_id) THEN 'onward'
            ELSE 'back' END
        WHERE deal_id = new.id AND fate = 'there';
      INSERT INTO deal_stays (deal_id, stage_id, owner_id, currency, value_minor, entered_at, left_at, fate)
        VALUES (new.id, new.stage_id, new.owner_id, new.currency, new.value_minor,
          new.stage_entered_at,
          iif(new.status = 'open', NULL, max(ifnull(new.closed_at, 0), new.stage_entered_at)),
          iif(new.status = 'open', 'there', new.status));
    END;
    CREATE TRIGGER deals_stay_closed AFTER UPDATE OF status, closed_at ON deals
      WHEN old.stage_id = new.stage_id AND new.status <> 'open'
        AND (old.status <> new.status OR old.closed_at IS NOT new.closed_at)
    BEGIN
      UPDATE deal_stays SET left_at = max(entered_at, ifnull(new.closed_at, entered_at)), fate = new.status
        WHERE id = (SELECT max(id) FROM deal_stays WHERE deal_id = new.id) AND fate IN ('there', 'won', 'lost');
    END;
    CREATE TRIGGER deals_stay_opened AFTER UPDATE OF status ON deals
      WHEN old.stage_id = new.stage_id AND old.status <> 'open' AND new.status = 'open'
    BEGIN
      UPDATE deal_stays SET left_at = NULL, fate = 'there'
        WHERE id = (SELECT max(id) FROM deal_stays WHERE deal_id = new.id) AND stage_id = new.stage_id;
      INSERT INTO deal_stays (deal_id, stage_id, owner_id, currency, value_minor, entered_at, left_at, fate)
        SELECT new.id, new.stage_id, new.owner_id, new.currency, new.value_minor,
            max(new.stage_entered_at, new.last_activity_at), NULL, 'there'
          WHERE NOT EXISTS (SELECT 1 FROM deal_stays WHERE deal_id = new.id AND fate = 'there');
    END;
    """
}
