/// Something that may be sold to someone: what, to whom, for how much, by when, and how far it has come.
package struct Deal: Sendable, Hashable, Codable {
  package enum Status: String, Sendable, Hashable, Codable, CaseIterable {
    case open, won, lost
  }

  package var id: Int64
  package var title: String
  package var description: String
  package var value: Money
  package var owner: AgentReference
  @Nullable package var forecastedCloseOn: CalendarDate?
  /// As of when it was read.
  package var overdue: Bool
  package var pipeline: PipelineReference
  package var stage: Stage
  package var status: Status
  @Nullable package var contact: ContactReference?
  @Nullable package var account: AccountReference?
  package var secondaryContacts: [SecondaryContact]
  /// The conversation it was added from.
  @Nullable package var conversationID: Int64?
  /// Those that were added to it later, the oldest first.
  package var linkedConversationIDs: [Int64] = []
  /// The id of the agent who added it.
  package var createdBy: Int64
  /// Milliseconds since 1970 UTC.
  package var createdAt: Int64
  package var stageEnteredAt: Int64
  /// The last change of it, of its notes, its tasks or its people; or the last text in one of its conversations while it is open.
  package var lastActivityAt: Int64
  /// As of when it was read.
  package var rotting: Bool
  /// When it was won or lost.
  @Nullable package var closedAt: Int64?
  /// Empty for a deal that is not lost.
  package var lostReason: String
  /// In alphabetical order.
  package var tags: [String]
  package var fields = CustomFieldValues()
  /// The open task that is due first.
  @Nullable package var nextTask: AssignedTask?
  /// Its place in its column of the board; as bytes, ranks sort as the cards stand.
  package var rank: String

  /// In Unicode scalars.
  static let titleLimit = 200
  static let descriptionLimit = 10_000
  static let lostReasonLimit = 500
  static let roleLimit = 50
  static let tagsLimit = 50
  static let linkedConversationsLimit = 50
}

/// An agent as named within another record.
package struct AgentReference: Sendable, Hashable, Codable {
  package var id: Int64
  package var name: String
}

extension Deal.Status {
  /// The one rule for "overdue": a deal still open whose close date has passed. On the date itself it is not yet.
  ///
  /// - Parameter today: the day in the workspace's time zone.
  package func isOverdue(forecastedCloseOn: CalendarDate?, today: CalendarDate) -> Bool {
    guard self == .open, let forecastedCloseOn else { return false }
    return forecastedCloseOn < today
  }
}

extension Stage {
  /// The one rule for "rotting": a deal still open in which nothing has happened for as many days as the stage allows.
  ///
  /// - Parameters: milliseconds since 1970 UTC.
  package func isRotting(_ status: Deal.Status, lastActivityAt: Int64, now: Int64) -> Bool {
    Self.isRotting(after: rottingDays, status, lastActivityAt: lastActivityAt, now: now)
  }

  static func isRotting(
    after rottingDays: Int?, _ status: Deal.Status, lastActivityAt: Int64, now: Int64
  ) -> Bool {
    guard status == .open, let rottingDays else { return false }
    return now - lastActivityAt >= Int64(rottingDays) * 24 * 60 * 60 * 1000
  }
}
