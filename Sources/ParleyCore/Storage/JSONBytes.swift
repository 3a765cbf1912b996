/// The values of JSON (RFC 8259) as octets.
extension [UInt8] {
  mutating func append(_ text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func appendJSON(_ number: Int64) {
    if number < 0 { append(UInt8(ascii: "-")) }
    appendJSON(number.magnitude)
  }

  mutating func appendJSON(_ number: UInt64) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var index = 20
      var rest = number
      repeat {
        index -= 1
        digits[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      append(contentsOf: UnsafeBufferPointer(rebasing: digits[index...]))
    }
  }

  /// A string with its quotation marks (RFC 8259 §7).
  mutating func appendJSON(_ text: String) {
    var text = text
    append(UInt8(ascii: "\""))
    text.withUTF8 { text in
      var written = 0
      while let index = Self.firstToEscape(in: text, from: written) {
        append(contentsOf: UnsafeBufferPointer(rebasing: text[written..<index]))
        appendEscaped(text[index])
        written = index + 1
      }
      append(contentsOf: UnsafeBufferPointer(rebasing: text[written...]))
    }
    append(UInt8(ascii: "\""))
  }

  /// Looks at eight octets at a time. Nearly all texts have nothing to be escaped.
  private static func firstToEscape(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    let bytes = UnsafeRawBufferPointer(text)
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highest = ones << 7
    var index = start
    while index + 8 <= bytes.count {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let quotes = word ^ (ones &* 0x22)
      let slashes = word ^ (ones &* 0x5C)
      // The highest bit of the first octet that is below 0x20, or equal to either, is set; of those behind it that may be wrong.
      let found =
        ((word &- (ones &* 0x20)) & ~word | (quotes &- ones) & ~quotes | (slashes &- ones) & ~slashes)
        & highest
      if found != 0 { return index + found.trailingZeroBitCount / 8 }
      index += 8
    }
    return bytes[index...].firstIndex { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }
  }

  private mutating func appendEscaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append("\\\"" as StaticString)
    case UInt8(ascii: "\\"): append("\\\\" as StaticString)
    case UInt8(ascii: "\n"): append("\\n" as StaticString)
    case UInt8(ascii: "\r"): append("\\r" as StaticString)
    case UInt8(ascii: "\t"): append("\\t" as StaticString)
    default:
      append(byte < 0x10 ? "\\u000" : "\\u001" as StaticString)
      let digit = byte & 0xF
      append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
}
