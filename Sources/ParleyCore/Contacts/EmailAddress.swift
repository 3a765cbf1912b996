/// An e-mail address of the grammar that browsers hold `<input type="email">` to.
///
/// Source: HTML, "valid e-mail address" (§4.10.5.1.5), which is narrower than RFC 5322 where that allows what nobody
/// types; lengths from RFC 5321 §4.5.3.1 (64 for the local part, 254 in all).
package struct EmailAddress: Sendable, Hashable {
  /// As it was typed, without the space around it.
  package let text: String

  /// What makes two addresses the same: the unique index over contacts stands on it. Mail hosts treat the local part
  /// without regard to case, though RFC 5321 §2.4 lets them not to.
  package var key: String { text.lowercased() }

  package init?(_ typed: String) {
    let text = typed.trimmed
    let bytes = Array(text.utf8)
    guard bytes.count <= 254, let at = bytes.firstIndex(of: UInt8(ascii: "@")), (1...64).contains(at),
      bytes[..<at].allSatisfy(Self.mayStandInLocalPart),
      bytes[(at + 1)...].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        .allSatisfy(Self.isLabel)
    else { return nil }
    self.text = text
  }

  private static func mayStandInLocalPart(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || Array(".!#$%&'*+/=?^_`{|}~-".utf8).contains(byte)
  }

  /// A label of RFC 1034 §3.5: 1 to 63 letters, digits and hyphens, a hyphen at neither end.
  private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
    guard let first = label.first, let last = label.last, label.count <= 63 else { return false }
    return isLetterOrDigit(first) && isLetterOrDigit(last)
      && label.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}
