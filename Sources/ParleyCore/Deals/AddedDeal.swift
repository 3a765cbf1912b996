/// The answer to adding a deal: the deal, and which records were made for it.
package struct AddedDeal: Sendable, Hashable, Codable {
  package struct Created: Sendable, Hashable, Codable {
    /// False when the contact was chosen, or existed by its e-mail address.
    package var contact: Bool
    /// False when the account was chosen, or existed by its name.
    package var account: Bool
  }

  package var deal: Deal
  package var created: Created
}

/// How a title will read, and the tags in it that do not exist.
package struct TitlePreview: Sendable, Hashable, Codable {
  package var title: String
  package var unknownTags: [String]
}
