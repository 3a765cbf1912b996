/// Which record becomes part of another, and whose values stay where both have one.
package struct MergeRequest: Sendable, Hashable, Codable {
  /// The id of the record that goes.
  package var with: Int64
  /// The fields whose values are taken from the record that goes: `email`, `name`, `phone`, `jobTitle`, `account` of a contact,
  /// `name`, `url`, `phone`, `owner` of an account, and `field.ID` of either. A value that only one of them has stays anyhow.
  package var take: [String]

  package init(with: Int64, take: [String] = []) {
    self.with = with
    self.take = take
  }
}

/// A record that has become part of another, as it was.
package struct Merge: Sendable, Hashable, Codable {
  package var id: Int64
  package var record: MergedRecord
  /// What the other record had until then, of what was taken from this one.
  package var replaced: [MergedFact]
  @Nullable package var agent: AgentReference?
  package var createdAt: Int64
}

/// A record in words, so that it can be read whatever becomes of the fields it had.
package struct MergedRecord: Sendable, Hashable, Codable {
  package var id: Int64
  package var name: String
  /// Of the fields that had a value.
  package var facts: [MergedFact]
}

package struct MergedFact: Sendable, Hashable, Codable {
  /// As in a `MergeRequest`, and `tags`.
  package var field: String
  /// How a field of one's own was called.
  @Nullable package var title: String?
  package var text: String
}

/// What has become part of a record, and by what else it is known since.
package struct MergeHistory: Sendable, Hashable, Codable {
  /// Newest first, a hundred at most.
  package var merges: [Merge]
  /// E-mail addresses of a contact, names of an account.
  package var aliases: [String]
}

extension Contact {
  /// - Parameter definitions: the fields of one's own.
  func mergedFacts(_ definitions: [CustomField]) -> [MergedFact] {
    MergedFact.all([
      ("email", email), ("name", PersonName(first: firstName, last: lastName).full), ("phone", phone),
      ("jobTitle", jobTitle), ("account", account?.name ?? ""), ("tags", tags.joined(separator: ", ")),
    ]) + MergedFact.all(fields, definitions)
  }
}

extension Account {
  func mergedFacts(_ definitions: [CustomField]) -> [MergedFact] {
    MergedFact.all([("name", name), ("url", url), ("phone", phone), ("owner", owner?.name ?? "")])
      + MergedFact.all(fields, definitions)
  }
}

extension MergedFact {
  fileprivate static func all(_ facts: [(String, String)]) -> [MergedFact] {
    facts.filter { !$0.1.isEmpty }.map { MergedFact(field: $0.0, title: nil, text: $0.1) }
  }

  fileprivate static func all(_ values: CustomFieldValues, _ definitions: [CustomField]) -> [MergedFact] {
    definitions.compactMap { field in
      values[field.id].map {
        MergedFact(field: "field.\(field.id)", title: field.name, text: $0.typedText(as: field))
      }
    }
  }
}
