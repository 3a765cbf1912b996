/// Comma-separated values as RFC 4180 has them: CRLF after every line, fields quoted where they must be.
package struct CSVWriter: Sendable {
  /// UTF-8.
  package private(set) var bytes: [UInt8] = []

  /// - Parameter header: the first line; none for a piece of a file that began before.
  package init(header: [String] = []) {
    if !header.isEmpty { append(header) }
  }

  package mutating func append(_ fields: [String]) {
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(field, isAlone: fields.count == 1)
    }
    bytes.append(CSVOctet.carriageReturn)
    bytes.append(CSVOctet.lineFeed)
  }

  private mutating func append(_ field: String, isAlone: Bool) {
    let safe = CSVFormula.guarded(field)
    // A line with nothing on it would be no record.
    guard safe.utf8.contains(where: Self.isQuoted) || isAlone && safe.isEmpty else {
      bytes.append(contentsOf: safe.utf8)
      return
    }
    bytes.append(CSVOctet.quote)
    for octet in safe.utf8 {
      if octet == CSVOctet.quote { bytes.append(CSVOctet.quote) }
      bytes.append(octet)
    }
    bytes.append(CSVOctet.quote)
  }

  private static func isQuoted(_ octet: UInt8) -> Bool {
    switch octet {
    case CSVOctet.quote, UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), 10, 13: true
    default: false
    }
  }
}
