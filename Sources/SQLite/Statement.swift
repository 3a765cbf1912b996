import CSQLite

/// One prepared statement of one connection, used by the thread that owns the connection.
package final class Statement {
  let sql: String
  let handle: OpaquePointer
  private let connection: OpaquePointer
  let isReadOnly: Bool
  /// True while its rows are being read: a second use of the same text then needs a statement of its own.
  var isRunning = false

  init(_ sql: String, on connection: OpaquePointer, isKept: Bool) throws(DatabaseError) {
    var sql = sql
    var prepared: OpaquePointer?
    let flags = isKept ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
    let code = sql.withUTF8 { text in
      text.withMemoryRebound(to: CChar.self) {
        sqlite3_prepare_v3(connection, $0.baseAddress, Int32($0.count), flags, &prepared, nil)
      }
    }
    guard code == SQLITE_OK, let handle = prepared else {
      // Only the text of the statement can be at fault here: no value has been bound.
      if code & 0xff == SQLITE_ERROR || code == SQLITE_OK {
        throw .invalidStatement(sql: sql, message: DatabaseError.message(of: connection))
      }
      throw DatabaseError(code: code, sql: sql, connection: connection)
    }
    self.sql = sql
    self.handle = handle
    self.connection = connection
    isReadOnly = sqlite3_stmt_readonly(handle) != 0
  }

  deinit {
    sqlite3_finalize(handle)
  }

  func bind(_ values: [any Bindable]) throws(DatabaseError) {
    precondition(
      values.count == Int(sqlite3_bind_parameter_count(handle)), "values and parameters differ: \(sql)")
    for (index, value) in values.enumerated() {
      let code = bind(value.databaseValue, at: Int32(index + 1))
      guard code == SQLITE_OK else { throw DatabaseError(code: code, sql: sql, connection: connection) }
    }
  }

  /// Advances to the next row; false at the end.
  func step() throws(DatabaseError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw DatabaseError(code: code, sql: sql, connection: connection)
    }
  }

  /// Ends the run and forgets the values, so that a cached statement holds no lock and nobody's data.
  func reset() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
    isRunning = false
  }

  // SQLITE_TRANSIENT, which is not imported: SQLite copies the bytes before the call returns.
  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  private func bind(_ value: Value, at index: Int32) -> Int32 {
    switch value {
    case .null:
      return sqlite3_bind_null(handle, index)
    case .integer(let integer):
      return sqlite3_bind_int64(handle, index, integer)
    case .real(let real):
      return sqlite3_bind_double(handle, index, real)
    case .text(var text):
      return text.withUTF8 { utf8 in
        // An empty buffer may have no address, and SQLite takes a null address for NULL.
        guard let start = utf8.baseAddress else {
          return sqlite3_bind_text(handle, index, "", 0, Self.copied)
        }
        return start.withMemoryRebound(to: CChar.self, capacity: utf8.count) {
          sqlite3_bind_text(handle, index, $0, Int32(utf8.count), Self.copied)
        }
      }
    case .blob(let bytes):
      return bytes.withUnsafeBytes { buffer in
        guard let start = buffer.baseAddress else { return sqlite3_bind_zeroblob(handle, index, 0) }
        return sqlite3_bind_blob(handle, index, start, Int32(buffer.count), Self.copied)
      }
    }
  }
}
