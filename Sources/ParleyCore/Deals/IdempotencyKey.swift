/// What a client made to mark a creating request: a request that is sent again with it is done once.
package struct IdempotencyKey: Sendable, Hashable {
  package let text: String

  /// 8 to 64 letters, digits, hyphens and underscores of ASCII, or `nil`.
  package init?(_ text: String) {
    guard (8...64).contains(text.utf8.count),
      text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
    else { return nil }
    self.text = text
  }
}
