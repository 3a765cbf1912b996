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
      append(field)
    }
    bytes.append(CSVOctet.carriageReturn)
    bytes.append(CSVOctet.lineFeed)
  }

  private mutating func append(_ field: String) {
    let safe = CSVFormula.guarded(field)
    guard safe.utf8.contains(where: Self.isQuoted) else {
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

/// What a spreadsheet would take for a formula.
enum CSVFormula {
  /// Led by an apostrophe a field is a text (OWASP, "CSV injection"): what a visitor typed must not run at the desk of who exports
  /// it. So is one that is led by an apostrophe already before such a sign, so that reading it undoes one, and only one.
  static func guarded(_ field: String) -> String {
    isFormula(field.drop { $0 == "'" }) ? "'" + field : field
  }

  /// What was guarded, as it was before.
  static func unguarded(_ field: String) -> String {
    guard field.first == "'", isFormula(field.drop { $0 == "'" }) else { return field }
    return String(field.dropFirst())
  }

  private static func isFormula(_ field: Substring) -> Bool {
    field.unicodeScalars.first.map { signs.contains($0) } ?? false
  }

  private static let signs: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠",
  ]
}
