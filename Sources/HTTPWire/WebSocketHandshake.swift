/// The opening handshake, read and answered (RFC 6455 §4.2). Extensions that the client offers are declined by not being named.
package struct WebSocketHandshake: Sendable {
  /// The protocols that the client offers, best first.
  package let subprotocols: [String]
  private let accept: String

  /// - Throws: what is wrong with the request, by RFC 6455 §4.2.1.
  package init(_ head: RequestHead) throws(HandshakeError) {
    let fields = head.fields
    guard Self.names("websocket", in: fields, .upgrade), Self.names("upgrade", in: fields, .connection) else {
      throw .notUpgrade
    }
    guard head.method == .get, head.version == .http11 else { throw .malformed }
    guard fields.values("Sec-WebSocket-Version") == ["13"] else { throw .versionNotSupported }
    let keys = fields.values("Sec-WebSocket-Key")
    guard keys.count == 1, Base64.decode(keys[0])?.count == 16 else { throw .malformed }
    accept = Self.accept(key: keys[0])
    subprotocols = fields.members("Sec-WebSocket-Protocol")
  }

  /// The fields of the answer beside `Connection`.
  ///
  /// - Parameter subprotocol: one of ``subprotocols``, or nil for none.
  package func fields(subprotocol: String?) -> Fields {
    var fields = Fields([.upgrade: "websocket", "Sec-WebSocket-Accept": FieldValue(legalizing: accept)])
    if let subprotocol {
      fields.append("Sec-WebSocket-Protocol", FieldValue(legalizing: subprotocol))
    }
    return fields
  }

  /// What proves that the handshake was understood (RFC 6455 §4.2.2).
  package static func accept(key: String) -> String {
    Base64.encode(SHA1.digest(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)))
  }

  private static func names(_ token: String, in fields: Fields, _ name: FieldName) -> Bool {
    fields.members(name).contains { $0.lowercased() == token }
  }
}

/// Why a request is no handshake that can be accepted.
package enum HandshakeError: Error, Hashable, Sendable, CaseIterable {
  /// It does not ask for a WebSocket.
  case notUpgrade
  /// It asks for another version than 13.
  case versionNotSupported
  case malformed
}
