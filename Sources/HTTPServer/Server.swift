/// An HTTP/1.1 and WebSocket server.
package final class Server: Sendable {
  /// The port that it listens at.
  package let port: UInt16

  /// Listens; connections are taken from ``run()`` on.
  package init(
    _ configuration: ServerConfiguration, router: Router, observer: (any ServerObserver)? = nil
  ) throws(ServerError) { fatalError() }

  /// Serves until ``shutdown(within:)`` is done.
  package func run() async { fatalError() }

  /// Stops accepting, finishes the requests that were begun, closes WebSockets with 1001; what is left at the deadline is cut off.
  /// Returns when the last connection is closed. Calling it again waits for the same end.
  package func shutdown(within deadline: Duration) async { fatalError() }
}
