import SQLite

/// What must hold in every database, as queries that count where it does not.
enum InvariantRecords {
  struct Invariant {
    let name: String
    /// Answers one number.
    let sql: String

    func violations(in snapshot: borrowing Snapshot) throws -> Int {
      try snapshot.first(sql) { $0.int(0) } ?? 0
    }
  }

  static let all: [Invariant] =
    [
      Invariant(
        name: "conversation numbers",
        sql: """
          SELECT count(*) FROM conversations c LEFT JOIN (
              SELECT conversation_id, max(number) AS last, count(*) AS count,
                max(number) FILTER (WHERE kind = 'text') AS last_text
                FROM messages GROUP BY conversation_id) m ON m.conversation_id = c.id
            WHERE c.last_number <> ifnull(m.last, 0) OR c.last_number <> ifnull(m.count, 0)
              OR c.last_text_number <> ifnull(m.last_text, 0)
          """),
      Invariant(
        name: "visitor numbers",
        sql: """
          SELECT count(*) FROM visitors v LEFT JOIN (
              SELECT visitor_id, max(visitor_number) AS last, count(visitor_number) AS count
                FROM messages GROUP BY visitor_id) m ON m.visitor_id = v.id
            WHERE v.last_number <> ifnull(m.last, 0) OR v.last_number <> ifnull(m.count, 0)
          """),
      Invariant(
        name: "conversation visitors",
        sql: """
          SELECT count(*) FROM messages m JOIN conversations c ON c.id = m.conversation_id
            WHERE c.visitor_id <> m.visitor_id
          """),
      Invariant(
        name: "conversation counts",
        sql: difference(
          "SELECT status, assignee_id, count FROM conversation_counts WHERE count <> 0",
          "SELECT status, ifnull(assignee_id, 0), count(*) FROM conversations GROUP BY 1, 2")),
      Invariant(
        name: "deal stages",
        sql: """
          SELECT count(*) FROM deals d JOIN stages s ON s.id = d.stage_id WHERE s.pipeline_id <> d.pipeline_id
          """),
      Invariant(
        name: "deal closing",
        sql: "SELECT count(*) FROM deals WHERE (status = 'open') <> (closed_at IS NULL)"),
      Invariant(
        name: "automation counts",
        sql: difference(
          "SELECT automation_id, status, count FROM automation_counts WHERE count <> 0",
          "SELECT automation_id, status, count(*) FROM automation_runs GROUP BY 1, 2")),
      Invariant(
        name: "automation runs",
        sql: "SELECT count(*) FROM automation_runs WHERE (status = 'active') <> (wake_at IS NOT NULL)"),
      Invariant(
        name: "event numbers",
        sql: """
          SELECT count(*) FROM events
            WHERE sequence > (SELECT ifnull(max(seq), 0) FROM sqlite_sequence WHERE name = 'events')
          """),
    ] + tallied.map(\.invariant) + searched.map(\.invariant) + RecordKind.allCases.map(fieldKinds)

  /// Each kind of record has values in its own fields only.
  private static func fieldKinds(of kind: RecordKind) -> Invariant {
    Invariant(
      name: "fields of \(kind)s",
      sql: """
        SELECT count(*) FROM \(kind)_fields v JOIN fields f ON f.id = v.field_id WHERE f.kind <> '\(kind)'
        """)
  }

  /// A table of counts and sums of deals, and what they are counted by.
  private struct Tallied {
    let name: String
    let table: String
    let columns: String
    let values: String
    var source = "deals"

    var invariant: Invariant {
      Invariant(
        name: name,
        sql: difference(
          "SELECT \(columns), count, billions, rest FROM \(table) WHERE count <> 0 OR billions <> 0 OR rest <> 0",
          """
          SELECT \(values), count(*), sum(value_minor / 1000000000), sum(value_minor % 1000000000)
            FROM \(source) GROUP BY \(values)
          """))
    }
  }

