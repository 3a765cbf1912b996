import HTTPServer
import HTTPWire

/// Comma-separated values as RFC 4180 has them: CRLF after every line, fields quoted where they must be.
struct CSVText {
  private(set) var text = ""

  init(header: [String]) {
    append(header)
  }

  mutating func append(_ fields: [String]) {
    text += fields.map(Self.field).joined(separator: ",")
    text += "\r\n"
  }

  /// A field that a spreadsheet would take for a formula is led by an apostrophe, which makes it a text (OWASP, "CSV
  /// injection"): what a visitor typed must not run at the desk of who exports it.
  private static func field(_ value: String) -> String {
    let isFormula = value.unicodeScalars.first.map { formulaSigns.contains($0) } ?? false
    let safe = isFormula ? "'" + value : value
    guard safe.unicodeScalars.contains(where: { quoted.contains($0) }) else { return safe }
    return "\"" + safe.replacing("\"", with: "\"\"") + "\""
  }

  private static let formulaSigns: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠",
  ]
  private static let quoted: Set<Unicode.Scalar> = ["\"", ",", ";", "\r", "\n", "\t"]
}

extension Response {
  /// A file to be saved. It is about people, so nobody may store it on the way.
  ///
  /// - Parameter name: without the ending; what is no letter, digit or hyphen becomes a hyphen.
  static func csv(_ csv: CSVText, named name: String) -> Response {
    let safe = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
    return Response(
      .ok, "text/csv; charset=utf-8; header=present", Array(csv.text.utf8),
      fields: Fields([
        .cacheControl: "no-store",
        "Content-Disposition": FieldValue(legalizing: "attachment; filename=\"\(safe).csv\""),
      ]))
  }
}
