import Foundation
import Testing

@testable import SQLite

@Suite("The log is folded into the file", .timeLimit(.minutes(1)))
struct CheckpointerTests {
  /// Sixteen pages.
  private static let text = String(repeating: "0123456789abcdef", count: 4096)

  /// Ten rows, and some 320 pages of them and of their index, in a commit of their own.
  private func write(_ round: Int, to database: Database) async throws {
    try await database.write { transaction in
      for number in 0..<10 {
        try transaction.execute("INSERT INTO notes (text) VALUES (?)", "\(round) \(number) " + Self.text)
      }
    }
  }

  /// What the log's head says of itself: another salt each time that the log begins anew. (SQLite's file format, §4.1.)
  private func salt(of scratch: Scratch) throws -> Data {
    let log = try FileHandle(forReadingFrom: URL(fileURLWithPath: scratch.path + "-wal"))
    defer { log.closeFile() }
    return log.readData(ofLength: 24).suffix(8)
  }

  private func pagesOfLog(_ scratch: Scratch) throws -> Int {
    let size = try FileManager.default.attributesOfItem(atPath: scratch.path + "-wal")[.size] as? Int
    return try #require(size) / 4096
  }

  /// Writes until the log has begun anew, and returns how many rounds that took.
  private func writeUntilAnew(from first: Int, _ database: Database, _ scratch: Scratch) async throws -> Int {
    try await write(first, to: database)
    let before = try salt(of: scratch)
    var round = first
    while try salt(of: scratch) == before {
      round += 1
      try await write(round, to: database)
    }
    return round + 1
  }

  @Test("while somebody writes on and on it begins anew, and nothing is lost")
  func beginsAnew() async throws {
    let scratch = try Scratch()
    let database = try scratch.open()
    var rounds = 0
    for _ in 0..<3 { rounds = try await writeUntilAnew(from: rounds, database, scratch) }
    let count = try await database.read { try $0.first("SELECT count(*) FROM notes") { $0.int(0) } }
    #expect(count == rounds * 10)
    await database.close()
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "-wal"))
    let checked = try Database.inspect(scratch.path) {
      try (
        $0.first("PRAGMA integrity_check") { $0.text(0) },
        $0.first("SELECT count(*) FROM notes") { $0.int(0) }
      )
    }
    #expect(checked == ("ok", rounds * 10))
  }

  @Test("who reads an old state goes on reading it, and the log begins anew afterwards")
  func oldState() async throws {
    let scratch = try Scratch()
    let database = try scratch.open()
    try await write(0, to: database)
    let (begun, tell) = AsyncStream<Void>.makeStream()
    let gate = Gate()
    async let counts = database.read { snapshot in
      let before = try snapshot.first("SELECT count(*) FROM notes") { $0.int(0) }
      tell.yield()
      gate.wait()
      return [before, try snapshot.first("SELECT count(*) FROM notes") { $0.int(0) }]
    }
    for await _ in begun { break }
    var rounds = 1
    // More than the log has otherwise.
    while try pagesOfLog(scratch) < 20_000 {
      try await write(rounds, to: database)
      rounds += 1
    }
    gate.open()
    #expect(try await counts == [10, 10])
    rounds = try await writeUntilAnew(from: rounds, database, scratch)
    let count = try await database.read { try $0.first("SELECT count(*) FROM notes") { $0.int(0) } }
    #expect(count == rounds * 10)
    await database.close()
  }

  @Test("of a log it is told by a commit that wrote to it, once")
  func toldOnce() throws {
    let scratch = try Scratch()
    let connection = try Connection(path: scratch.path, access: .readWrite)
    connection.followLog()
    #expect(connection.takeLoggedPages() == nil)
    try connection.run(Scratch.notes)
    #expect(try #require(connection.takeLoggedPages()) > 0)
    #expect(connection.takeLoggedPages() == nil)
    try connection.run(
      "BEGIN IMMEDIATE; COMMIT; BEGIN IMMEDIATE; INSERT INTO notes (text) VALUES ('undone'); ROLLBACK;")
    #expect(connection.takeLoggedPages() == nil)
    try connection.run("INSERT INTO notes (text) VALUES ('kept')")
    #expect(connection.takeLoggedPages() != nil)
    connection.close()
  }

  @Test("it is begun by a commit alone, one at a time, and never of a log that is in the file already")
  func schedule() {
    let bound = CheckpointSchedule.bound
    var schedule = CheckpointSchedule()
    #expect(schedule.committed(pages: bound - 1) == .goOn)
    #expect(schedule.committed(pages: bound) == .fold)
    // While the checkpointer is at it, the writer is not.
    #expect(schedule.committed(pages: 2 * bound) == .goOn)
    // All was in the file: the next commit began the log anew, and of that there is nothing to finish.
    schedule.folded(pages: 2 * bound)
    #expect(schedule.committed(pages: 3) == .goOn)
    #expect(schedule.committed(pages: bound) == .fold)
    // Some was left.
    schedule.folded(pages: bound)
    #expect(schedule.committed(pages: bound + 1) == .finish)
    schedule.finished(pages: bound + 1, isWhole: true)
    #expect(schedule.committed(pages: 3) == .goOn)
    #expect(schedule.committed(pages: bound) == .fold)
    // Some is left again, for an older state is being read: not sooner than with as much more.
    schedule.folded(pages: 10)
    #expect(schedule.committed(pages: bound + 1) == .finish)
    schedule.finished(pages: bound + 1, isWhole: false)
    #expect(schedule.committed(pages: 2 * bound) == .goOn)
    #expect(schedule.committed(pages: 2 * bound + 1) == .fold)
    // Nothing could be folded.
    schedule.folded(pages: 0)
    #expect(schedule.committed(pages: 2 * bound + 2) == .finish)
  }
}
