package import HTTPWire

/// What waits to be sent to one WebSocket: bounded in octets and in frames. Offers come from any thread and never wait.
package final class Outbox: Sendable {
  /// Puts a message behind the others. False if the socket is closing or closed, or if the message would exceed a bound: then the
  /// socket is closed as lagging, 4408, and what waited is dropped.
  @discardableResult
  package func offer(_ message: EncodedMessage) -> Bool { fatalError() }

  /// Begins to close the socket, once what waits was sent. The first code counts.
  package func close(_ code: CloseCode) { fatalError() }
}
