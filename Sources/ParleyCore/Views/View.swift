/// A filter with its order and its columns, saved under a name.
package struct View: Sendable, Hashable, Codable, Identifiable {
  /// The page that it is of.
  package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    case deals, contacts, accounts
  }

  package var id: Int64
  package var kind: Kind
  package var name: String
  /// As the page's address has it, without a question mark: `owner=2&sort=newest`.
  package var query: String
  /// The columns that are shown, by the page's names for them; empty for the usual ones.
  package var columns: [String]
  /// Whether the whole team has it, or only who made it.
  package var isShared: Bool
  /// Whether the asking agent's page begins with it.
  package var isDefault: Bool
  /// Who made it.
  package var agent: AgentReference

  /// In Unicode scalars.
  static let nameLimit = 60
  static let queryLimit = 2000
  static let columnsLimit = 60
  /// Of one agent, and of what is shared.
  static let limit = 200
}

/// A view to be saved, or what to change of one; what is nil is missing, or stays.
package struct ViewDraft: Sendable, Hashable, Codable {
  /// Of a new one only.
  package var kind: View.Kind?
  package var name: String?
  package var query: String?
  package var columns: [String]?
  package var isShared: Bool?
  /// For who asks only.
  package var isDefault: Bool?

  package init(
    kind: View.Kind? = nil, name: String? = nil, query: String? = nil, columns: [String]? = nil,
    isShared: Bool? = nil, isDefault: Bool? = nil
  ) {
    self.kind = kind
    self.name = name
    self.query = query
    self.columns = columns
    self.isShared = isShared
    self.isDefault = isDefault
  }

  /// Whether it is only about what the asking agent's page begins with.
  var isPersonal: Bool { self == ViewDraft(isDefault: isDefault) }

  /// Cleaned for storage.
  ///
  /// - Throws: `invalid` (`view.invalid`) with every fault: `view.kind.required`, `view.name.required`, `view.name.too-long`,
  ///   `view.query.too-long`, `view.columns.invalid`.
  func checked(isNew: Bool) throws(ParleyError) -> ViewDraft {
    var invalid = Invalid(code: "view.invalid")
    var draft = self
    if isNew, kind == nil { invalid.add("kind", "view.kind.required") }
    draft.name = (name ?? (isNew ? "" : nil))?.onOneLine
    if draft.name?.isEmpty == true { invalid.add("name", "view.name.required") }
    if (draft.name ?? "").unicodeScalars.count > View.nameLimit { invalid.add("name", "view.name.too-long") }
    draft.query = query?.onOneLine
    if (draft.query ?? "").unicodeScalars.count > View.queryLimit {
      invalid.add("query", "view.query.too-long")
    }
    let isColumn = { (name: String) in !name.isEmpty && name.utf8.count <= 40 && !name.contains(" ") }
    if let columns, columns.count > View.columnsLimit || !columns.allSatisfy(isColumn) {
      invalid.add("columns", "view.columns.invalid")
    }
    try invalid.check()
    return draft
  }
}
