import SQLite

/// Counts and sums that are kept, and need no deals to be looked at.
enum KeptTotals {
  case wholeColumns
  case ofOwner(Int64)
  /// By its key.
  case tagged(String)
  /// Only of open deals.
  case closing(ClosedRange<String>)

  /// Of all these columns; several of a currency are to be added up.
  func rows(of columns: [ColumnKey], in snapshot: borrowing Snapshot) throws -> [TotalRecords.Sum] {
    var rows: [TotalRecords.Sum] = []
    switch self {
    case .wholeColumns:
      for column in columns { rows += try TotalRecords.rows(of: column, in: snapshot) }
    case .ofOwner(let id):
      for column in columns { rows += try TotalRecords.rows(of: column, ownedBy: id, in: snapshot) }
    case .tagged(let key):
      for column in columns { rows += try TotalRecords.rows(of: column, tagged: key, in: snapshot) }
    case .closing(let days):
      // In one walk over the days, which the columns share.
      rows = try TotalRecords.rows(of: columns, closingOn: days, in: snapshot)
    }
    return rows
  }
}

extension DealFilter {
  /// Nil where none are kept of what it shows.
  var keptTotals: KeptTotals? {
    var rest = self
    (rest.pipelineID, rest.stageID, rest.status) = (nil, nil, .open)
    if rest == DealFilter() { return .wholeColumns }
    var one = DealFilter()
    one.ownerID = ownerID
    if let ownerID, ownerID != TotalRecords.everybody, rest == one { return .ofOwner(ownerID) }
    one = DealFilter()
    one.tags = tags
    if tags.count == 1, rest == one { return .tagged(TagName(tags[0])?.key ?? "") }
    one = DealFilter()
    (one.closeFrom, one.closeTo) = (closeFrom, closeTo)
    guard status == .open, rest == one else { return nil }
    // Behind every date.
    let (first, last) = (closeFrom?.description ?? "", closeTo?.description ?? "9999-12-31")
    return first <= last ? .closing(first...last) : nil
  }
}
