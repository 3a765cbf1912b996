import Foundation

/// JSON between values and bytes, as the interface has it.
package enum JSON {
  // One for all threads: it is only read after this, and is documented as safe to share.
  private static let decoder = JSONDecoder()

  /// UTF-8, the keys in the order in which the value encodes them.
  package static func bytes(_ value: some Encodable) throws -> [UInt8] {
    let output = JSONOutput()
    try output.append(value)
    return output.bytes
  }

  static func text(_ value: some Encodable) throws -> String {
    String(decoding: try bytes(value), as: UTF8.self)
  }

  static func value<Value: Decodable>(_ type: Value.Type, from text: String) throws -> Value {
    try decoder.decode(type, from: Data(text.utf8))
  }
}
