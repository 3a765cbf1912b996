import Foundation
import HTTPServer
import HTTPWire

extension Response {
  /// An answer in JSON. It is about people, so nobody may store it.
  static func json(_ status: Status = .ok, _ value: some Encodable) throws -> Response {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return json(status, encoded: [UInt8](try encoder.encode(value)))
  }

  static func json(_ status: Status = .ok, encoded: [UInt8]) -> Response {
    Response(status, "application/json", encoded, fields: Fields([.cacheControl: "no-store"]))
  }
}
