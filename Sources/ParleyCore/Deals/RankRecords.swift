import SQLite

/// The places of a stage's deals. No two deals of a stage, whatever their status, have the same place.
enum RankRecords {
  /// The place before every other.
  static func head(of stageID: Int64, in snapshot: borrowing Snapshot) throws -> Rank {
    try .between(nil, next(behind: nil, in: stageID, snapshot))
  }

  /// The place behind a deal, or the head when that deal does not stand in the stage.
  static func place(behind dealID: Int64, in stageID: Int64, _ snapshot: borrowing Snapshot) throws -> Rank {
    let found = try snapshot.first("SELECT rank FROM deals WHERE id = ? AND stage_id = ?", dealID, stageID) {
      Rank(stored: $0.text(0))
    }
    guard let found else { return try head(of: stageID, in: snapshot) }
    return try .between(found, next(behind: found, in: stageID, snapshot))
  }

  /// The whole-number part of the last place: every greater number is behind all of the stage's deals.
  static func last(of stageID: Int64, in snapshot: borrowing Snapshot) throws -> Int64 {
    let ranks = try Deal.Status.allCases.compactMap { status in
      try snapshot.first(
        "SELECT rank FROM deals WHERE stage_id = ? AND status = ? ORDER BY rank DESC LIMIT 1", stageID, status
      ) { Rank(stored: $0.text(0)) }
    }
    return Int64(clamping: (ranks.max() ?? .between(nil, nil)).count)
  }

  /// The first place behind another; the first of all behind nil.
  private static func next(
    behind rank: Rank?, in stageID: Int64, _ snapshot: borrowing Snapshot
  ) throws -> Rank? {
    // One search in the index for each status: a search over several would look at all their deals.
    try Deal.Status.allCases.compactMap { status in
      try snapshot.first(
        "SELECT rank FROM deals WHERE stage_id = ? AND status = ? AND rank > ? ORDER BY rank LIMIT 1",
        stageID,
        status, rank?.text ?? ""
      ) { Rank(stored: $0.text(0)) }
    }.min()
  }
}
