extension Schema {
  /// Counts and sums that lists and reports would otherwise add up, and longer beginnings of words in the indexes of names.
  static let version5 =
    ([
      """
      -- The program puts messages into the index of the search, at the end of a commit.
      DROP TRIGGER messages_indexed;

      -- Sums of values are kept in two parts, as everywhere: billions of minor units, and the rest. owner_id: an agent's, or 0 for
      -- everybody's together.
      DROP TRIGGER deals_totalled_insert;
      DROP TRIGGER deals_totalled_delete;
      DROP TRIGGER deals_totalled_update;
      DROP TABLE deal_totals;
      """
    ] + tallies.flatMap { [$0.table, $0.filling] } + [
      dealTriggers, tagTriggers,
      """
      CREATE INDEX deals_by_owner_forecast ON deals (
        owner_id, forecasted_close_on, status, currency, stage_id, pipeline_id, value_minor
      );
      """, nameIndexes,
    ]).joined(separator: "\n")

  /// A table of how many deals there are of a kind and what they are worth, which the writes that change a deal keep. Kept too of what
  /// else has a value.
  struct Tally: Sendable {
    typealias Key = (column: String, type: String, value: @Sendable (_ row: String) -> String)

    let name: String
    /// The columns that tell the kinds apart, and what they are of a deal, whose columns stand behind `\(row).`.
    let keys: [Key]
    /// Where a deal counts more than once, or not always: FROM and WHERE.
    let source: @Sendable (_ row: String) -> String
    /// What is added up.
    var sums: [(column: String, value: @Sendable (_ row: String) -> String)] = [
      ("count", { _ in "1" }), ("billions", { "\($0).value_minor / 1000000000" }),
      ("rest", { "\($0).value_minor % 1000000000" }),
    ]

    var table: String {
      """
      CREATE TABLE \(name) (
        \(keys.map { "\($0.column) \($0.type) NOT NULL," }.joined(separator: "\n  "))
        \(sums.map { "\($0.column) INTEGER NOT NULL," }.joined(separator: "\n  "))
        PRIMARY KEY (\(columns))
      ) STRICT, WITHOUT ROWID;
      """
    }

    var filling: String {
      """
      INSERT INTO \(name)
        SELECT \(values(of: "deals")), \(sums.map { "sum(\($0.value("deals")))" }.joined(separator: ", "))
          FROM deals CROSS JOIN \(source("deals")) GROUP BY \(positions);
      """
    }

    /// - Parameter sign: empty for a deal that comes, a minus for one that goes.
    func count(_ row: String, _ sign: String = "") -> String {
      """
      INSERT INTO \(name)
        SELECT \(values(of: row)), \(sums.map { "\(sign)(\($0.value(row)))" }.joined(separator: ", "))
          FROM \(source(row))
        ON CONFLICT DO UPDATE SET
          \(sums.map { "\($0.column) = \($0.column) + excluded.\($0.column)" }.joined(separator: ", "));
      """
    }

    private var columns: String { keys.map(\.column).joined(separator: ", ") }
    private var positions: String { (1...keys.count).map(String.init).joined(separator: ", ") }

    private func values(of row: String) -> String {
      keys.map { $0.value(row) }.joined(separator: ", ")
    }
  }

  private static let tallies = [totals, tagTotals, expectations, closings]

  /// What the columns of the boards come to, for everybody and for each owner.
  static let totals = Tally(
    name: "deal_totals",
    keys: [
      ("pipeline_id", "INTEGER", { "\($0).pipeline_id" }), ("stage_id", "INTEGER", { "\($0).stage_id" }),
      ("owner_id", "INTEGER", { "iif(owned.column1, \($0).owner_id, 0)" }),
      ("status", "TEXT", { "\($0).status" }),
      ("currency", "TEXT", { "\($0).currency" }),
    ],
    source: { _ in "(VALUES (0), (1)) AS owned WHERE 1" })

  /// The same for each tag.
  static let tagTotals = Tally(
    name: "deal_tag_totals",
    keys: [
      ("tag_id", "INTEGER", { _ in "deal_tags.tag_id" }), ("pipeline_id", "INTEGER", { "\($0).pipeline_id" }),
      ("stage_id", "INTEGER", { "\($0).stage_id" }), ("status", "TEXT", { "\($0).status" }),
      ("currency", "TEXT", { "\($0).currency" }),
    ],
    source: { "deal_tags WHERE deal_tags.deal_id = \($0).id" })

