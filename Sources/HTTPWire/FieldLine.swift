/// `field-name ":" OWS field-value OWS` (RFC 9112 §5).
enum FieldLine {
  /// Where name and value stand in `bytes`.
  static func parse(_ line: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) throws(ParseError)
    -> Fields.Line
  {
    // RFC 9112 §5.2: a line that begins with a blank continues the one before: obsolete, and refused.
    guard !ASCII.isBlank(bytes[line.lowerBound]) else { throw .fieldFolded }
    var colon = line.lowerBound
    while colon < line.upperBound, ASCII.isToken(bytes[colon]) { colon += 1 }
    // RFC 9112 §5.1: no blank between name and colon.
    guard colon > line.lowerBound, colon < line.upperBound, bytes[colon] == ASCII.colon else {
      throw .fieldNameInvalid
    }
    var lower = colon + 1
    var upper = line.upperBound
    while lower < upper, ASCII.isBlank(bytes[lower]) { lower += 1 }
    while lower < upper, ASCII.isBlank(bytes[upper - 1]) { upper -= 1 }
    for index in lower..<upper where !ASCII.isFieldValue(bytes[index]) { throw .fieldValueInvalid }
    return Fields.Line(
      name: UInt32(line.lowerBound)..<UInt32(colon), value: UInt32(lower)..<UInt32(upper))
  }
}
