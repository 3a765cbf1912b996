import SQLite

/// The records that meet a condition, as an index of its own tells them.
struct Candidates {
  /// A query for their ids.
  let sql: String
  let values: [any Bindable]
  /// Whether it tells the newest first: then a condition that too many meet is met by the newest of them.
  var isNewestFirst = false
}

/// What a filter leaves of all records before one looks at any of them: the ids that its conditions find by indexes of their own, met
/// with each other. Made once for a request.
struct NarrowingRecords {
  /// Up to so many ids are read of each condition.
  static let limit = 20_000
  /// Up to so many, the newest, of one that tells them first.
  static let newestLimit = 10_000
  /// What is left of these by others is looked up one by one, since what shares a word stands close together in an order of words:
  /// the newest of them, so many.
  static let depth = 2000
  /// As much as that for a file of all there is.
  static let wholeDepth = 20_000

  /// Nil where each condition that has an index of its own is met by more: then each record that comes up is asked.
  let ids: IDSet?
  /// Some of those that one of the conditions finds, where there are no ids.
  let sample: [Int64]
  /// The oldest that was looked at, where the ids are of the newest of more.
  let cut: Int64?
  /// How many there are, as far as they were read, and whether that is all.
  let count: Int
  let isWhole: Bool
  /// The conditions that the ids meet already, by their places.
  let met: Set<Int>

  /// - Parameters:
  ///   - conditions: what each of them has to tell, if anything.
  ///   - most: so many at the most are told as a sample.
  ///   - depth: of what a word is shared by, so many of the newest that are left.
  init(
    _ conditions: [Candidates?], sample most: Int, depth: Int = NarrowingRecords.depth,
    in snapshot: borrowing Snapshot
  ) throws {
    var ids: IDSet?
    var sample: [Int64] = []
    var met: Set<Int> = []
    var (cut, isDeep): (Int64?, Bool) = (nil, false)
    for (place, candidates) in conditions.enumerated() {
      guard let candidates, ids?.ids.isEmpty != true else { continue }
      let limit = candidates.isNewestFirst ? max(Self.newestLimit, depth) : Self.limit
      isDeep = isDeep || candidates.isNewestFirst
      var found = try snapshot.rows(
        "SELECT id FROM (\(candidates.sql)) LIMIT \(limit + 1)", binding: candidates.values
      ) { $0.int64(0) }
      if found.count > limit {
        guard candidates.isNewestFirst else {
          sample = Array(found.prefix(most))
          continue
        }
        found.removeLast()
        cut = found.last
      }
      let set = IDSet(found)
      ids = ids?.intersection(set) ?? set
      met.insert(place)
    }
    (count, isWhole) = (ids?.ids.count ?? 0, cut == nil)
    if let all = ids, isDeep, all.ids.count > depth {
      ids = all.greatest(depth)
      cut = ids?.ids.first
    }
    (self.ids, self.cut, self.met) = (ids, cut, met)
    self.sample = ids == nil ? sample : []
  }
}
