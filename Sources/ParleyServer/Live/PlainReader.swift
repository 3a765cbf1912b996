/// Reads JSON in its plainest form, which is how a widget writes most of what it says: nothing escaped, no blanks between. Octet by octet
/// that costs a tenth of a decoder. All else is refused, and is the decoder's to judge.
struct PlainReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var offset = 0

  /// - Parameter bytes: valid UTF-8, lent for as long as this is used.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { offset == bytes.count }

  /// Reads an object. False if it is none in this form.
  ///
  /// - Parameter member: reads the value of the named member; false if it cannot.
  mutating func object(_ member: (inout PlainReader, _ name: String) -> Bool) -> Bool {
    guard take(UInt8(ascii: "{")) else { return false }
    while let name = string(), take(UInt8(ascii: ":")), member(&self, name) {
      if take(UInt8(ascii: "}")) { return true }
      guard take(UInt8(ascii: ",")) else { return false }
    }
    return false
  }

  mutating func string() -> String? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    let start = offset
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
      guard bytes[offset] >= 0x20, bytes[offset] != UInt8(ascii: "\\") else { return nil }
      offset += 1
    }
    guard offset < bytes.count else { return nil }
    offset += 1
    return String(decoding: bytes[start..<(offset - 1)], as: UTF8.self)
  }

  /// A whole number that is not negative, of no more digits than always fit.
  mutating func count() -> Int64? {
    let start = offset
    var value: Int64 = 0
    while offset < bytes.count, case let digit = bytes[offset] &- UInt8(ascii: "0"), digit < 10 {
      guard offset - start < 18 else { return nil }
      value = value * 10 + Int64(digit)
      offset += 1
    }
    let isPlain = offset - start == 1 || offset > start && bytes[start] != UInt8(ascii: "0")
    return isPlain ? value : nil
  }

  /// False, and nothing was read, if it is something else.
  mutating func null() -> Bool {
    let isNull = bytes[offset...].starts(with: "null".utf8)
    if isNull { offset += 4 }
    return isNull
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard offset < bytes.count, bytes[offset] == byte else { return false }
    offset += 1
    return true
  }
}
