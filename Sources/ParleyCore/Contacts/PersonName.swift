/// A person's name in the two parts that contacts have.
package struct PersonName: Sendable, Hashable {
  package var first: String
  package var last: String

  package static let limit = 100

  package init(first: String, last: String) {
    self.first = first.onOneLine
    self.last = last.onOneLine
  }

  /// Splits a typed name: its first word, then all the rest ("Ludwig van Beethoven" is Ludwig, van Beethoven).
  package init(full: String) {
    let words = full.onOneLine.split(maxSplits: 1, whereSeparator: \.isWhitespace)
    first = words.first.map(String.init) ?? ""
    last = words.count > 1 ? String(words[1]) : ""
  }

  /// First and last, or whichever there is; empty when neither is.
  package var full: String {
    if first.isEmpty { return last }
    return last.isEmpty ? first : "\(first) \(last)"
  }

  /// Each part is within the limit, counted in Unicode scalars.
  var isWithinLimits: Bool {
    first.unicodeScalars.count <= Self.limit && last.unicodeScalars.count <= Self.limit
  }
}
