import Testing

@testable import SQLite

@Suite("Statements and rows")
struct StatementTests {
  let scratch: Scratch
  let database: Database

  init() throws {
    scratch = try Scratch()
    database = try scratch.open()
  }

  @Test(
    "a value comes back as it was bound",
    arguments: [
      Value.null, .integer(0), .integer(.max), .integer(.min), .real(1.5), .text(""), .text("Grüße 👍🏽"),
      .text("a\u{0}b"), .text("'; DROP TABLE notes; --"), .blob([]), .blob([0, 255, 1]),
    ])
  func roundTrip(value: Value) async throws {
    let back = try await database.read { snapshot in
      try snapshot.first("SELECT ?1, typeof(?1)", value) { row -> Value in
        switch row.text(1) {
        case "integer": .integer(row.int64(0))
        case "real": .real(row.double(0))
        case "text": .text(row.text(0))
        case "blob": .blob(row.blob(0))
        default: .null
        }
      }
    }
    #expect(back == value)
  }

  @Test("optional values are NULL or themselves")
  func optionals() async throws {
    let row = try await database.read { snapshot in
      try snapshot.first("SELECT ?, ?, ?, ?", Int64?.none, Int64?.some(5), String?.none, String?.some("x")) {
        ($0.optionalInt64(0), $0.optionalInt64(1), $0.optionalText(2), $0.optionalText(3))
      }
    }
    #expect(row?.0 == nil && row?.1 == 5 && row?.2 == nil && row?.3 == "x")
  }

  @Test("a statement may run again while its own rows are being read")
  func reentrant() async throws {
    let sql = "SELECT value FROM generate WHERE value <= ? ORDER BY value"
    try await database.write { transaction in
      try transaction.execute("CREATE TABLE generate (value INTEGER) STRICT")
      for value in 1...3 { try transaction.execute("INSERT INTO generate VALUES (?)", value) }
    }
    let nested = try await database.read { snapshot in
      try snapshot.rows(sql, 3) { outer in try snapshot.rows(sql, outer.int(0)) { $0.int(0) } }
    }
    #expect(nested == [[1], [1, 2], [1, 2, 3]])
  }

  @Test("statements that are put together anew each time, and die, are never taken for one another")
  func textsThatDie() async throws {
    for number in 0..<2_000 {
      // Each text is gone when its turn is over, and the next may come to lie where it lay.
      let text = "SELECT \(number + 10_000) AS a_name_of_some_length"
      let found = try await database.read { try $0.first(text) { $0.int(0) } }
      #expect(found == number + 10_000)
    }
  }

  @Test("walking rows stops when the body says so")
  func each() async throws {
    let seen = try await database.read { snapshot in
      var seen: [Int] = []
      try snapshot.each("VALUES (1), (2), (3)") { row in
        seen.append(row.int(0))
        return seen.count < 2
      }
      return seen
    }
    #expect(seen == [1, 2])
  }

  @Test("a reader cannot write, nor can a snapshot of the writer")
  func readOnly() async throws {
    let sql = "INSERT INTO notes (text) VALUES ('no') RETURNING id"
    await #expect(throws: DatabaseError.readOnly) {
      try await database.read { _ = try $0.first(sql) { $0.int(0) } }
    }
    await #expect(throws: DatabaseError.readOnly) {
      try await database.write { _ = try $0.snapshot.first(sql) { $0.int(0) } }
    }
  }

  @Test("a snapshot does not see what is committed while it is read")
  func consistent() async throws {
    let writing = Journal<Task<Void, any Error>>()
    let counts = try await database.read { [database] snapshot in
      let before = try snapshot.first("SELECT count(*) FROM notes") { $0.int(0) }
      let done = Gate()
      writing.append(
        Task {
          try await database.write { _ = try $0.execute("INSERT INTO notes (text) VALUES ('new')") }
          done.open()
        })
      done.wait()
      return (before, try snapshot.first("SELECT count(*) FROM notes") { $0.int(0) })
    }
    #expect(counts.0 == 0 && counts.1 == 0)
    let after = try await database.read { try $0.first("SELECT count(*) FROM notes") { $0.int(0) } }
    #expect(after == 1)
  }

  @Test("each constraint is its own error, without the values")
  func constraints() async throws {
    try await database.write { transaction in
      try transaction.execute(
        """
        CREATE TABLE strict (id INTEGER PRIMARY KEY, a INTEGER NOT NULL CHECK (a > 0), b INTEGER,
          note INTEGER REFERENCES notes (id), UNIQUE (a, b)) STRICT
        """)
      try transaction.execute("INSERT INTO strict VALUES (1, 1, 1, NULL)")
    }
    let table: [(String, DatabaseError)] = [
      ("INSERT INTO strict VALUES (1, 2, 2, NULL)", .uniqueViolation(columns: ["strict.id"])),
      ("INSERT INTO strict VALUES (2, 1, 1, NULL)", .uniqueViolation(columns: ["strict.a", "strict.b"])),
      ("INSERT INTO strict VALUES (2, 2, 2, 999)", .foreignKeyViolation),
      ("INSERT INTO strict VALUES (2, 0, 2, NULL)", .constraintViolation(code: 275, name: "a > 0")),
      ("INSERT INTO strict VALUES (2, NULL, 2, NULL)", .constraintViolation(code: 1299, name: "strict.a")),
      (
        "INSERT INTO strict VALUES (2, 'secret', 2, NULL)",
        .constraintViolation(code: 3091, name: "cannot store TEXT value in INTEGER column strict.a")
      ),
    ]
    for (sql, error) in table {
      await #expect(throws: error, "\(sql)") {
        try await database.write { _ = try $0.execute(sql) }
      }
    }
    await #expect(
      throws: DatabaseError.invalidStatement(sql: "SELECT absent", message: "no such column: absent")
    ) {
      try await database.write { _ = try $0.execute("SELECT absent") }
    }
  }
}
