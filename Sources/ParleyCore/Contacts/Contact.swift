/// A person that the company knows, by their e-mail address.
package struct Contact: Sendable, Hashable, Codable {
  package var id: Int64
  package var email: String
  package var firstName: String
  package var lastName: String
  package var phone: String
  package var jobTitle: String
  package var account: AccountReference?
  /// Milliseconds since 1970 UTC.
  package var createdAt: Int64

  /// What to call them: their name, or their address where they have none.
  package var displayName: String {
    let name = PersonName(first: firstName, last: lastName).full
    return name.isEmpty ? email : name
  }
}

extension Contact {
  private enum CodingKeys: String, CodingKey {
    case id, email, firstName, lastName, phone, jobTitle, account, createdAt
  }

  /// Written out since an absent account is `null`, where the synthesized form would leave its key out.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(email, forKey: .email)
    try container.encode(firstName, forKey: .firstName)
    try container.encode(lastName, forKey: .lastName)
    try container.encode(phone, forKey: .phone)
    try container.encode(jobTitle, forKey: .jobTitle)
    try container.encode(account, forKey: .account)
    try container.encode(createdAt, forKey: .createdAt)
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
