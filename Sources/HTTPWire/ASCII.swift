/// The octets that the protocols are made of, and the classes of them that RFC 9110 §5.6 names.
enum ASCII {
  static let tab: UInt8 = 0x09
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20
  static let colon: UInt8 = 0x3A

  /// `tchar` of RFC 9110 §5.6.2, by octet.
  static let isToken: [Bool] = table { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default:
      "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }

  /// `field-vchar`, SP and HTAB of RFC 9110 §5.5, by octet: what may stand in a field's value.
  static let isFieldValue: [Bool] = table { $0 == tab || ($0 >= 0x20 && $0 != 0x7F) }

  /// What may stand in a request target: visible ASCII without the fragment's `#` (RFC 9112 §3.2).
  static let isTarget: [Bool] = table { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }

  /// What may stand in `uri-host [ ":" port ]` of RFC 3986 §3.2.
  static let isAuthority: [Bool] = table { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default:
      "-._~!$&'()*+,;=:%[]".utf8.contains(byte)
    }
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }

  static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

  static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// Whether two runs of octets are the same but for the case of ASCII letters.
  static func equalIgnoringCase(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    guard a.count == b.count else { return false }
    for index in 0..<a.count where lowercased(a[index]) != lowercased(b[index]) { return false }
    return true
  }

  private static func table(_ contains: (UInt8) -> Bool) -> [Bool] {
    (0...255).map { contains(UInt8($0)) }
  }
}

extension UnsafeBufferPointer<UInt8> {
  func equalsIgnoringCase(_ text: StaticString) -> Bool {
    ASCII.equalIgnoringCase(self, UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  func equals(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    for index in 0..<count where self[index] != text.utf8Start[index] { return false }
    return true
  }

  /// The run without the spaces and tabs around it.
  func trimmed() -> UnsafeBufferPointer<UInt8> {
    var lower = 0
    var upper = count
    while lower < upper, ASCII.isBlank(self[lower]) { lower += 1 }
    while lower < upper, ASCII.isBlank(self[upper - 1]) { upper -= 1 }
    return UnsafeBufferPointer(rebasing: self[lower..<upper])
  }
}
