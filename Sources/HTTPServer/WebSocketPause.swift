package import HTTPWire

/// How a WebSocket's handler goes on once there is something to do. A task that waits takes some KiB, most of which is what it needed
/// before it waited; a handler that returns this instead keeps nothing but what the closure holds.
package struct WebSocketPause: Sendable {
  let goOn: @Sendable (WebSocketConnection, WebSocketMessage?) async -> WebSocketPause?

  /// - Parameter goOn: run in a new task, on the connection's loop, with the peer's next message; or with nil once the socket is closing
  ///   for whatever reason, and then for the last time.
  package init(goOn: @escaping @Sendable (WebSocketConnection, WebSocketMessage?) async -> WebSocketPause?) {
    self.goOn = goOn
  }
}
