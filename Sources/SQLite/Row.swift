import CSQLite

/// The row that a statement stands on, lent while it stands there. Columns count from 0 in the order of the statement.
///
/// The schema's tables are `STRICT`, so a column has the type that its table says; reading NULL with an accessor that
/// is not optional gives 0 or the empty string, as SQLite does.
package struct Row: ~Copyable {
  let handle: OpaquePointer

  package func isNull(_ column: Int32) -> Bool {
    sqlite3_column_type(handle, column) == SQLITE_NULL
  }

  package func int64(_ column: Int32) -> Int64 {
    sqlite3_column_int64(handle, column)
  }

  package func int(_ column: Int32) -> Int {
    Int(sqlite3_column_int64(handle, column))
  }

  package func bool(_ column: Int32) -> Bool {
    sqlite3_column_int64(handle, column) != 0
  }

  package func double(_ column: Int32) -> Double {
    sqlite3_column_double(handle, column)
  }

  package func text(_ column: Int32) -> String {
    guard let start = sqlite3_column_text(handle, column) else { return "" }
    let count = Int(sqlite3_column_bytes(handle, column))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  package func blob(_ column: Int32) -> [UInt8] {
    guard let start = sqlite3_column_blob(handle, column) else { return [] }
    return [UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
  }

  package func optionalInt64(_ column: Int32) -> Int64? {
    isNull(column) ? nil : int64(column)
  }

  package func optionalText(_ column: Int32) -> String? {
    isNull(column) ? nil : text(column)
  }
}
