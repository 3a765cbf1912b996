/// A JSON text as it grows (RFC 8259): its octets, and the brackets that are open.
///
/// Values are written as they are met, in the order in which they encode their keys. Nothing is kept of them in between, which
/// is what makes Foundation's encoder several times as dear: an event is encoded while every other writer waits.
final class JSONOutput {
  private(set) var bytes: [UInt8] = []
  /// What closes each bracket that is open, the innermost last.
  private var closers: [UInt8] = []

  init() {
    bytes.reserveCapacity(512)
  }

  /// How many brackets are open.
  var depth: Int { closers.count }

  /// Writes a value of whatever shape, and closes what it opened.
  func append(_ value: some Encodable) throws {
    let depth = depth
    let start = bytes.count
    try value.encode(to: JSONValueEncoder(output: self, depth: depth))
    // What encodes nothing at all has no members.
    if bytes.count == start { open(UInt8(ascii: "{"), UInt8(ascii: "}")) }
    close(to: depth)
  }

  func open(_ opener: UInt8, _ closer: UInt8) {
    bytes.append(opener)
    closers.append(closer)
  }

  func close(to depth: Int) {
    while closers.count > depth { bytes.append(closers.removeLast()) }
  }

  /// Begins the next element or member of the innermost bracket.
  func separate() {
    guard bytes.last != UInt8(ascii: "{"), bytes.last != UInt8(ascii: "[") else { return }
    bytes.append(UInt8(ascii: ","))
  }

  func append(key: String) {
    separate()
    append(key)
    bytes.append(UInt8(ascii: ":"))
  }

  func appendNull() {
    append("null" as StaticString)
  }

  func append(_ isTrue: Bool) {
    append(isTrue ? "true" : "false" as StaticString)
  }

  func append(_ number: Int64) {
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    append(number.magnitude)
  }

  func append(_ number: UInt64) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var index = 20
      var rest = number
      repeat {
        index -= 1
        digits[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      bytes.append(contentsOf: digits[index...])
    }
  }

  /// - Throws: `EncodingError` for what JSON has no number for.
  func append(_ number: Double) throws {
    guard number.isFinite else {
      throw EncodingError.invalidValue(number, .init(codingPath: [], debugDescription: "no JSON number"))
    }
    bytes.append(contentsOf: number.description.utf8)
  }

  /// A string with its quotation marks (RFC 8259 §7).
  func append(_ text: String) {
    var text = text
    bytes.append(UInt8(ascii: "\""))
    text.withUTF8 { text in
      var written = 0
      for index in text.indices where Self.mustBeEscaped(text[index]) {
        bytes.append(contentsOf: text[written..<index])
        appendEscaped(text[index])
        written = index + 1
      }
      bytes.append(contentsOf: text[written...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func mustBeEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private func appendEscaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append("\\\"" as StaticString)
    case UInt8(ascii: "\\"): append("\\\\" as StaticString)
    case UInt8(ascii: "\n"): append("\\n" as StaticString)
    case UInt8(ascii: "\r"): append("\\r" as StaticString)
    case UInt8(ascii: "\t"): append("\\t" as StaticString)
    default:
      append(byte < 0x10 ? "\\u000" : "\\u001" as StaticString)
      let digit = byte & 0xF
      bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }

  private func append(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