  private static let tallied = [
    Tallied(
      name: "deal totals", table: "deal_totals", columns: "pipeline_id, stage_id, owner_id, status, currency",
      values: "pipeline_id, stage_id, iif(owned.column1, owner_id, 0), status, currency",
      source: "deals JOIN (VALUES (0), (1)) AS owned"),
    Tallied(
      name: "tag totals", table: "deal_tag_totals",
      columns: "tag_id, pipeline_id, stage_id, status, currency",
      values: "tag_id, pipeline_id, stage_id, status, currency",
      source: "deal_tags JOIN deals ON deals.id = deal_id"),
    Tallied(
      name: "deal expectations", table: "deal_expectations", columns: "day, pipeline_id, stage_id, currency",
      values: "forecasted_close_on, pipeline_id, iif(status = 'open', stage_id, 0), currency",
      source: "deals WHERE forecasted_close_on IS NOT NULL"),
    Tallied(
      name: "deal closings", table: "deal_closings", columns: "status, span, slot, pipeline_id, currency",
      values:
        "status, spans.column1, closed_at / spans.column1 - (closed_at % spans.column1 < 0), pipeline_id, currency",
      source: "deals JOIN (VALUES (3600000), (86400000)) AS spans WHERE closed_at IS NOT NULL"),
    Tallied(
      name: "deal outcomes", table: "deal_outcomes",
      columns: "status, owner_id, span, slot, pipeline_id, currency",
      values: """
        status, owner_id, spans.column1, closed_at / spans.column1 - (closed_at % spans.column1 < 0), pipeline_id,
          currency
        """,
      source: """
        deals JOIN (VALUES (345600000), (1382400000), (5529600000)) AS spans WHERE closed_at IS NOT NULL
        """),
    Tallied(
      name: "loss reasons", table: "deal_loss_reasons",
      columns: "owner_id, span, slot, pipeline_id, currency, lost_reason",
      values: """
        iif(owned.column1, owner_id, 0), spans.column1, closed_at / spans.column1 - (closed_at % spans.column1 < 0),
          pipeline_id, currency, lost_reason
        """,
      source: """
        deals JOIN (VALUES (345600000), (1382400000), (5529600000)) AS spans JOIN (VALUES (0), (1)) AS owned
          WHERE status = 'lost' AND closed_at IS NOT NULL
        """),
    Tallied(
      name: "stage flow", table: "stage_flow_spans",
      columns: "stage_id, owner_id, span, slot, currency, fate",
      values: """
        stage_id, iif(owned.column1, owner_id, 0), days.column1 * 86400000, entered_at / 86400000 / days.column1,
          currency, fate
        """,
      source: "deal_stays JOIN (VALUES (8), (64)) AS days JOIN (VALUES (0), (1)) AS owned"),
  ]

  /// A table and which of its rows its full-text index holds.
  private struct Searched {
    let index: String
    let table: String
    var condition = "1"

    var invariant: Invariant {
      Invariant(
        name: "search of \(table)",
        sql: difference("SELECT id FROM \(index)_docsize", "SELECT id FROM \(table) WHERE \(condition)"))
    }
  }

  private static let searched =
    [
      Searched(index: "message_search", table: "messages", condition: "kind IN ('text', 'note')"),
      Searched(index: "visitor_search", table: "visitors", condition: "name <> '' OR email <> ''"),
      Searched(index: "contact_search", table: "contacts"),
      Searched(index: "account_search", table: "accounts"),
      Searched(index: "deal_search", table: "deals"),
    ]
    + RecordKind.allCases.map { kind in
      Searched(index: "\(kind)_field_search", table: "\(kind)_fields", condition: "text IS NOT NULL")
    }

  /// How many rows either query has that the other has not.
  private static func difference(_ one: String, _ other: String) -> String {
    """
    SELECT (SELECT count(*) FROM (\(one) EXCEPT \(other))) + (SELECT count(*) FROM (\(other) EXCEPT \(one)))
    """
  }

  /// The first 100 at most.
  static func pageFaults(in snapshot: borrowing Snapshot) throws -> [DataFault] {
    try snapshot.rows("PRAGMA integrity_check(100)") { $0.text(0) }
      .filter { $0 != "ok" }.map { DataFault(check: "pages", detail: $0) }
  }

  /// Rows that refer to none, by table.
  static func referenceFaults(in snapshot: borrowing Snapshot) throws -> [DataFault] {
    try snapshot.rows(
      "SELECT \"table\", count(*) FROM pragma_foreign_key_check GROUP BY 1 ORDER BY 1"
    ) { DataFault(check: "references", detail: "\($0.text(0)): \($0.int(1))") }
  }

  static func counts(
    in snapshot: borrowing Snapshot
  ) throws -> (conversations: Int, messages: Int, deals: Int) {
    try snapshot.first(
      """
      SELECT (SELECT count(*) FROM conversations), (SELECT count(*) FROM messages), (SELECT count(*) FROM deals)
      """
    ) { ($0.int(0), $0.int(1), $0.int(2)) } ?? (0, 0, 0)
  }
}
