/// What someone wrote down about a deal, a contact or an account. Visitors never see it.
package struct Note: Sendable, Hashable, Codable {
  package var id: Int64
  package var text: String
  /// Nil for an automation's.
  @Nullable package var agent: AgentReference?
  package var createdAt: Int64
  package var updatedAt: Int64

  /// In Unicode scalars.
  static let limit = 10_000

  /// Cleaned for storage.
  ///
  /// - Throws: `invalid` with `note.invalid`.
  static func checked(_ typed: String) throws(ParleyError) -> String {
    var invalid = Invalid(code: "note.invalid")
    let text = typed.onManyLines
    if text.isEmpty { invalid.add("text", "note.text.required") }
    if text.unicodeScalars.count > limit { invalid.add("text", "note.text.too-long") }
    try invalid.check()
    return text
  }
}

/// A page of notes, newest first.
package struct NotePage: Sendable, Hashable, Codable {
  package var notes: [Note]
  /// The `before` of the next page.
  @Nullable package var next: Int64?
}
