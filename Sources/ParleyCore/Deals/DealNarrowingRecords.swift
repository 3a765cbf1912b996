import SQLite

/// What a filter leaves of all deals before one looks at any column: the ids that its conditions find by indexes of their own, where
/// these are few enough to be gone through. Made once for a request.
struct DealNarrowingRecords {
  /// Up to so many ids are gone through; what finds more is only asked about each deal that comes up.
  static let limit = 10_000

  /// A JSON array. Nil when every condition finds too many.
  let ids: String?
  /// Whether the ids are of the newest deals of more.
  let isCut: Bool
  /// The conditions that the ids meet already, by their places among the filter's.
  private let met: Set<Int>

  /// - Parameter columns: those asked for; which they are does not matter to these conditions.
  init(of columns: [ColumnKey], _ filter: DealFilter, in snapshot: borrowing Snapshot) throws {
    var found: Set<Int64>?
    var met: Set<Int> = []
    var isCut = false
    let conditions = try columns.first.map { try filter.conditions(in: $0, snapshot) } ?? []
    for (index, condition) in conditions.enumerated() where !condition.isOfColumn {
      guard let candidates = condition.candidates else { continue }
      let ids = try snapshot.rows(
        "SELECT id FROM (\(candidates.sql)) LIMIT \(Self.limit + 1)", binding: candidates.values
      ) { $0.int64(0) }
      guard ids.count <= Self.limit else { continue }
      found = found.map { $0.intersection(ids) } ?? Set(ids)
      met.insert(index)
      isCut = isCut || condition.isCut && ids.count == Self.limit
    }
    ids = try found.map { try JSON.text($0.sorted()) }
    self.isCut = isCut
    self.met = met
  }

  /// What a deal with one of the ids must still meet; all, where there are none.
  func remaining(
    in column: ColumnKey, _ filter: DealFilter, _ snapshot: borrowing Snapshot
  ) throws -> [DealCondition] {
    try filter.conditions(in: column, snapshot).enumerated().filter { !met.contains($0.offset) }.map(
      \.element)
  }
}
