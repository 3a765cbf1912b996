import Foundation

/// The name of an account, and the key by which two names are the same.
package struct AccountName: Sendable, Hashable {
  /// On one line, 1 to 200 Unicode scalars.
  package let text: String

  /// The unique index over accounts stands on it. Two names share it when they differ only in case, in width or other
  /// compatibility forms, in how accents are composed, in invisible characters, or in the amount of white space:
  /// Unicode's NFKC_Casefold (UAX #31 §5.1.4, toNFKC_Casefold), with white space collapsed.
  package let key: String

  package static let limit = 200

  /// `nil` when nothing visible is left, or when it is longer than the limit.
  package init?(_ typed: String) {
    let text = typed.onOneLine
    let key = Self.key(of: text)
    guard !key.isEmpty, text.unicodeScalars.count <= Self.limit else { return nil }
    self.text = text
    self.key = key
  }

  private static func key(of text: String) -> String {
    var visible = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where !scalar.properties.isDefaultIgnorableCodePoint {
      visible.append(scalar)
    }
    // Upper case first, then lower: the standard library has no case folding, and this joins ß with SS and ς with σ as
    // folding does.
    let folded = String(visible).precomposedStringWithCompatibilityMapping.uppercased().lowercased()
    return folded.precomposedStringWithCompatibilityMapping
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
