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

  func append(_ number: Int64) { bytes.appendJSON(number) }

  func append(_ number: UInt64) { bytes.appendJSON(number) }

  /// - Throws: `EncodingError` for what JSON has no number for.
  func append(_ number: Double) throws {
    guard number.isFinite else {
      throw EncodingError.invalidValue(number, .init(codingPath: [], debugDescription: "no JSON number"))
    }
    bytes.append(contentsOf: number.description.utf8)
  }

  func append(_ text: String) { bytes.appendJSON(text) }

  private func append(_ text: StaticString) { bytes.append(text) }
}
