/// Which contacts or accounts a list shows, and in which order.
package struct RecordFilter: Sendable, Hashable {
  package enum Order: String, Sendable, Hashable, CaseIterable {
    /// Without regard to case and accents.
    case name
    case newest
    /// The latest activity first.
    case activity
  }

  /// Whether there are any of something.
  package enum Having: String, Sendable, Hashable {
    case any, none
  }

  /// The beginnings of words; empty for all.
  package var search: String
  /// Contacts that bear all of these tags.
  package var tags: [String]
  /// Contacts of this account.
  package var accountID: Int64?
  /// Accounts that this agent looks after, or the contacts of those; 0 for nobody.
  package var ownerID: Int64?
  /// Open deals of the pipelines that the agent may see: a contact's are those that it has any part in.
  package var openDeals: Having?
  /// Contacts with conversations.
  package var conversations: Having?
  /// Contacts with a conversation whose last message is of these days, both included.
  package var talkedFrom: CalendarDate?
  package var talkedTo: CalendarDate?
  /// The days on which they became known, both included.
  package var createdFrom: CalendarDate?
  package var createdTo: CalendarDate?
  package var fields: [FieldFilter]
  package var order: Order

  package init(
    search: String = "", tag: String? = nil, accountID: Int64? = nil, fields: [FieldFilter] = [],
    order: Order = .name
  ) {
    self.search = search
    tags = tag.map { [$0] } ?? []
    self.accountID = accountID
    self.fields = fields
    self.order = order
  }

  package static let mostTags = 10
  /// Counting stops here.
  static let countLimit = 10_000
}

/// Where a page begins: behind the record with this key. As text `ID.KEY`.
package struct RecordCursor: Sendable, Hashable {
  let id: Int64
  let key: String

  init(id: Int64, key: String) {
    self.id = id
    self.key = key
  }

  package init?(_ text: String) {
    guard let dot = text.firstIndex(of: "."), let id = Int64(text[..<dot]) else { return nil }
    self.init(id: id, key: String(text[text.index(after: dot)...]))
  }

  var text: String { "\(id).\(key)" }

  /// The key, where the list stands by a time.
  var moment: Int64 { Int64(key) ?? .max }
}

package struct ContactList: Sendable, Hashable, Codable {
  package var contacts: [Contact]
  /// Where the next page begins; nil at the end.
  @Nullable package var next: String?
  /// How many there are in all, as far as they are counted.
  package var count: Int
  package var isExact: Bool
}

package struct AccountList: Sendable, Hashable, Codable {
  package var accounts: [Account]
  @Nullable package var next: String?
  package var count: Int
  package var isExact: Bool
}

/// A page of the deals that concern a contact or an account.
package struct RelatedDeals: Sendable, Hashable, Codable {
  /// Newest first.
  package var deals: [Deal]
  /// The id before which the next page begins; nil at the end.
  @Nullable package var next: Int64?
}

/// A page of the conversations with a contact, or with the contacts of an account.
package struct RelatedConversations: Sendable, Hashable, Codable {
  /// Newest first.
  package var conversations: [Conversation]
  @Nullable package var next: Int64?
}
