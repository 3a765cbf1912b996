/// Checks UTF-8 as it arrives (RFC 3629 §4): it says no at the first octet after which no text could go on.
struct UTF8Validation: Sendable {
  /// Continuation octets that the character at the end still lacks.
  private var missing = 0
  /// What the next of them may be: narrower than 80…BF where overlong forms, surrogates and numbers beyond U+10FFFF would lie.
  private var lower: UInt8 = 0x80
  private var upper: UInt8 = 0xBF

  /// Whether what was seen ends between two characters.
  var isComplete: Bool { missing == 0 }

  /// Whether the text can go on after these octets.
  mutating func accept(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var index = 0
    while index < bytes.count {
      guard missing == 0 else {
        guard (lower...upper).contains(bytes[index]) else { return false }
        (missing, lower, upper) = (missing - 1, 0x80, 0xBF)
        index += 1
        continue
      }
      while index + 8 <= bytes.count,
        bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        index += 8
      }
      guard index < bytes.count else { break }
      guard begin(bytes[index]) else { return false }
      index += 1
    }
    return true
  }

  private mutating func begin(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x00...0x7F: return true
    case 0xC2...0xDF: (missing, lower, upper) = (1, 0x80, 0xBF)
    case 0xE0: (missing, lower, upper) = (2, 0xA0, 0xBF)
    case 0xED: (missing, lower, upper) = (2, 0x80, 0x9F)
    case 0xE1...0xEF: (missing, lower, upper) = (2, 0x80, 0xBF)
    case 0xF0: (missing, lower, upper) = (3, 0x90, 0xBF)
    case 0xF1...0xF3: (missing, lower, upper) = (3, 0x80, 0xBF)
    case 0xF4: (missing, lower, upper) = (3, 0x80, 0x8F)
    default: return false
    }
    return true
  }
}