  /// What is expected on each day. stage_id: of open deals, whose stage has a probability; 0 of closed ones.
  static let expectations = Tally(
    name: "deal_expectations",
    keys: [
      ("day", "TEXT", { "\($0).forecasted_close_on" }), ("pipeline_id", "INTEGER", { "\($0).pipeline_id" }),
      ("stage_id", "INTEGER", { "iif(\($0).status = 'open', \($0).stage_id, 0)" }),
      ("currency", "TEXT", { "\($0).currency" }),
    ],
    source: { "(SELECT 1) WHERE \($0).forecasted_close_on IS NOT NULL" })

  /// What was closed in each hour and on each day of UTC. span: its length in milliseconds; slot: how many of these after 1970 it is.
  private static let closings = Tally(
    name: "deal_closings",
    keys: [
      ("status", "TEXT", { "\($0).status" }), ("span", "INTEGER", { _ in "spans.column1" }),
      // Rounded down, also before 1970.
      ("slot", "INTEGER", { "\($0).closed_at / spans.column1 - (\($0).closed_at % spans.column1 < 0)" }),
      ("pipeline_id", "INTEGER", { "\($0).pipeline_id" }), ("currency", "TEXT", { "\($0).currency" }),
    ],
    source: { "(VALUES (3600000), (86400000)) AS spans WHERE \($0).closed_at IS NOT NULL" })

  /// Tags of a new deal come after it; those of one that goes are still there before it.
  private static let dealTriggers = """
    CREATE TRIGGER deals_tallied_insert AFTER INSERT ON deals BEGIN
      \([totals, expectations, closings].map { $0.count("new") }.joined(separator: "\n"))
    END;
    CREATE TRIGGER deals_tallied_delete BEFORE DELETE ON deals BEGIN
      \(tallies.map { $0.count("old", "-") }.joined(separator: "\n"))
    END;
    CREATE TRIGGER deals_tallied_update AFTER UPDATE OF
        pipeline_id, stage_id, owner_id, status, currency, value_minor, forecasted_close_on, closed_at ON deals
      WHEN old.stage_id <> new.stage_id OR old.pipeline_id <> new.pipeline_id OR old.owner_id <> new.owner_id
        OR old.status <> new.status OR old.currency <> new.currency OR old.value_minor <> new.value_minor
        OR old.forecasted_close_on IS NOT new.forecasted_close_on OR old.closed_at IS NOT new.closed_at
    BEGIN
      \(tallies.map { $0.count("old", "-") + "\n" + $0.count("new") }.joined(separator: "\n"))
    END;
    """

  /// Those that go with their deal find it gone: they were counted off before.
  private static let tagTriggers = """
    CREATE TRIGGER deal_tags_tallied_insert AFTER INSERT ON deal_tags BEGIN
      \(tagged("new"))
    END;
    CREATE TRIGGER deal_tags_tallied_delete AFTER DELETE ON deal_tags BEGIN
      \(tagged("old", "-"))
    END;
    """

  private static func tagged(_ row: String, _ sign: String = "") -> String {
    """
    INSERT INTO deal_tag_totals
      SELECT \(row).tag_id, pipeline_id, stage_id, status, currency, \(sign)1, \(sign)(value_minor / 1000000000),
          \(sign)(value_minor % 1000000000)
        FROM deals WHERE id = \(row).deal_id
      ON CONFLICT DO UPDATE SET count = count + excluded.count, billions = billions + excluded.billions,
        rest = rest + excluded.rest;
    """
  }

  /// What is typed of a name is found without going through all the names that begin so, up to six letters; few words share more.
  private static let nameIndexes = [
    ("contact", ["first_name", "last_name", "email"]), ("account", ["name"]),
  ].map { kind, columns in
    """
    DROP TABLE \(kind)_search;
    CREATE VIRTUAL TABLE \(kind)_search USING fts5 (
      \(columns.joined(separator: ", ")), content = '\(kind)s', content_rowid = 'id',
      tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3 4 5 6'
    );
    INSERT INTO \(kind)_search (\(kind)_search) VALUES ('rebuild');
    """
  }.joined(separator: "\n")
}
