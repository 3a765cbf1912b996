/// A company or other body that contacts belong to.
package struct Account: Sendable, Hashable, Codable, Identifiable {
  package var id: Int64
  package var name: String
  /// Its website, or empty.
  package var url: String
  package var phone: String
  /// The agent who looks after it.
  @Nullable package var owner: AgentReference?
  package var fields = CustomFieldValues()
  /// Milliseconds since 1970 UTC.
  package var createdAt: Int64
  /// When there was last something of it: a message, a deal, a note, a task; of messages to the minute. Nil in answers that were kept
  /// from before this was.
  @Nullable package var lastActivityAt: Int64?

  /// Whether nobody has changed it: what happens with an account is no change.
  func isSame(as earlier: Account) -> Bool {
    var earlier = earlier
    earlier.lastActivityAt = lastActivityAt
    return self == earlier
  }

  /// In Unicode scalars.
  static let urlLimit = 2000
  static let phoneLimit = 50
}

/// An account as it is named within another record.
package struct AccountReference: Sendable, Hashable, Codable {
  package var id: Int64
  package var name: String
}
