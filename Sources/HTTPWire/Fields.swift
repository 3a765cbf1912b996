/// The fields of a message in their order. One buffer holds all their text, and each lookup compares in it, so that the fields of
/// a request cost two allocations however many they are.
package struct Fields: Sendable, Equatable {
  /// Where a field stands in `bytes`.
  struct Line: Sendable {
    var name: Range<UInt32>
    var value: Range<UInt32>
  }

  private(set) var bytes: [UInt8]
  private(set) var lines: [Line]
  /// Whether `bytes` is exactly the lines as they are sent, `name: value CRLF` each: so it is, unless they were received.
  private(set) var isWireForm: Bool

  package init() {
    bytes = []
    lines = []
    isWireForm = true
  }

  package init(_ fields: KeyValuePairs<FieldName, FieldValue>) {
    self.init()
    for (name, value) in fields { append(name, value) }
  }

  /// The fields of a received head, which `lines` tells where to find.
  init(received bytes: [UInt8], lines: [Line]) {
    self.bytes = bytes
    self.lines = lines
    isWireForm = false
  }

  package var isEmpty: Bool { lines.isEmpty }
  package var count: Int { lines.count }

  /// The value of the first field so named. Octets that are not UTF-8 read as U+FFFD.
  package subscript(_ name: FieldName) -> String? {
    first(name).map { text($0.value) }
  }

  package func contains(_ name: FieldName) -> Bool {
    first(name) != nil
  }

  /// The values of all fields so named, in order.
  package func values(_ name: FieldName) -> [String] {
    name.withBytes { wanted in lines.filter { matches($0, wanted) } }.map { text($0.value) }
  }

  /// The members of the comma-separated list that all fields so named make together (RFC 9110 §5.6.1), without empty ones.
  /// Not for lists whose members may hold quoted commas.
  package func members(_ name: FieldName) -> [String] {
    values(name).flatMap { value in
      value.utf8.split(separator: UInt8(ascii: ",")).map { part in
        Array(part).withUnsafeBufferPointer { String(decoding: $0.trimmed(), as: UTF8.self) }
      }
    }
    .filter { !$0.isEmpty }
  }

  /// Each field's name and value, as they were written.
  package var all: [(name: String, value: String)] {
    lines.map { (text($0.name), text($0.value)) }
  }

  /// Adds a field after the others.
  package mutating func append(_ name: FieldName, _ value: FieldValue) {
    if lines.isEmpty {
      // Enough for what most responses say.
      bytes.reserveCapacity(128)
      lines.reserveCapacity(4)
    }
    let nameStart = UInt32(bytes.count)
    bytes.append(contentsOf: name.description.utf8)
    let nameEnd = UInt32(bytes.count)
    bytes.append(ASCII.colon)
    bytes.append(ASCII.space)
    let valueStart = UInt32(bytes.count)
    bytes.append(contentsOf: value.description.utf8)
    let valueEnd = UInt32(bytes.count)
    bytes.append(ASCII.carriageReturn)
    bytes.append(ASCII.lineFeed)
    lines.append(Line(name: nameStart..<nameEnd, value: valueStart..<valueEnd))
  }

  /// Adds the fields of `others` after these.
  package mutating func append(contentsOf others: Fields) {
    guard isWireForm, others.isWireForm else {
      for line in others.lines {
        guard let name = FieldName(others.text(line.name)) else { continue }
        append(name, FieldValue(legalizing: others.text(line.value)))
      }
      return
    }
    let offset = UInt32(bytes.count)
    bytes.append(contentsOf: others.bytes)
    for line in others.lines {
      lines.append(
        Line(
          name: (line.name.lowerBound + offset)..<(line.name.upperBound + offset),
          value: (line.value.lowerBound + offset)..<(line.value.upperBound + offset)))
    }
  }

  /// Makes this the only field so named.
  package mutating func set(_ name: FieldName, _ value: FieldValue) {
    remove(name)
    append(name, value)
  }

  package mutating func remove(_ name: FieldName) {
    guard contains(name) else { return }
    var kept = Fields()
    for (other, value) in all {
      guard let other = FieldName(other), other != name else { continue }
      kept.append(other, FieldValue(legalizing: value))
    }
    self = kept
  }

  /// The same names (whatever their case) and values in the same order.
  package static func == (a: Fields, b: Fields) -> Bool {
    a.count == b.count
      && zip(a.all, b.all).allSatisfy { FieldName($0.name) == FieldName($1.name) && $0.value == $1.value }
  }

  /// Appends one field as it is sent.
  func appendWireForm(_ line: Line, to buffer: inout [UInt8]) {
    if isWireForm {
      // The blank, the colon and the line's end stand where `append` put them.
      buffer.append(contentsOf: bytes[Int(line.name.lowerBound)..<(Int(line.value.upperBound) + 2)])
    } else {
      buffer.append(contentsOf: bytes[Int(line.name.lowerBound)..<Int(line.name.upperBound)])
      buffer.append(contentsOf: [ASCII.colon, ASCII.space])
      buffer.append(contentsOf: bytes[Int(line.value.lowerBound)..<Int(line.value.upperBound)])
      buffer.append(contentsOf: [ASCII.carriageReturn, ASCII.lineFeed])
    }
  }

  func containsName(of line: Line, in others: Fields) -> Bool {
    others.withName(line) { name in lines.contains { matches($0, name) } }
  }

  func withName<Result>(_ line: Line, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    bytes.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[Int(line.name.lowerBound)..<Int(line.name.upperBound)]))
    }
  }

  private func first(_ name: FieldName) -> Line? {
    name.withBytes { wanted in lines.first { matches($0, wanted) } }
  }

  private func matches(_ line: Line, _ wanted: UnsafeBufferPointer<UInt8>) -> Bool {
    guard line.name.count == wanted.count else { return false }
    return withName(line) { ASCII.equalIgnoringCase($0, wanted) }
  }

  private func text(_ range: Range<UInt32>) -> String {
    String(decoding: bytes[Int(range.lowerBound)..<Int(range.upperBound)], as: UTF8.self)
  }
}
