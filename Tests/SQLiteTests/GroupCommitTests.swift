import Testing

@testable import SQLite

@Suite("Group commit")
struct GroupCommitTests {
  let scratch: Scratch
  let commits = Journal<Commit>()
  let database: Database

  init() throws {
    scratch = try Scratch()
    let commits = commits
    database = try scratch.open { commits.append($0) }
  }

  @Test("many concurrent writers are all stored, with fewer commits than writers")
  func manyWriters() async throws {
    let count = 400
    try await withThrowingTaskGroup { group in
      for number in 0..<count {
        group.addTask {
          try await database.write { transaction in
            try transaction.execute("INSERT INTO notes (text) VALUES (?)", "note \(number)")
          }
        }
      }
      for try await changed in group { #expect(changed == 1) }
    }
    let stored = try await database.read { try $0.first("SELECT count(*) FROM notes") { $0.int(0) } }
    #expect(stored == count)
    #expect(commits.elements.reduce(0) { $0 + $1.writers } == count)
    #expect(commits.elements.count < count)
  }

  @Test("a writer that fails undoes its own work and nobody else's")
  func failingWriter() async throws {
    struct Refusal: Error {}
    let outcomes = await withTaskGroup(returning: [Bool].self) { group in
      for number in 0..<200 {
        group.addTask {
          do {
            try await database.write { transaction in
              try transaction.execute("INSERT INTO notes (text) VALUES (?)", "note \(number)")
              if number.isMultiple(of: 3) { throw Refusal() }
            }
            return true
          } catch {
            return false
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    let kept = (0..<200).filter { !$0.isMultiple(of: 3) }.map { "note \($0)" }
    let stored = try await database.read { try $0.rows("SELECT text FROM notes") { $0.text(0) } }
    #expect(Set(stored) == Set(kept))
    #expect(outcomes.count { $0 } == kept.count)
  }

  @Test("what is published after the commit comes in the order of the commits")
  func publishingOrder() async throws {
    let published = Journal<Int64>()
    try await withThrowingTaskGroup { group in
      for number in 0..<300 {
        group.addTask {
          try await database.write { transaction in
            let id = try transaction.insert("INSERT INTO notes (text) VALUES (?)", "note \(number)")
            transaction.afterCommit { published.append(id) }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(published.elements == Array(1...300))
  }

  @Test("a published row can be read at once from the pool")
  func publishedIsVisible() async throws {
    let published = Journal<Int64>()
    try await database.write { transaction in
      let id = try transaction.insert("INSERT INTO notes (text) VALUES ('here')")
      transaction.afterCommit { published.append(id) }
    }
    let id = try #require(published.elements.first)
    let text = try await database.read {
      try $0.first("SELECT text FROM notes WHERE id = ?", id) { $0.text(0) }
    }
    #expect(text == "here")
  }

  @Test("a failed writer hears of its undoing and publishes nothing")
  func undoing() async throws {
    struct Refusal: Error {}
    let heard = Journal<String>()
    await #expect(throws: Refusal.self) {
      try await database.write { transaction in
        transaction.afterCommit { heard.append("committed") }
        transaction.afterRollback { heard.append("undone") }
        throw Refusal()
      }
    }
    #expect(heard.elements == ["undone"])
  }

  @Test("what is left for the end of a commit is done once for all who are in it, and for nobody who failed")
  func beforeCommit() async throws {
    struct Refusal: Error {}
    let published = Journal<Int64>()
    await withTaskGroup { group in
      for number in 0..<200 {
        group.addTask {
          // Every third fails, after it wrote: the others of its batch are run again.
          do {
            try await database.write { transaction in
              let id = try transaction.insert("INSERT INTO notes (text) VALUES (?)", "note \(number)")
              transaction.beforeCommit { last in
                try last.execute("UPDATE notes SET text = text || ' indexed' WHERE id = ?", id)
              }
              transaction.afterCommit { published.append(id) }
              if number.isMultiple(of: 3) { throw Refusal() }
            }
          } catch {
            #expect(number.isMultiple(of: 3))
          }
        }
      }
    }
    let stored = try await database.read {
      try $0.rows("SELECT id, text FROM notes ORDER BY id") { ($0.int64(0), $0.text(1)) }
    }
    #expect(
      Set(stored.map(\.1)) == Set((0..<200).filter { !$0.isMultiple(of: 3) }.map { "note \($0) indexed" }))
    #expect(published.elements.sorted() == stored.map(\.0))
  }

  @Test("what fails at the end of a commit undoes all of it, and each of its writers hears why")
  func failsBeforeCommit() async throws {
    struct Refusal: Error {}
    let heard = Journal<String>()
    await #expect(throws: Refusal.self) {
      try await database.write { transaction in
        try transaction.execute("INSERT INTO notes (text) VALUES ('never')")
        transaction.beforeCommit { _ in throw Refusal() }
        transaction.afterRollback { heard.append("undone") }
        transaction.afterCommit { heard.append("committed") }
      }
    }
    let stored = try await database.read { try $0.first("SELECT count(*) FROM notes") { $0.int(0) } }
    #expect(stored == 0)
    #expect(heard.elements == ["undone"])
  }

  @Test("a writer that SQLite itself refuses gets the columns of the index")
  func uniqueViolation() async throws {
    try await database.write { _ = try $0.execute("INSERT INTO notes (text) VALUES ('once')") }
    await #expect(throws: DatabaseError.uniqueViolation(columns: ["notes.text"])) {
      try await database.write { _ = try $0.execute("INSERT INTO notes (text) VALUES ('once')") }
    }
  }

  @Test("when the disk is full writers are refused, what was acknowledged is there, and it goes on with room")
  func fullDisk() async throws {
    let published = Journal<String>()
    // The file may have this many pages; PRAGMA answers the limit.
    func limit(_ pages: Int) async throws {
      try await database.write { _ = try $0.execute("PRAGMA max_page_count = \(pages)") }
    }
    try await limit(60)
    let acknowledged = await withTaskGroup(returning: Set<String>.self) { group in
      for number in 0..<120 {
        group.addTask { () -> String? in
          let text = "\(number) " + String(repeating: "x", count: 4000)
          do {
            try await database.write { transaction in
              try transaction.execute("INSERT INTO notes (text) VALUES (?)", text)
              transaction.afterCommit { published.append(text) }
            }
            return text
          } catch {
            #expect(error as? DatabaseError == .diskFull)
            return nil
          }
        }
      }
      return await group.reduce(into: []) { if let text = $1 { $0.insert(text) } }
    }
    #expect(!acknowledged.isEmpty && acknowledged.count < 120)
    let stored = try await database.read { try $0.rows("SELECT text FROM notes") { $0.text(0) } }
    #expect(Set(stored) == acknowledged)
    #expect(Set(published.elements) == acknowledged)
    try await limit(100_000)
    try await database.write { _ = try $0.execute("INSERT INTO notes (text) VALUES ('room')") }
  }
}
