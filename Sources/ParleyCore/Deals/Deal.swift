/// Something that may be sold to someone: what, to whom, for how much, by when, and how far it has come.
package struct Deal: Sendable, Hashable, Codable {
  package enum Status: String, Sendable, Hashable, Codable {
    case open, won, lost
  }

  package var id: Int64
  package var title: String
  package var description: String
  package var value: Money
  package var owner: AgentReference
  package var forecastedCloseOn: CalendarDate?
  /// As of when it was read.
  package var overdue: Bool
  package var pipeline: PipelineReference
  package var stage: Stage
  package var status: Status
  package var contact: ContactReference?
  package var account: AccountReference?
  package var secondaryContacts: [SecondaryContact]
  /// The conversation it was added from.
  package var conversationID: Int64?
  /// The id of the agent who added it.
  package var createdBy: Int64
  /// Milliseconds since 1970 UTC.
  package var createdAt: Int64
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

extension Deal {
  private enum CodingKeys: String, CodingKey {
    case id, title, description, value, owner, forecastedCloseOn, overdue, pipeline, stage, status, contact,
      account, secondaryContacts, conversationID, createdBy, createdAt
  }

  /// Written out since absent values are `null`, where the synthesized form would leave their keys out.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(title, forKey: .title)
    try container.encode(description, forKey: .description)
    try container.encode(value, forKey: .value)
    try container.encode(owner, forKey: .owner)
    try container.encode(forecastedCloseOn, forKey: .forecastedCloseOn)
    try container.encode(overdue, forKey: .overdue)
    try container.encode(pipeline, forKey: .pipeline)
    try container.encode(stage, forKey: .stage)
    try container.encode(status, forKey: .status)
    try container.encode(contact, forKey: .contact)
    try container.encode(account, forKey: .account)
    try container.encode(secondaryContacts, forKey: .secondaryContacts)
    try container.encode(conversationID, forKey: .conversationID)
    try container.encode(createdBy, forKey: .createdBy)
    try container.encode(createdAt, forKey: .createdAt)
  }
}
