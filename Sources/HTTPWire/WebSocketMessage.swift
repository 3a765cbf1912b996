/// A whole message of a peer (RFC 6455 §5.6).
package enum WebSocketMessage: Hashable, Sendable {
  /// Valid UTF-8: it was checked while it arrived.
  case text([UInt8])
  case binary([UInt8])

  package var payload: [UInt8] {
    switch self {
    case .text(let bytes), .binary(let bytes): bytes
    }
  }
}
