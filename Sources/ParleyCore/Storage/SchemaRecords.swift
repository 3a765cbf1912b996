import SQLite

/// The number of the schema, in the head of the database.
enum SchemaRecords {
  static func version(in snapshot: borrowing Snapshot) throws -> Int {
    try snapshot.first("PRAGMA user_version") { $0.int(0) } ?? 0
  }

  /// Changes nothing, but has a page written: SQLite does not compare.
  static func writeVersionAgain(in transaction: borrowing Transaction) throws {
    try transaction.execute("PRAGMA user_version = \(try version(in: transaction.snapshot))")
  }

  /// Of the pages that the connection keeps in memory, all that are not being used are forgotten.
  static func forgetPages(in transaction: borrowing Transaction) throws {
    try transaction.execute("PRAGMA shrink_memory")
  }
}
