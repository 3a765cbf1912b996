import CSQLite

/// Why the database refused or failed. No case carries a bound value: those are people's data. What is carried (names of
/// columns, statements with their placeholders) comes from the program and its schema.
package enum DatabaseError: Error, Equatable, Sendable {
  /// A unique index refused a row; the columns as `table.column`, in the index's order.
  case uniqueViolation(columns: [String])
  case foreignKeyViolation
  /// A CHECK, NOT NULL or type constraint; SQLite's extended code and the constraint's name.
  case constraintViolation(code: Int32, name: String)
  /// Another process held the file's lock for longer than the wait.
  case busy
  case diskFull
  case readOnly
  /// The operating system failed a read, a write or a sync; SQLite's extended code.
  case inputOutput(code: Int32)
  /// The file is damaged, or not a database.
  case corrupt(code: Int32)
  /// The file or its directory cannot be opened; the operating system's `errno`, or 0 when SQLite does not say.
  case cannotOpen(errno: Int32)
  /// Another process owns the database.
  case inUse
  /// The database was written by a newer version of the program.
  case newerSchema(found: Int, supported: Int)
  /// The statement does not fit the schema; SQLite's words, which quote the statement only.
  case invalidStatement(sql: String, message: String)
  /// Anything else that SQLite reports while a statement runs.
  case failed(code: Int32, sql: String)
  /// What was to be done at the opening failed, and not by the database: the error's type.
  case notPrepared(reason: String)
  /// The queue is full: the caller should turn its own client away.
  case overloaded
  case closed
}

extension DatabaseError {
  /// The one mapping from SQLite's result codes, made on the connection that failed, before anything else is done with it.
  init(code: Int32, sql: String, connection: OpaquePointer?) {
    let extended = connection.map { sqlite3_extended_errcode($0) } ?? code
    switch code & 0xff {
    case SQLITE_CONSTRAINT:
      self = Self.constraint(extended: extended, message: Self.message(of: connection))
    case SQLITE_BUSY, SQLITE_LOCKED:
      self = .busy
    case SQLITE_FULL:
      self = .diskFull
    case SQLITE_READONLY:
      self = .readOnly
    case SQLITE_IOERR:
      self = .inputOutput(code: extended)
    case SQLITE_CORRUPT, SQLITE_NOTADB:
      self = .corrupt(code: extended)
    case SQLITE_CANTOPEN:
      self = .cannotOpen(errno: connection.map { sqlite3_system_errno($0) } ?? 0)
    default:
      self = .failed(code: extended, sql: sql)
    }
  }

  /// SQLite's words for a constraint name tables, columns and indexes, never values.
  private static func constraint(extended: Int32, message: String) -> DatabaseError {
    let name = message.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? ""
    // SQLITE_CONSTRAINT | (n << 8): macros with shifts are not imported.
    switch extended >> 8 {
    case 3:
      return .foreignKeyViolation
    case 6, 8, 10:  // PRIMARYKEY, UNIQUE, ROWID
      return .uniqueViolation(columns: name.split(separator: ", ").map(String.init))
    default:
      return .constraintViolation(code: extended, name: name)
    }
  }

  static func message(of connection: OpaquePointer?) -> String {
    connection.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) } ?? ""
  }
}
