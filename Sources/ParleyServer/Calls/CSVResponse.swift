import HTTPServer
import HTTPWire
import ParleyCore

extension Response {
  /// A file to be saved. It is about people, so nobody may store it on the way.
  ///
  /// - Parameter name: without the ending; what is no letter, digit or hyphen becomes a hyphen.
  static func csv(_ csv: CSVWriter, named name: String) -> Response {
    Response(
      .ok, csvType, csv.bytes, fields: Fields([.cacheControl: "no-store", "Content-Disposition": file(name)]))
  }

  /// The same for one that is too long to be made at once. It begins with a byte order mark: some spreadsheets take it for another
  /// encoding otherwise.
  static func csv(named name: String, _ next: @escaping @Sendable () async throws -> [UInt8]?) -> Response {
    Response(
      .ok,
      fields: Fields([
        .contentType: csvType, .cacheControl: "no-store", "Content-Disposition": file(name),
      ]), body: .stream(ContentStream(next: next)))
  }

  private static let csvType: FieldValue = "text/csv; charset=utf-8; header=present"

  private static func file(_ name: String) -> FieldValue {
    let safe = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
    return FieldValue(legalizing: "attachment; filename=\"\(safe).csv\"")
  }
}
