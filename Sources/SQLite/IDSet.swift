import CSQLite

/// Ids to be asked of a statement, which are found or not in a time that hardly grows with their number: `is_among(deals.id, ?)`.
/// A subquery would be gone through anew in each part of a compound query.
package struct IDSet: Sendable, Equatable, Bindable {
  /// In ascending order, each once.
  package let ids: [Int64]

  package init(_ ids: some Sequence<Int64>) {
    var sorted: [Int64] = []
    for id in ids.sorted() where sorted.last != id { sorted.append(id) }
    self.ids = sorted
  }

  private init(sorted: [Int64]) {
    ids = sorted
  }

  /// The greatest of them, so many at the most.
  package func greatest(_ count: Int) -> IDSet {
    IDSet(sorted: Array(ids.suffix(count)))
  }

  package func intersection(_ other: IDSet) -> IDSet {
    var common: [Int64] = []
    var place = 0
    for id in ids {
      while place < other.ids.count, other.ids[place] < id { place += 1 }
      if place < other.ids.count, other.ids[place] == id { common.append(id) }
    }
    return IDSet(sorted: common)
  }

  package var databaseValue: Value {
    .blob(ids.withUnsafeBytes { Array($0) })
  }

  /// Makes `is_among` known to a connection.
  static func addFunction(to connection: OpaquePointer) -> Int32 {
    sqlite3_create_function_v2(
      connection, "is_among", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nil,
      { context, _, arguments in
        guard let arguments else { return }
        let bytes = UnsafeRawBufferPointer(
          start: sqlite3_value_blob(arguments[1]), count: Int(sqlite3_value_bytes(arguments[1])))
        sqlite3_result_int(context, IDSet.holds(sqlite3_value_int64(arguments[0]), in: bytes) ? 1 : 0)
      }, nil, nil, nil)
  }

  private static func holds(_ id: Int64, in bytes: UnsafeRawBufferPointer) -> Bool {
    let size = MemoryLayout<Int64>.size
    var (low, high) = (0, bytes.count / size)
    while low < high {
      let middle = (low + high) / 2
      let found = bytes.loadUnaligned(fromByteOffset: middle * size, as: Int64.self)
      if found == id { return true }
      if found < id { low = middle + 1 } else { high = middle }
    }
    return false
  }
}
