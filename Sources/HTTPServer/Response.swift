package import HTTPWire

/// What a handler answers. `Date`, `Content-Length` and `Connection` are the server's to write.
package struct Response: Sendable {
  package var status: Status
  package var fields: Fields
  package var body: Body

  package enum Body: Sendable {
    case empty
    case bytes([UInt8])
    /// A file of the given length that is sent piece by piece.
    case file(OpenFile)
    /// What a handler makes piece by piece, each when the client has taken the one before.
    case stream(ContentStream)
    /// Not a body: the connection becomes a WebSocket.
    case webSocket(WebSocketUpgrade)
  }

  package init(_ status: Status = .ok, fields: Fields = Fields(), body: Body = .empty) {
    self.status = status
    self.fields = fields
    self.body = body
  }

  /// A response of bytes with their media type.
  package init(
    _ status: Status, _ contentType: FieldValue, _ bytes: [UInt8], fields: Fields = Fields()
  ) {
    var fields = fields
    fields.append(.contentType, contentType)
    self.init(status, fields: fields, body: .bytes(bytes))
  }

  /// Plain text, for people with curl.
  package static func text(_ status: Status, _ text: String) -> Response {
    Response(status, "text/plain; charset=utf-8", Array(text.utf8))
  }

  /// Makes the connection a WebSocket and runs `handler` with it, on the connection's loop, until it returns; then the socket is
  /// closed with 1000 if it still is open. A request that is no WebSocket handshake is answered by 426 or 400 instead.
  ///
  /// - Parameters:
  ///   - subprotocol: the one that was chosen among those that the request offers; nil for none.
  ///   - fields: more fields for the answer of the handshake.
  package static func webSocket(
    subprotocol: String? = nil, limits: WebSocketLimits = WebSocketLimits(), fields: Fields = Fields(),
    handler: @escaping @Sendable (WebSocketConnection) async -> Void
  ) -> Response {
    pausingWebSocket(subprotocol: subprotocol, limits: limits, fields: fields) { socket in
      await handler(socket)
      return nil
    }
  }

  /// The same for a socket that says nothing most of the time: `handler` may return before its end, with how it goes on.
  package static func pausingWebSocket(
    subprotocol: String? = nil, limits: WebSocketLimits = WebSocketLimits(), fields: Fields = Fields(),
    handler: @escaping @Sendable (WebSocketConnection) async -> WebSocketPause?
  ) -> Response {
    Response(
      .switchingProtocols, fields: fields,
      body: .webSocket(WebSocketUpgrade(subprotocol: subprotocol, limits: limits, handler: handler)))
  }
}

/// A content that is too long to be made at once. Its length is not known beforehand.
package struct ContentStream: Sendable {
  /// The next piece; nil at the end. Not asked again before the client has taken the piece, within a buffer of 64 KiB.
  let next: @Sendable () async throws -> [UInt8]?

  /// - Parameter next: what it throws breaks the connection, so that nobody takes a part for the whole.
  package init(next: @escaping @Sendable () async throws -> [UInt8]?) {
    self.next = next
  }
}

/// How a connection goes on after a handshake.
package struct WebSocketUpgrade: Sendable {
  package let subprotocol: String?
  package let limits: WebSocketLimits
  package let handler: @Sendable (WebSocketConnection) async -> WebSocketPause?
}
