extension Schema {
  /// What reports over long ranges come to, kept by several days together.
  static let version6 =
    (outcomeTallies.flatMap { [$0.table, $0.filling] } + [outcomeTriggers, flowSpans])
    .joined(separator: "\n")

  private static let outcomeTallies = [outcomes, lossReasons]

  /// 4, 16 and 64 days of UTC: a year is few of them, and there are fewer owners, pipelines and currencies than deals in each.
  private static let spans = "(VALUES (345600000), (1382400000), (5529600000)) AS spans"

  private static let span: (column: String, type: String, value: @Sendable (String) -> String) =
    ("span", "INTEGER", { _ in "spans.column1" })
  /// How many spans after 1970, rounded down, also before it.
  private static let slot: (column: String, type: String, value: @Sendable (String) -> String) =
    ("slot", "INTEGER", { "\($0).closed_at / spans.column1 - (\($0).closed_at % spans.column1 < 0)" })

  /// What each owner won and lost.
  private static let outcomes = Tally(
    name: "deal_outcomes",
    keys: [
      ("status", "TEXT", { "\($0).status" }), ("owner_id", "INTEGER", { "\($0).owner_id" }), span, slot,
      ("pipeline_id", "INTEGER", { "\($0).pipeline_id" }), ("currency", "TEXT", { "\($0).currency" }),
    ],
    source: { "\(spans) WHERE \($0).closed_at IS NOT NULL" })

  /// Why deals were lost, for everybody, as owner 0, and for each owner.
  private static let lossReasons = Tally(
    name: "deal_loss_reasons",
    keys: [
      ("owner_id", "INTEGER", { "iif(owned.column1, \($0).owner_id, 0)" }), span, slot,
      ("pipeline_id", "INTEGER", { "\($0).pipeline_id" }), ("currency", "TEXT", { "\($0).currency" }),
      ("lost_reason", "TEXT", { "\($0).lost_reason" }),
    ],
    source: {
      "\(spans) JOIN (VALUES (0), (1)) AS owned WHERE \($0).status = 'lost' AND \($0).closed_at IS NOT NULL"
    })

  /// Open deals, and changes of them that leave them open, cost nothing.
  private static let outcomeTriggers = """
    CREATE TRIGGER deals_outcome_insert AFTER INSERT ON deals WHEN new.closed_at IS NOT NULL BEGIN
      \(outcomeTallies.map { $0.count("new") }.joined(separator: "\n"))
    END;
    CREATE TRIGGER deals_outcome_delete BEFORE DELETE ON deals WHEN old.closed_at IS NOT NULL BEGIN
      \(outcomeTallies.map { $0.count("old", "-") }.joined(separator: "\n"))
    END;
    CREATE TRIGGER deals_outcome_update AFTER UPDATE OF
        pipeline_id, owner_id, status, currency, value_minor, closed_at, lost_reason ON deals
      WHEN (old.closed_at IS NOT NULL OR new.closed_at IS NOT NULL)
        AND (old.pipeline_id <> new.pipeline_id OR old.owner_id <> new.owner_id OR old.status <> new.status
          OR old.currency <> new.currency OR old.value_minor <> new.value_minor
          OR old.closed_at IS NOT new.closed_at OR old.lost_reason <> new.lost_reason)
    BEGIN
      \(outcomeTallies.map { $0.count("old", "-") + "\n" + $0.count("new") }.joined(separator: "\n"))
    END;
    """

  /// The days of stage_flow, 8 and 64 together. What changes a day changes what it is part of.
  private static let flowSpans = """
    CREATE TABLE stage_flow_spans (
      stage_id           INTEGER NOT NULL,
      owner_id           INTEGER NOT NULL,
      span               INTEGER NOT NULL,
      slot               INTEGER NOT NULL,
      currency           TEXT NOT NULL,
      fate               TEXT NOT NULL,
      count              INTEGER NOT NULL,
      billions           INTEGER NOT NULL,
      rest               INTEGER NOT NULL,
      PRIMARY KEY (stage_id, owner_id, span, slot, currency, fate)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO stage_flow_spans
      SELECT stage_id, owner_id, days.column1 * 86400000, day / days.column1, currency, fate, sum(count), sum(billions),
          sum(rest)
        FROM stage_flow CROSS JOIN (VALUES (8), (64)) AS days GROUP BY 1, 2, 3, 4, 5, 6;
    CREATE TRIGGER stage_flow_spanned_insert AFTER INSERT ON stage_flow BEGIN
      \(spanned(count: "new.count", billions: "new.billions", rest: "new.rest"))
    END;
    CREATE TRIGGER stage_flow_spanned_update AFTER UPDATE OF count, billions, rest ON stage_flow BEGIN
      \(spanned(
        count: "new.count - old.count", billions: "new.billions - old.billions", rest: "new.rest - old.rest"))
    END;
    """

  private static func spanned(count: String, billions: String, rest: String) -> String {
    """
    INSERT INTO stage_flow_spans
      SELECT new.stage_id, new.owner_id, days.column1 * 86400000, new.day / days.column1, new.currency, new.fate,
          \(count), \(billions), \(rest)
        FROM (VALUES (8), (64)) AS days WHERE 1
      ON CONFLICT DO UPDATE SET count = count + excluded.count, billions = billions + excluded.billions,
        rest = rest + excluded.rest;
    """
  }
}
