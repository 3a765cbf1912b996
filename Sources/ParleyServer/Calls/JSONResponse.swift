import HTTPServer
import HTTPWire
import ParleyCore

extension Response {
  /// An answer in JSON. It is about people, so nobody may store it.
  static func json(_ status: Status = .ok, _ value: some Encodable) throws -> Response {
    json(status, encoded: try JSON.bytes(value))
  }

  static func json(_ status: Status = .ok, encoded: [UInt8]) -> Response {
    Response(status, "application/json", encoded, fields: Fields([.cacheControl: "no-store"]))
  }
}
