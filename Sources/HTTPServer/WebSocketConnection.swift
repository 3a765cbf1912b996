package import HTTPWire

/// The server's end of a WebSocket, pinned to its connection's loop.
package actor WebSocketConnection {
  /// Where messages to the peer are put, from any thread.
  package nonisolated let outbox: Outbox

  init(outbox: Outbox) { self.outbox = outbox }

  /// The peer's next message. Pings are answered, and fragments joined, on the way. Nil once the socket is closing for whatever
  /// reason: there is nothing more to come.
  package func receive() async -> WebSocketMessage? { fatalError() }

  /// Sends a message, waiting for room in the outbox: for what is long, such as a replay. False if the socket is closing.
  @discardableResult
  package func send(_ message: EncodedMessage) async -> Bool { fatalError() }

  /// Begins to close the socket, once what waits was sent. The first code counts.
  package nonisolated func close(_ code: CloseCode) { outbox.close(code) }
}
