/// Which deals: each part narrows it, and what is nil does not.
package struct DealFilter: Sendable, Hashable {
  package enum Status: String, Sendable, Hashable {
    case open, won, lost, all
  }

  package var pipelineID: Int64?
  package var stageID: Int64?
  package var status = Status.open
  package var ownerID: Int64?
  /// Minor units, both included; of whatever currency unless one is named.
  package var valueFrom: Int64?
  package var valueTo: Int64?
  /// An ISO 4217 code.
  package var currency: String?
  /// Both included; deals without a close date are in no such range.
  package var closeFrom: CalendarDate?
  package var closeTo: CalendarDate?
  /// All of them.
  package var tags: [String] = []
  /// Who has any part in it.
  package var contactID: Int64?
  package var accountID: Int64?
  /// The beginnings of words of the title, of the contact or of the account.
  package var search = ""
  package var fields: [FieldFilter] = []

  package init() {}

  var statuses: [Deal.Status] {
    switch status {
    case .open: [.open]
    case .won: [.won]
    case .lost: [.lost]
    case .all: Deal.Status.allCases
    }
  }
}

/// A page of deals in some order, and what all that the filter shows comes to.
package struct DealPage: Sendable, Hashable, Codable {
  package var deals: [Deal]
  @Nullable package var next: String?
  package var count: Int
  /// False when there are more than `count`; the totals are those of so many then.
  package var isExact: Bool
  package var totals: [Total]
}

/// A pipeline's board: its stages, each with its first cards.
package struct Board: Sendable, Hashable, Codable {
  package struct Column: Sendable, Hashable, Codable {
    package var stage: Stage
    package var count: Int
    package var isExact: Bool
    package var totals: [Total]
    package var deals: [Deal]
    /// For `/api/deals` with the stage, its sort, and the same filter.
    @Nullable package var next: String?
  }

  package var columns: [Column]
}
