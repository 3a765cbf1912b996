extension Schema {
  /// The day of the workspace's calendar that a moment is in, counted from 1970.
  static func day(of moment: String) -> String {
    """
    (SELECT min(first_day + (\(moment) - since) / 86400000, last_day) FROM workspace_days WHERE since <= \(moment)
      ORDER BY since DESC LIMIT 1)
    """
  }

  /// A table of what happened on each day of the workspace's calendar, by 1, 8 and 64 days together, for each owner and, as owner 0, for
  /// everybody. slot: how many spans after 1970, rounded down, also before it.
  struct DailyTally: Sendable {
    typealias Key = (column: String, type: String)

    let name: String
    /// Whose rows are counted, and when they happened.
    let table: String
    let moment: String
    /// Which of them, whose columns stand behind `\(row).`.
    let condition: @Sendable (_ row: String) -> String
    /// What else tells them apart, by columns of their own: before the owner and the span, and behind these.
    var first: [Key] = []
    let last: [Key]
    var sums: [(column: String, value: @Sendable (_ row: String) -> String)]?

    var tally: Tally {
      let owners: [Tally.Key] = [
        ("owner_id", "INTEGER", { "iif(owned.column1, \($0).owner_id, 0)" }),
        ("span", "INTEGER", { _ in "spans.column1" }),
        ("slot", "INTEGER", { _ in Self.slot(of: "dated.day", "spans.column1") }),
      ]
      let (moment, condition) = (moment, condition)
      var tally = Tally(name: name, keys: first.map(Self.own) + owners + last.map(Self.own)) { row in
        """
        (SELECT \(Schema.day(of: "\(row).\(moment)")) AS day) AS dated JOIN (VALUES (1), (8), (64)) AS spans
          JOIN (VALUES (0), (1)) AS owned WHERE \(condition(row))
        """
      }
      if let sums { tally.sums = sums }
      return tally
    }

    /// Counts all anew: each owner's days first, then what they come to together.
    var refilling: [String] {
      let tally = tally
      let sums = tally.sums.map { "sum(\($0.column))" }.joined(separator: ", ")
      let (before, behind) = (
        first.map { $0.column + ", " }.joined(), last.map(\.column).joined(separator: ", ")
      )
      let positions = (1...tally.keys.count).map(String.init).joined(separator: ", ")
      return [
        "DELETE FROM \(name)",
        """
        INSERT INTO \(name)
          SELECT \(before)owner_id, 1, \(Schema.day(of: moment)), \(behind),
              \(tally.sums.map { "sum(\($0.value(table)))" }.joined(separator: ", "))
            FROM \(table) WHERE \(condition(table)) GROUP BY \(positions)
        """,
        """
        INSERT INTO \(name) SELECT \(before)0, 1, slot, \(behind), \(sums) FROM \(name) GROUP BY \(positions)
        """,
        """
        INSERT INTO \(name)
          SELECT \(before)owner_id, spans.column1, \(Self.slot(of: "slot", "spans.column1")), \(behind), \(sums)
            FROM \(name) CROSS JOIN (VALUES (8), (64)) AS spans WHERE span = 1 GROUP BY \(positions)
        """,
      ]
    }

    private static func own(_ key: Key) -> Tally.Key {
      (key.column, key.type, { "\($0).\(key.column)" })
    }

    private static func slot(of day: String, _ span: String) -> String {
      "\(day) / \(span) - (\(day) % \(span) < 0)"
    }
  }
}
