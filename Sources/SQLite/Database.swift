import Glibc

/// One SQLite file: a writer thread with group commit, and a pool of readers.
///
/// What `write` has answered is on the disk. Reads see consistent snapshots and never wait for the writer. One process owns
/// the file at a time; another may write a little beside it.
package final class Database: Sendable {
  private let path: String
  private let writer: Writer
  private let readers: ReaderPool
  /// Nil beside another process.
  private let lock: OwnershipLock?
  private let writerEnded = Countdown(1)
  private let readersEnded: Countdown

  /// Opens the file, creates it when it is missing, and brings its schema to the newest. Blocks: for use at start.
  ///
  /// - Parameters:
  ///   - isOwner: false to write beside the process that owns the file, which must have brought it to the newest schema.
  ///   - migrations: migration *n* (from 1) brings a database of `user_version` n−1 to n.
  ///   - prepare: what the owner does with the data before anybody else comes to them, in one transaction.
  ///   - script: what each connection begins with; what it makes is temporary.
  ///   - committed: called on the writer's thread after each COMMIT.
  ///   - telling: runs what tells those of it who shared a COMMIT, on the writer's thread: all of them, or some dozens at a time.
  /// - Throws: `inUse`, `newerSchema`, `cannotOpen`, `notPrepared` and whatever else SQLite reports.
  package init(
    path: String, isOwner: Bool = true, readers count: Int, migrations: [String],
    prepare: (borrowing Transaction) throws -> Void = { _ in }, beginningWith script: String = "",
    committed: @escaping @Sendable (Commit) -> Void = { _ in },
    telling: @escaping @Sendable (() -> Void) -> Void = { $0() }
  ) throws(DatabaseError) {
    let lock = isOwner ? try OwnershipLock(path: path + ".lock") : nil
    let connection = try Connection(path: path, access: .readWrite)
    if isOwner {
      try Migrator.migrate(connection, to: migrations)
      try Self.prepare(connection, prepare)
    } else {
      try Migrator.check(connection, against: migrations)
    }
    try connection.run(script)
    let writerEnded = self.writerEnded
    let readersEnded = Countdown(max(1, count))
    self.path = path
    self.lock = lock
    self.readersEnded = readersEnded
    writer = Writer(
      connection: connection, checkpointer: isOwner ? Checkpointer(path: path) : nil, committed: committed,
      telling: telling
    ) { writerEnded.count() }
    readers = try ReaderPool(path: path, count: max(1, count), script: script) { readersEnded.count() }
    do throws(DatabaseError) {
      try writer.start()
    } catch {
      readers.close()
      throw error
    }
  }

  private static func prepare(
    _ connection: Connection, _ body: (borrowing Transaction) throws -> Void
  ) throws(DatabaseError) {
    try connection.run("BEGIN IMMEDIATE")
    do {
      try body(Transaction(on: connection, outcome: Outcome()))
    } catch {
      // The connection is not used again, and what it had written goes with it.
      throw error as? DatabaseError ?? .notPrepared(reason: "\(type(of: error))")
    }
    try connection.run("COMMIT")
  }

  deinit {
    readers.close()
    writer.close()
  }

  /// Runs the closure on the writer's thread, as a part of the next commit, and returns once that is on the disk.
  ///
  /// The closure must not block, and may not run at all, or twice: then what it did first was undone. What it throws is thrown here,
  /// with its own writes undone.
  package func write<T: Sendable>(
    _ body: @escaping @Sendable (borrowing Transaction) throws -> T
  ) async throws -> T {
    try await withUnsafeThrowingContinuation { (caller: UnsafeContinuation<T, any Error>) in
      do throws(DatabaseError) {
        try writer.add(Write(body, for: caller))
      } catch {
        caller.resume(throwing: error)
      }
    }
  }

  /// Runs the closure on a reader's thread over one consistent snapshot.
  package func read<T: Sendable>(
    _ body: @escaping @Sendable (borrowing Snapshot) throws -> T
  ) async throws -> T {
    try await withUnsafeThrowingContinuation { (caller: UnsafeContinuation<T, any Error>) in
      do throws(DatabaseError) {
        try readers.add { begun, snapshot in
          do {
            try begun.get()
            caller.resume(returning: try body(snapshot))
          } catch {
            caller.resume(throwing: error)
          }
        }
      } catch {
        caller.resume(throwing: error)
      }
    }
  }

  /// Copies the database as of now to a new file, while it is in use. Blocks. The copy is whole or is not there.
  package func backup(to target: String) throws(DatabaseError) {
    try Self.backup(of: path, to: target)
  }

  /// The same from outside, without owning the database: another process may be serving it.
  package static func backup(of source: String, to target: String) throws(DatabaseError) {
    let unfinished = target + ".unfinished"
    unlink(unfinished)
    do throws(DatabaseError) {
      try Connection(path: source, access: .readOnly).copy(to: unfinished)
      guard rename(unfinished, target) == 0 else { throw .cannotOpen(errno: errno) }
    } catch {
      unlink(unfinished)
      throw error
    }
  }

  /// Runs the closure over one consistent view of a file that is not owned: another process may be serving it. Nothing is
  /// written. Blocks.
  package static func inspect<T>(
    _ path: String, _ body: (borrowing Snapshot) throws -> T
  ) throws -> T {
    let connection = try Connection(path: path, access: .readOnly)
    defer { connection.close() }
    try connection.run("BEGIN")
    return try body(Snapshot(connection: connection))
  }

  /// Finishes what was accepted, folds the log into the file, and gives the file free. Later reads and writes throw `closed`.
  package func close() async {
    readers.close()
    await readersEnded.wait()
    // Last, when no reader holds an old part of the log: then the log can be folded wholly, and is removed.
    writer.close()
    await writerEnded.wait()
    lock?.release()
  }
}
