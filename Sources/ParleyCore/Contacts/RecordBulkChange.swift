/// Which contacts or accounts are changed together.
package enum RecordSelection: Sendable, Hashable {
  /// 1 … 500 of them.
  case these([Int64])
  /// The next 500 that a filter leaves, behind the last that were: the newest first.
  case all(RecordFilter, after: String?)

  static let limit = 500
}

/// What to change of many contacts; what is nil stays.
package struct ContactBulkChange: Sendable, Hashable {
  package var addTag: String?
  package var removeTag: String?
  /// `.some(nil)` takes them out of their accounts.
  package var accountID: Int64??
  /// Whether they are deleted, as by `deleteContact`.
  package var delete = false

  package init(
    addTag: String? = nil, removeTag: String? = nil, accountID: Int64?? = nil, delete: Bool = false
  ) {
    self.addTag = addTag
    self.removeTag = removeTag
    self.accountID = accountID
    self.delete = delete
  }
}

extension ContactBulkChange: Decodable {
  private enum Key: String, CodingKey {
    case addTag, removeTag, accountID, delete
  }

  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    addTag = try object.decodeIfPresent(String.self, forKey: .addTag)
    removeTag = try object.decodeIfPresent(String.self, forKey: .removeTag)
    accountID = try object.decodeNullable(Int64.self, forKey: .accountID)
    delete = try object.decodeIfPresent(Bool.self, forKey: .delete) ?? false
  }
}

/// What to change of many accounts; what is nil stays.
package struct AccountBulkChange: Sendable, Hashable {
  /// `.some(nil)` leaves them to nobody.
  package var ownerID: Int64??
  package var delete = false

  package init(ownerID: Int64?? = nil, delete: Bool = false) {
    self.ownerID = ownerID
    self.delete = delete
  }
}

extension AccountBulkChange: Decodable {
  private enum Key: String, CodingKey {
    case ownerID, delete
  }

  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    ownerID = try object.decodeNullable(Int64.self, forKey: .ownerID)
    delete = try object.decodeIfPresent(Bool.self, forKey: .delete) ?? false
  }
}

/// What came of a change of many contacts or accounts.
package struct RecordBulkResult: Sendable, Hashable, Codable {
  package struct Skipped: Sendable, Hashable, Codable {
    package var id: Int64
    /// Empty for what is not there any more.
    package var name: String
    /// `gone` or `tags.too-many`.
    package var reason: String
  }

  /// Those that were changed; those that were so already are not among them.
  package var changed: [Int64] = []
  package var skipped: [Skipped] = []
  /// How many were looked at.
  package var seen = 0
  /// Where the next batch of a filter begins; nil at its end.
  @Nullable package var next: String?
}
