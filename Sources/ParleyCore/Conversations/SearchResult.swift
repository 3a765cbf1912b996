/// A page of what a search found.
package struct SearchPage: Sendable, Hashable, Codable {
  /// One a conversation: first those whose visitor or contact is found, then those with a message that is; each newest first.
  package var results: [SearchResult]
  /// Where the next page begins; nil at the end. A page may have few results, or none, before the end.
  @Nullable package var next: String?
}

package struct SearchResult: Sendable, Hashable, Codable {
  package var conversation: Conversation
  package var hit: SearchHit
}

/// Where it was found.
package struct SearchHit: Sendable, Hashable, Codable {
  package enum Field: String, Sendable, Hashable, Codable {
    case message, person
  }

  package struct Part: Sendable, Hashable, Codable {
    package var text: String
    /// Whether this is what was searched for.
    package var match: Bool
  }

  package var field: Field
  /// The message's place in the thread, for the field `message`.
  @Nullable package var messageNumber: Int64?
  /// The text around the hit, in order.
  package var parts: [Part]
}

extension SearchHit {
  /// Around what matches, in what SQLite answers: characters of the private use area, which mean nothing to anyone else. Where a
  /// text has them itself, a part is marked wrongly, and no more than that.
  static let opening: Unicode.Scalar = "\u{E000}"
  static let closing: Unicode.Scalar = "\u{E001}"

  /// Takes the marks out of a text. By scalars: what joins the character before it, as in "1️⃣", would join the mark.
  static func parts(of marked: String) -> [Part] {
    var parts: [Part] = []
    var text = String.UnicodeScalarView()
    var isMatch = false
    func end() -> Part? { text.isEmpty ? nil : Part(text: String(text), match: isMatch) }
    for scalar in marked.unicodeScalars {
      guard scalar == opening || scalar == closing else {
        text.append(scalar)
        continue
      }
      if let part = end() { parts.append(part) }
      text.removeAll()
      isMatch = scalar == opening
    }
    if let part = end() { parts.append(part) }
    return parts
  }
}

/// Where a page of results begins: in which of the three indexes, before which row of it, and which conversations earlier pages
/// gave. As text `m1234.z.1f`: the index, the row, the conversations in base 36.
struct SearchCursor: Hashable {
  /// In the order in which a search goes through them.
  enum Index: Character, CaseIterable {
    case visitors = "v"
    case contacts = "c"
    case messages = "m"
  }

  let index: Index
  let before: Int64
  private(set) var found: [Int64] = []

  private static let rememberedLimit = 500

  static let start = SearchCursor(index: .visitors, before: .max)

  init(index: Index, before: Int64) {
    self.index = index
    self.before = before
  }

  /// Only the latest: the text is part of an address. What was found 500 results ago may come again.
  mutating func remember(_ conversations: [Int64]) {
    found = conversations.suffix(Self.rememberedLimit)
  }

  init?(_ text: String) {
    var parts = text.split(separator: ".", omittingEmptySubsequences: false)[...]
    guard let place = parts.popFirst(), let index = place.first.flatMap({ Index(rawValue: $0) }),
      let before = Int64(place.dropFirst()), parts.count <= Self.rememberedLimit
    else { return nil }
    let found = parts.compactMap { Int64($0, radix: 36) }
    guard found.count == parts.count else { return nil }
    self.init(index: index, before: before)
    self.found = found
  }

  var text: String {
    (["\(index.rawValue)\(before)"] + found.map { String($0, radix: 36) }).joined(separator: ".")
  }
}
