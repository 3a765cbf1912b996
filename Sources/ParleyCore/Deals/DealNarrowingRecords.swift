import SQLite

/// What a filter leaves of all deals before one looks at any column: the ids that its conditions find by indexes of their own, where
/// these are few enough to be gone through. Made once for a request.
struct DealNarrowingRecords {
  /// Up to so many deals are gone through.
  static let limit = 4000
  /// Up to so many ids are read of a condition, for what others leave of them.
  static let readLimit = 20_000

  /// A JSON array. Nil when the conditions leave too many: then each deal that comes up is asked.
  let ids: String?
  /// Whether the ids are of the newest deals of more.
  let isCut: Bool
  /// The conditions that the ids meet already, by their places among the filter's.
  private let met: Set<Int>

  /// - Parameter columns: those asked for; which they are does not matter to these conditions.
  init(of columns: [ColumnKey], _ filter: DealFilter, in snapshot: borrowing Snapshot) throws {
    let conditions = try columns.first.map { try filter.conditions(in: $0, snapshot) } ?? []
    let narrowing = conditions.enumerated().filter { $0.element.candidates != nil }
    // One alone is not met by others: it is read no further than it is gone through.
    let depth = narrowing.count == 1 ? Self.limit : Self.readLimit
    var found: Set<Int64>?
    var met: Set<Int> = []
    var isCut = false
    for (index, condition) in narrowing {
      guard let candidates = condition.candidates else { continue }
      let ids = try snapshot.rows(
        "SELECT id FROM (\(candidates.sql)) LIMIT \(depth + 1)", binding: candidates.values
      ) { $0.int64(0) }
      guard ids.count <= depth else { continue }
      found = found.map { $0.intersection(ids) } ?? Set(ids)
      met.insert(index)
      isCut = isCut || ids.count == condition.cut
    }
    if let all = found, all.count > Self.limit {
      // What a search finds is not asked of a single deal, so it narrows, to the newest.
      let isSearched = narrowing.contains { met.contains($0.offset) && $0.element.cut != nil }
      found = isSearched ? Set(all.sorted(by: >).prefix(Self.limit)) : nil
      isCut = isSearched
      if !isSearched { met = [] }
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
