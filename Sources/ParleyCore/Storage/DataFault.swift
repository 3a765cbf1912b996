/// Something in a database that should not be: a damaged page, a row that refers to none, two places that disagree.
package struct DataFault: Sendable, Hashable {
  /// What was looked at: `pages`, `references`, or the name of an invariant.
  package var check: String
  /// In SQLite's words, which name tables and indexes, or how many rows are at fault. Never what a row holds.
  package var detail: String
}

/// What a look over a database found.
package struct DataCheck: Sendable, Hashable {
  package var conversations: Int
  package var messages: Int
  package var deals: Int
  /// Empty for a database that is whole.
  package var faults: [DataFault]
}
