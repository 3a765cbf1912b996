import CSQLite

/// One connection to the file, with its prepared statements.
///
/// `@unchecked Sendable`: a connection is made by one thread and then handed to the one worker thread that uses it until
/// it is closed by that same thread; the worker's queue orders the two. Nothing else keeps a reference.
final class Connection: @unchecked Sendable {
  enum Access {
    case readWrite
    case readOnly
    /// Only to fold the log into the file, and without knowing the schema, which takes memory.
    case checkpoints
  }

  private static let keptStatements = 512
  /// Once, before the first connection. Nothing depends on it but the time that an allocation takes.
  private static let isConfigured = csqlite_disable_memory_statistics() == SQLITE_OK
  private let handle: OpaquePointer
  private var statements: [String: Statement] = [:]
  /// The same by where their texts lie, which is found much faster than by what they say. A statement keeps its text, so no other text
  /// comes to lie there.
  private var statementsByPlace: [Place: Statement] = [:]
  private var isClosed = false
  /// Where SQLite tells how many pages the log has.
  private var followed: UnsafeMutablePointer<Int32>?
  /// How many transactions have begun.
  var transactions: UInt64 = 0

  private struct Place: Hashable {
    let address: UInt
    let count: Int

    /// Nil for a text that is so short that it may lie in the value itself.
    init?(_ sql: String) {
      guard sql.utf8.count > 15 else { return nil }
      var sql = sql
      (address, count) = sql.withUTF8 { (UInt(bitPattern: $0.baseAddress), $0.count) }
    }
  }

  /// Opens the file (and creates it for `readWrite`). WAL lets readers go on while the writer commits; `synchronous=FULL`
  /// syncs the log at each commit, so what was acknowledged is on the disk.
  init(path: String, access: Access) throws(DatabaseError) {
    _ = Self.isConfigured
    var opened: OpaquePointer?
    let mode =
      switch access {
      case .readWrite: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      case .checkpoints: SQLITE_OPEN_READWRITE
      case .readOnly: SQLITE_OPEN_READONLY
      }
    let code = sqlite3_open_v2(
      path, &opened, mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
      access == .readWrite ? GatheringLog.name : nil)
    guard code == SQLITE_OK, let opened else {
      let error = DatabaseError(code: code, sql: "", connection: opened)
      sqlite3_close_v2(opened)
      throw error
    }
    handle = opened
    sqlite3_busy_timeout(handle, 5000)
    if access == .checkpoints {
      // SQLite finds the log with the first that is read.
      try run("PRAGMA user_version;")
      return
    }
    let added = IDSet.addFunction(to: handle)
    guard added == SQLITE_OK else { throw DatabaseError(code: added, sql: "", connection: handle) }
    try run("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8192;")
    if access == .readWrite {
      try run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864;")
    }
  }

  deinit {
    close()
  }

  /// Frees the file. Nothing else may be asked of the connection afterwards.
  func close() {
    guard !isClosed else { return }
    isClosed = true
    statementsByPlace.removeAll()
    statements.removeAll()
    // _v2: a statement that is still referred to keeps the connection alive until it is finalised.
    sqlite3_close_v2(handle)
    followed?.deallocate()
    followed = nil
  }

  /// False once SQLite has ended the transaction by itself, as it may after a full disk or a failed read.
  var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  var lastInsertedID: Int64 { sqlite3_last_insert_rowid(handle) }

  var changedRows: Int { Int(sqlite3_changes64(handle)) }

  /// The rows that all statements so far have changed, their triggers included.
  var totalChanges: Int64 { sqlite3_total_changes64(handle) }

  /// Runs a script of the program's own: pragmas, transaction control, migrations. No parameters.
  func run(_ script: String) throws(DatabaseError) {
    let code = sqlite3_exec(handle, script, nil, nil, nil)
    guard code == SQLITE_OK else {
      if code & 0xff == SQLITE_ERROR {
        throw .invalidStatement(sql: script, message: DatabaseError.message(of: handle))
      }
      throw DatabaseError(code: code, sql: script, connection: handle)
    }
  }

