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
      Invariant(
        name: "messages that wait for the search",
        sql: """
          SELECT max(0, count(*) - \(UnindexedMessages.most - 1)) FROM messages
            WHERE kind IN ('text', 'note') AND id > \(lastIndexed)
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
    /// What is kept, and what that is of a row. What is nothing may be kept, or not.
    var sums = [
      ("count", "1"), ("billions", "value_minor / 1000000000"), ("rest", "value_minor % 1000000000"),
    ]

    var invariant: Invariant {
      let kept = sums.map(\.0)
      return Invariant(
        name: name,
        sql: difference(
          """
          SELECT \(columns), \(kept.joined(separator: ", ")) FROM \(table)
            WHERE \(kept.map { "\($0) <> 0" }.joined(separator: " OR "))
          """,
          """
          SELECT \(values), \(sums.map { "sum(\($0.1))" }.joined(separator: ", ")) FROM \(source) GROUP BY \(values)
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
      name: "deal forecasts", table: "deal_forecasts", columns: "owner_id, day, pipeline_id, currency",
      values: """
        iif(owned.column1, owner_id, 0), ifnull(julianday(forecasted_close_on) - 2440587.5, \(Schema.undated)),
          deals.pipeline_id, currency
        """,
      source: "deals JOIN stages ON stages.id = stage_id JOIN (VALUES (0), (1)) AS owned",
      sums: [
        ("open", "status = 'open'"), ("open_billions", "(status = 'open') * (value_minor / 1000000000)"),
        ("open_rest", "(status = 'open') * (value_minor % 1000000000)"),
        ("weighted_billions", "(status = 'open') * (value_minor / 1000000000) * probability"),
        ("weighted_rest", "(status = 'open') * (value_minor % 1000000000) * probability"),
        ("count", "1"), ("billions", "value_minor / 1000000000"), ("rest", "value_minor % 1000000000"),
      ]),
    Tallied(
      name: "deal outcomes", table: "deal_outcomes", columns: "owner_id, span, slot, pipeline_id, currency",
      values:
        "iif(owned.column1, owner_id, 0), spans.column1, \(slot(of: "closed_at")), pipeline_id, currency",
      source: "deals \(eachOwnerAndSpan) WHERE closed_at IS NOT NULL",
      sums: ["won", "lost"].flatMap { status in
        [
          (status, "status = '\(status)'"),
          ("\(status)_billions", "(status = '\(status)') * (value_minor / 1000000000)"),
          ("\(status)_rest", "(status = '\(status)') * (value_minor % 1000000000)"),
        ]
      }),
    Tallied(
      name: "loss reasons", table: "deal_loss_reasons",
      columns: "owner_id, span, slot, pipeline_id, currency, lost_reason",
      values: """
        iif(owned.column1, owner_id, 0), spans.column1, \(slot(of: "closed_at")), pipeline_id, currency, lost_reason
        """,
      source: "deals \(eachOwnerAndSpan) WHERE status = 'lost' AND closed_at IS NOT NULL"),
    Tallied(
      name: "stage flow", table: "stage_flow", columns: "stage_id, owner_id, span, slot, currency, fate",
      values: """
        stage_id, iif(owned.column1, owner_id, 0), spans.column1, \(slot(of: "entered_at")), currency, fate
        """,
      source: "deal_stays \(eachOwnerAndSpan)"),
  ]

  private static let eachOwnerAndSpan =
    "JOIN (VALUES (0), (1)) AS owned JOIN (VALUES (1), (8), (64)) AS spans"

  /// Rounded down by a remainder that is never negative.
  private static func slot(of moment: String) -> String {
    let day = Schema.day(of: moment)
    return "(\(day) - (\(day) % spans.column1 + spans.column1) % spans.column1) / spans.column1"
  }

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

  private static let lastIndexed = "ifnull((SELECT max(id) FROM message_search_docsize), 0)"

  private static let searched =
    [
      // The last ones wait for the next who searches.
      Searched(
        index: "message_search", table: "messages",
        condition: "kind IN ('text', 'note') AND id <= \(lastIndexed)"),
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
