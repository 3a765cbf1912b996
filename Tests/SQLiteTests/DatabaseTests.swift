import Foundation
import Testing

@testable import SQLite

@Suite("The database's file")
struct DatabaseTests {
  @Test("a new database gets every migration, an old one those it lacks, and one that has all of them none")
  func migrations() async throws {
    let scratch = try Scratch()
    let more = "CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT; INSERT INTO more VALUES (7);"
    for migrations in [[Scratch.notes], [Scratch.notes, more], [Scratch.notes, more]] {
      let database = try scratch.open(migrations)
      let version = try await database.read { try $0.first("PRAGMA user_version") { $0.int(0) } }
      #expect(version == migrations.count)
      await database.close()
    }
    let database = try scratch.open([Scratch.notes, more])
    #expect(try await database.read { try $0.rows("SELECT id FROM more") { $0.int(0) } } == [7])
    await database.close()
  }

  @Test("each connection begins with the script, and the file holds nothing of it")
  func script() async throws {
    let scratch = try Scratch()
    let database = try Database(
      path: scratch.path, readers: 3, migrations: [Scratch.notes],
      beginningWith: "CREATE TEMP TABLE own (id INTEGER); INSERT INTO own VALUES (7);")
    for _ in 0..<6 {
      #expect(try await database.read { try $0.rows("SELECT id FROM own") { $0.int(0) } } == [7])
    }
    let written = try await database.write { try $0.snapshot.rows("SELECT id FROM own") { $0.int(0) } }
    #expect(written == [7])
    let tables = try await database.read { try $0.rows("SELECT name FROM sqlite_schema") { $0.text(0) } }
    #expect(!tables.contains("own"))
    await database.close()
  }

  @Test("a database of a newer version is refused and left as it is")
  func newer() async throws {
    let scratch = try Scratch()
    await (try scratch.open([Scratch.notes, "SELECT 1", "SELECT 1"])).close()
    #expect(throws: DatabaseError.newerSchema(found: 3, supported: 1)) { try scratch.open() }
    await (try scratch.open([Scratch.notes, "SELECT 1", "SELECT 1"])).close()
  }

  @Test("a migration that fails leaves the database as it was before it")
  func failingMigration() async throws {
    let scratch = try Scratch()
    let failing = "CREATE TABLE half (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1);"
    #expect(throws: DatabaseError.self) { try scratch.open([Scratch.notes, failing]) }
    let database = try scratch.open([Scratch.notes])
    let tables = try await database.read {
      try $0.rows("SELECT name FROM sqlite_schema WHERE type = 'table'") { $0.text(0) }
    }
    #expect(tables == ["notes"])
    await database.close()
  }

  @Test("one process owns the file until it closes it")
  func ownership() async throws {
    let scratch = try Scratch()
    let database = try scratch.open()
    #expect(throws: DatabaseError.inUse) { try scratch.open() }
    await database.close()
    await (try scratch.open()).close()
  }

  @Test("a directory that is not there and a file that is no database are each said")
  func cannotOpen() async throws {
    let scratch = try Scratch()
    #expect(throws: DatabaseError.cannotOpen(errno: ENOENT)) {
      try Database(path: scratch.directory + "/none/x.sqlite", readers: 1, migrations: [])
    }
    try Data(repeating: 65, count: 5000).write(to: URL(fileURLWithPath: scratch.path))
    #expect(throws: DatabaseError.corrupt(code: 26)) { try scratch.open() }
  }

  @Test("closing finishes what was accepted and leaves one file; what comes later is refused")
  func closing() async throws {
    let scratch = try Scratch()
    let database = try scratch.open()
    try await withThrowingTaskGroup { group in
      for number in 0..<50 {
        group.addTask {
          try await database.write { _ = try $0.execute("INSERT INTO notes (text) VALUES (?)", "\(number)") }
        }
      }
      try await group.waitForAll()
    }
    await database.close()
    await database.close()
    await #expect(throws: DatabaseError.closed) { try await database.write { _ in } }
    await #expect(throws: DatabaseError.closed) { try await database.read { _ in } }
    let files = try FileManager.default.contentsOfDirectory(atPath: scratch.directory).sorted()
    #expect(files == ["test.sqlite", "test.sqlite.lock"])
  }

  @Test("a backup is the database of one moment, and can be opened as one")
  func backup() async throws {
    let scratch = try Scratch()
    let database = try scratch.open()
    try await database.write { _ = try $0.execute("INSERT INTO notes (text) VALUES ('kept')") }
    let copy = scratch.directory + "/copy.sqlite"
    try database.backup(to: copy)
    try await database.write { _ = try $0.execute("INSERT INTO notes (text) VALUES ('later')") }
    await database.close()
    let restored = try Database(path: copy, readers: 1, migrations: [Scratch.notes])
    #expect(try await restored.read { try $0.rows("SELECT text FROM notes") { $0.text(0) } } == ["kept"])
    await restored.close()
    #expect(throws: DatabaseError.self) {
      try Database.backup(of: scratch.directory + "/none.sqlite", to: copy)
    }
    #expect(FileManager.default.fileExists(atPath: copy))
  }

  @Test(
    "a transaction of more pages than are kept in memory is read back within it, and by others once it is committed"
  )
  func largeTransaction() async throws {
    let scratch = try Scratch()
    let database = try scratch.open()
    let text = String(repeating: "0123456789abcdef", count: 512)
    let wrong = "SELECT count(*) FROM notes WHERE text <> id || ?"
    await #expect(throws: CancellationError.self) {
      try await database.write { transaction in
        for id in 1...3000 {
          try transaction.execute("INSERT INTO notes (id, text) VALUES (?, ?)", id, "\(id)" + text)
        }
        throw CancellationError()
      }
    }
    for range in [1...1, 2...3000, 3001...3100] {
      try await database.write { transaction in
        for id in range {
          try transaction.execute("INSERT INTO notes (id, text) VALUES (?, ?)", id, "\(id)" + text)
        }
        #expect(try transaction.snapshot.first(wrong, text) { $0.int(0) } == 0)
      }
      let counts = try Database.inspect(scratch.path) { snapshot in
        [
          try snapshot.first("SELECT count(*) FROM notes") { $0.int(0) },
          try snapshot.first(wrong, text) { $0.int(0) },
        ]
      }
      #expect(counts == [range.upperBound, 0])
    }
    await database.close()
    let whole = try Database.inspect(scratch.path) {
      try $0.first("PRAGMA integrity_check") { $0.text(0) }
    }
    #expect(whole == "ok")
  }
}
