/// A person that the company knows, by their e-mail address.
package struct Contact: Sendable, Hashable, Codable, Identifiable {
  package var id: Int64
  package var email: String
  package var firstName: String
  package var lastName: String
  /// What to call them: their name, or their address where they have none.
  package var name: String
  package var phone: String
  package var jobTitle: String
  @Nullable package var account: AccountReference?
  /// In alphabetical order.
  package var tags: [String]
  package var fields = CustomFieldValues()
  /// Milliseconds since 1970 UTC.
  package var createdAt: Int64
  /// When there was last something of it: a message, a deal, a note, a task; of messages to the minute. Nil in answers that were kept
  /// from before this was.
  @Nullable package var lastActivityAt: Int64?

  /// Whether nobody has changed it: what happens with a contact is no change.
  func isSame(as earlier: Contact) -> Bool {
    var earlier = earlier
    earlier.lastActivityAt = lastActivityAt
    return self == earlier
  }

  /// In Unicode scalars.
  static let phoneLimit = 50
  static let jobTitleLimit = 100
  static let mostTags = 50

  static func name(first: String, last: String, email: String) -> String {
    let name = PersonName(first: first, last: last).full
    return name.isEmpty ? email : name
  }
}

/// A contact as it is named within another record.
package struct ContactReference: Sendable, Hashable, Codable {
  package var id: Int64
  /// Their name, or their address where they have none.
  package var name: String
  package var email: String
}

/// A contact with a part in a deal that is not its own, such as "Decision Maker".
package struct SecondaryContact: Sendable, Hashable, Codable {
  package var id: Int64
  package var name: String
  package var email: String
  package var role: String
}
