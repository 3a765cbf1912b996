/// Something that an automation tells an agent.
package struct Notification: Sendable, Hashable, Codable {
  package enum Kind: String, Sendable, Hashable, Codable {
    case deal, contact, conversation
  }

  package struct Link: Sendable, Hashable, Codable {
    package var kind: Kind
    package var id: Int64
  }

  package var id: Int64
  package var text: String
  /// Where it leads.
  @Nullable package var link: Link?
  @Nullable package var automation: AutomationReference?
  package var createdAt: Int64
  @Nullable package var readAt: Int64?

  static let textLimit = 1000
}

/// A page of an agent's notifications, newest first.
package struct NotificationPage: Sendable, Hashable, Codable {
  package var notifications: [Notification]
  @Nullable package var next: Int64?
  /// In all, at most 1,000.
  package var unread: Int
}
