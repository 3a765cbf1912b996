import SQLite

/// A row of a table on its way in.
struct ImportRow: Sendable {
  /// From 1.
  let number: Int
  let line: Int
  let cells: [String]
  /// Why the reader could not read all of it.
  let damage: String?
}

/// The files of imports, their rows, and what was done for them.
enum ImportRowRecords {
  static func insertPart(
    of importID: Int64, at start: Int64, _ bytes: [UInt8], in transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      "INSERT INTO import_parts (import_id, start, bytes) VALUES (?, ?, ?)", importID, start, bytes)
  }

  /// The part of a file that begins there.
  static func part(of importID: Int64, at start: Int64, in snapshot: borrowing Snapshot) throws -> [UInt8]? {
    try snapshot.first(
      "SELECT bytes FROM import_parts WHERE import_id = ? AND start = ?", importID, start
    ) { $0.blob(0) }
  }

  static func insert(_ row: ImportRow, of importID: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      "INSERT INTO import_rows (import_id, number, line, cells, damage) VALUES (?, ?, ?, ?, ?)", importID,
      row.number, row.line, try JSON.text(row.cells), row.damage)
  }

  static func rows(
    of importID: Int64, after number: Int, limit: Int, in snapshot: borrowing Snapshot
  ) throws -> [ImportRow] {
    try snapshot.rows(
      """
      SELECT number, line, cells, damage FROM import_rows WHERE import_id = ? AND number > ?
        ORDER BY number LIMIT ?
      """, importID, number, limit
    ) { row in
      ImportRow(
        number: row.int(0), line: row.int(1), cells: try JSON.value([String].self, from: row.text(2)),
        damage: row.optionalText(3))
    }
  }

  static func isAtFault(_ number: Int, of importID: Int64, in snapshot: borrowing Snapshot) throws -> Bool {
    try snapshot.first(
      "SELECT 1 FROM import_rows WHERE import_id = ? AND number = ? AND faults IS NOT NULL", importID, number
    ) { _ in true } ?? false
  }

  static func setFaults(
    _ faults: [ImportFault]?, ofRow number: Int, of importID: Int64, in transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      "UPDATE import_rows SET faults = ? WHERE import_id = ? AND number = ? AND faults IS NOT ?",
      try faults.map { try JSON.text($0) }, importID, number, try faults.map { try JSON.text($0) })
  }

  static func faultyRows(
    of importID: Int64, after number: Int, limit: Int, in snapshot: borrowing Snapshot
  ) throws -> [(row: ImportFaultyRow, cells: [String])] {
    try snapshot.rows(
      """
      SELECT number, line, faults, cells FROM import_rows
        WHERE import_id = ? AND number > ? AND faults IS NOT NULL ORDER BY number LIMIT ?
      """, importID, number, limit
    ) { row in
      (
        ImportFaultyRow(
          number: row.int(0), line: row.int(1),
          faults: try JSON.value([ImportFault].self, from: row.text(2))),
        try JSON.value([String].self, from: row.text(3))
      )
    }
  }

  /// Notes that a checked row would make this. False if an earlier one does.
  static func claim(
    _ kind: RecordKind, _ key: String, for importID: Int64, in transaction: borrowing Transaction
  ) throws -> Bool {
    try transaction.execute(
      "INSERT INTO import_names (import_id, kind, key) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", importID,
      kind.rawValue, key) == 1
  }

  static func forgetNames(of importID: Int64, limit: Int, in transaction: borrowing Transaction) throws -> Int
  {
    try transaction.execute(
      """
      DELETE FROM import_names WHERE import_id = ?1 AND (kind, key) IN (
        SELECT kind, key FROM import_names WHERE import_id = ?1 LIMIT ?2)
      """, importID, limit)
  }

  /// Lets some rows go. Answers how many.
  ///
  /// - Parameter keepingFaults: whether those at fault stay.
  static func forgetRows(
    of importID: Int64, keepingFaults: Bool, limit: Int, in transaction: borrowing Transaction
  ) throws -> Int {
    try transaction.execute(
      """
      DELETE FROM import_rows WHERE import_id = ?1 AND number IN (
        SELECT number FROM import_rows WHERE import_id = ?1 AND (faults IS NULL OR NOT ?2) LIMIT ?3)
      """, importID, keepingFaults, limit)
  }

  static func forgetParts(of importID: Int64, limit: Int, in transaction: borrowing Transaction) throws -> Int
  {
    try transaction.execute(
      "DELETE FROM import_parts WHERE id IN (SELECT id FROM import_parts WHERE import_id = ? LIMIT ?)",
      importID,
      limit)
  }
}