  /// The statement for this text, bound and ready to step. Prepared once and kept.
  func start(_ sql: String, _ values: [any Bindable]) throws(DatabaseError) -> Statement {
    let statement = try prepared(sql)
    statement.isRunning = true
    do throws(DatabaseError) {
      try statement.bind(values)
    } catch {
      statement.reset()
      throw error
    }
    return statement
  }

  /// From now on `takeLoggedPages` tells of the log, and no COMMIT folds it into the file.
  func followLog() {
    let pages = followed ?? .allocate(capacity: 1)
    pages.initialize(to: 0)
    followed = pages
    sqlite3_wal_hook(
      handle,
      { pages, _, _, count in
        pages?.assumingMemoryBound(to: Int32.self).pointee = count
        return SQLITE_OK
      }, pages)
  }

  /// How many pages the log had after the last COMMIT of this connection, those that are folded into the file with them; nil if none has
  /// written to it since this was last asked.
  func takeLoggedPages() -> Int? {
    guard let followed, followed.pointee > 0 else { return nil }
    defer { followed.pointee = 0 }
    return Int(followed.pointee)
  }

  /// Folds into the file what the log has, as far as nobody reads an older state of it. Waits for nobody.
  ///
  /// - Returns: how many of the log's pages are in the file now, and whether those were all that it had at the beginning. With all of
  ///   them there, the log begins anew with the next commit.
  /// - Throws: `busy` while another connection does it.
  @discardableResult
  func foldLog() throws(DatabaseError) -> (pages: Int, isWhole: Bool) {
    var logged: Int32 = 0
    var folded: Int32 = 0
    let code = sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_PASSIVE, &logged, &folded)
    guard code == SQLITE_OK else { throw DatabaseError(code: code, sql: "checkpoint", connection: handle) }
    return (Int(folded), folded == logged)
  }

  /// Brings to the disk what was folded into the file so far.
  func syncFile() throws(DatabaseError) {
    var file: UnsafeMutablePointer<sqlite3_file>?
    var code = sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &file)
    if code == SQLITE_OK, let file { code = file.pointee.pMethods.pointee.xSync(file, SQLITE_SYNC_NORMAL) }
    guard code == SQLITE_OK else { throw DatabaseError(code: code, sql: "sync", connection: nil) }
  }

  /// Copies the whole database, as of one moment, to another file that must not exist yet. Writers go on meanwhile.
  func copy(to path: String) throws(DatabaseError) {
    let target = try Connection(path: path, access: .readWrite)
    try target.run("PRAGMA journal_mode = DELETE;")
    guard let backup = sqlite3_backup_init(target.handle, "main", handle, "main") else {
      throw DatabaseError(code: sqlite3_errcode(target.handle), sql: "backup", connection: target.handle)
    }
    let stepped = sqlite3_backup_step(backup, -1)
    let finished = sqlite3_backup_finish(backup)
    guard stepped == SQLITE_DONE, finished == SQLITE_OK else {
      throw DatabaseError(code: stepped == SQLITE_DONE ? finished : stepped, sql: "backup", connection: nil)
    }
  }

  private func prepared(_ sql: String) throws(DatabaseError) -> Statement {
    let place = Place(sql)
    if let kept = place.flatMap({ statementsByPlace[$0] }) ?? statements[sql] {
      guard kept.isRunning else { return kept }
      return try Statement(sql, on: handle, isKept: false)
    }
    if statements.count >= Self.keptStatements {
      statements = statements.filter { $0.value.isRunning }
      statementsByPlace = statementsByPlace.filter { $0.value.isRunning }
    }
    let statement = try Statement(sql, on: handle, isKept: true)
    statements[sql] = statement
    if let place { statementsByPlace[place] = statement }
    return statement
  }
}
