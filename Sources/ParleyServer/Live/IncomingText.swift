import HTTPWire

extension WebSocketMessage {
  /// The message's text.
  ///
  /// - Throws: `CommandError.malformed` for a binary message: the interface has none.
  func text() throws(CommandError) -> [UInt8] {
    switch self {
    case .text(let bytes): return bytes
    case .binary: throw .malformed
    }
  }
}
