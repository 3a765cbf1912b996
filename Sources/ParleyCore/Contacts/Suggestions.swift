import SQLite

/// Records that can be suggested while someone types.
protocol SuggestionSource {
  associatedtype Record: Identifiable

  static func newest(limit: Int, in snapshot: borrowing Snapshot) throws -> [Record]

  /// Those that begin as a whole with what is typed, in alphabetical order.
  static func beginning(
    with search: PrefixSearch, limit: Int, in snapshot: borrowing Snapshot
  ) throws -> [Record]

  /// Those that an expression of the full-text index finds, newest first.
  static func matching(
    _ expression: String, limit: Int, in snapshot: borrowing Snapshot
  ) throws -> [Record]
}

/// What to suggest for what is typed so far, best first: what begins so as a whole, then what has all its words, then what has
/// words that begin so. Each search is bounded and in the order of an index, so the cost does not grow with how much matches.
enum Suggestions {
  static let limits = 1...50

  static func find<Source: SuggestionSource>(
    _ typed: String, limit: Int, from source: Source.Type, in snapshot: borrowing Snapshot
  ) throws -> [Source.Record] {
    let search = PrefixSearch(typed)
    let limit = min(max(limit, limits.lowerBound), limits.upperBound)
    guard !search.text.isEmpty else { return try source.newest(limit: limit, in: snapshot) }
    var found = try source.beginning(with: search, limit: limit, in: snapshot)
    for expression in [search.wholeWords, search.beginnings] where found.count < limit && !expression.isEmpty
    {
      let more = try source.matching(expression, limit: limit, in: snapshot)
      found += more.filter { record in !found.contains { $0.id == record.id } }.prefix(limit - found.count)
    }
    return found
  }
}
