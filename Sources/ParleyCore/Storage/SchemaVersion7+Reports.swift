extension Schema {
  /// What reports add up is kept by days of the workspace's calendar, and what is expected by owner too.
  static let version7Reports =
    ([
      """
      DROP TRIGGER deals_tallied_insert;
      DROP TRIGGER deals_tallied_delete;
      DROP TRIGGER deals_tallied_update;
      DROP TRIGGER deals_outcome_insert;
      DROP TRIGGER deals_outcome_delete;
      DROP TRIGGER deals_outcome_update;
      DROP TRIGGER deal_stays_counted_insert;
      DROP TRIGGER deal_stays_counted_delete;
      DROP TRIGGER deal_stays_counted_update;
      DROP TABLE deal_closings;
      DROP TABLE deal_outcomes;
      DROP TABLE deal_loss_reasons;
      DROP TABLE stage_flow_spans;
      DROP TABLE stage_flow;

      -- The calendar of the workspace's time zone: from since on, milliseconds after 1970 UTC, days of 24 hours begin, counted from 1970;
      -- the last of them ends where the next row begins, and may be longer or shorter. The program writes it, and counts anew what is kept
      -- by day, whenever the time zone is another: so also after this migration.
      CREATE TABLE workspace_days (
        since              INTEGER PRIMARY KEY,
        first_day          INTEGER NOT NULL,
        last_day           INTEGER NOT NULL
      ) STRICT;
      """,
      forecasts.table, forecasts.filling,
    ] + dailyTallies.map(\.tally.table) + [forecastTriggers, closingTriggers, flowTriggers])
    .joined(separator: "\n")

  /// What is kept by day of the workspace.
  static let dailyTallies = [outcomes, lossReasons, flow]

  /// What is expected on each day, for each owner and, as owner 0, for everybody: of open deals, of these by their stage's probability, in
  /// hundredths, and of all. day: counted from 1970; ``undated`` of deals without a close date.
  private static let forecasts = Tally(
    name: "deal_forecasts",
    keys: [
      ("owner_id", "INTEGER", { "iif(owned.column1, \($0).owner_id, 0)" }),
      ("day", "INTEGER", { "ifnull(unixepoch(\($0).forecasted_close_on) / 86400, \(undated))" }),
      ("pipeline_id", "INTEGER", { "\($0).pipeline_id" }), ("currency", "TEXT", { "\($0).currency" }),
    ],
    source: { _ in "(VALUES (0), (1)) AS owned WHERE 1" },
    sums: [
      ("open", { "\($0).status = 'open'" }),
      ("open_billions", { "iif(\($0).status = 'open', \($0).value_minor / 1000000000, 0)" }),
      ("open_rest", { "iif(\($0).status = 'open', \($0).value_minor % 1000000000, 0)" }),
      (
        "weighted_billions",
        { "iif(\($0).status = 'open', \($0).value_minor / 1000000000 * \(percent($0)), 0)" }
      ),
      ("weighted_rest", { "iif(\($0).status = 'open', \($0).value_minor % 1000000000 * \(percent($0)), 0)" }),
      ("count", { _ in "1" }), ("billions", { "\($0).value_minor / 1000000000" }),
      ("rest", { "\($0).value_minor % 1000000000" }),
    ])

  /// In place of a day, and before all of them.
  static let undated = -1_000_000

  private static func percent(_ row: String) -> String {
    "(SELECT probability FROM stages WHERE id = \(row).stage_id)"
  }

  /// Tags of a new deal come after it; those of one that goes are still there before it.
  private static let forecastTriggers = """
    CREATE TRIGGER deals_tallied_insert AFTER INSERT ON deals BEGIN
      \([totals, expectations, forecasts].map { $0.count("new") }.joined(separator: "\n"))
    END;
    CREATE TRIGGER deals_tallied_delete BEFORE DELETE ON deals BEGIN
      \([totals, tagTotals, expectations, forecasts].map { $0.count("old", "-") }.joined(separator: "\n"))
    END;
    CREATE TRIGGER deals_tallied_update AFTER UPDATE OF
        pipeline_id, stage_id, owner_id, status, currency, value_minor, forecasted_close_on ON deals
      WHEN old.stage_id <> new.stage_id OR old.pipeline_id <> new.pipeline_id OR old.owner_id <> new.owner_id
        OR old.status <> new.status OR old.currency <> new.currency OR old.value_minor <> new.value_minor
        OR old.forecasted_close_on IS NOT new.forecasted_close_on
    BEGIN
      \([totals, tagTotals, expectations, forecasts].map { $0.count("old", "-") + "\n" + $0.count("new") }
        .joined(separator: "\n"))
    END;
    -- Rarely, and then of a stage's open deals together.
    CREATE TRIGGER stages_weighed AFTER UPDATE OF probability ON stages WHEN old.probability <> new.probability BEGIN
      INSERT INTO deal_forecasts
        SELECT \(forecasts.keys.map { $0.value("deals") }.joined(separator: ", ")), 0, 0, 0,
            sum(value_minor / 1000000000) * (new.probability - old.probability),
            sum(value_minor % 1000000000) * (new.probability - old.probability), 0, 0, 0
          FROM deals CROSS JOIN (VALUES (0), (1)) AS owned WHERE stage_id = new.id AND status = 'open' GROUP BY 1, 2, 3, 4
        ON CONFLICT DO UPDATE SET weighted_billions = weighted_billions + excluded.weighted_billions,
          weighted_rest = weighted_rest + excluded.weighted_rest;
    END;
    """

  /// What was won and lost.
  private static let outcomes = DailyTally(
    name: "deal_outcomes", table: "deals", moment: "closed_at", condition: { "\($0).closed_at IS NOT NULL" },
    last: [("pipeline_id", "INTEGER"), ("currency", "TEXT")],
    sums: ["won", "lost"].flatMap { status -> [(String, @Sendable (String) -> String)] in
      [
        (status, { "\($0).status = '\(status)'" }),
        ("\(status)_billions", { "iif(\($0).status = '\(status)', \($0).value_minor / 1000000000, 0)" }),
        ("\(status)_rest", { "iif(\($0).status = '\(status)', \($0).value_minor % 1000000000, 0)" }),
      ]
    })

  /// Why deals were lost.
  private static let lossReasons = DailyTally(
    name: "deal_loss_reasons", table: "deals", moment: "closed_at",
    condition: { "\($0).status = 'lost' AND \($0).closed_at IS NOT NULL" },
    last: [("pipeline_id", "INTEGER"), ("currency", "TEXT"), ("lost_reason", "TEXT")])

  /// Open deals, and changes of them that leave them open, cost nothing.
  private static let closingTriggers = """
    CREATE TRIGGER deals_outcome_insert AFTER INSERT ON deals WHEN new.closed_at IS NOT NULL BEGIN
      \(closings.map { $0.count("new") }.joined(separator: "\n"))
    END;
    CREATE TRIGGER deals_outcome_delete BEFORE DELETE ON deals WHEN old.closed_at IS NOT NULL BEGIN
      \(closings.map { $0.count("old", "-") }.joined(separator: "\n"))
    END;
    CREATE TRIGGER deals_outcome_update AFTER UPDATE OF
        pipeline_id, owner_id, status, currency, value_minor, closed_at, lost_reason ON deals
      WHEN (old.closed_at IS NOT NULL OR new.closed_at IS NOT NULL)
        AND (old.pipeline_id <> new.pipeline_id OR old.owner_id <> new.owner_id OR old.status <> new.status
          OR old.currency <> new.currency OR old.value_minor <> new.value_minor
          OR old.closed_at IS NOT new.closed_at OR old.lost_reason <> new.lost_reason)
    BEGIN
      \(closings.map { $0.count("old", "-") + "\n" + $0.count("new") }.joined(separator: "\n"))
    END;
    """

  private static let closings = [outcomes.tally, lossReasons.tally]

  /// The stays that began, and what became of them.
  private static let flow = DailyTally(
    name: "stage_flow", table: "deal_stays", moment: "entered_at", condition: { _ in "1" },
    first: [("stage_id", "INTEGER")], last: [("currency", "TEXT"), ("fate", "TEXT")])

  private static let flowTriggers = """
    CREATE TRIGGER deal_stays_counted_insert AFTER INSERT ON deal_stays BEGIN
      \(flow.tally.count("new"))
    END;
    CREATE TRIGGER deal_stays_counted_delete AFTER DELETE ON deal_stays BEGIN
      \(flow.tally.count("old", "-"))
    END;
    CREATE TRIGGER deal_stays_counted_update AFTER UPDATE OF owner_id, currency, value_minor, fate ON deal_stays
      WHEN old.owner_id <> new.owner_id OR old.currency <> new.currency OR old.value_minor <> new.value_minor
        OR old.fate <> new.fate
    BEGIN
      \(flow.tally.count("old", "-"))
      \(flow.tally.count("new"))
    END;
    """
}
