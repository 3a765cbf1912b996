package import HTTPWire

/// Hears what happens in a server: for the access log and for metrics. Every call comes from an event loop and must return at once;
/// calls of different loops come at the same time.
package protocol ServerObserver: AnyObject, Sendable {
  func connectionAccepted()
  func connectionClosed(received: Int, sent: Int)
  /// A response was handed to the kernel. A WebSocket's handshake is reported with its 101.
  func requestCompleted(_ record: RequestRecord)
  func webSocketOpened()
  /// `code` is the one that ended it: the peer's or ours; nil if the connection broke.
  func webSocketClosed(code: CloseCode?)
  /// A peer read too slowly; it is closed with 4408.
  func outboxOverflowed()
  /// Bytes that are no request were refused; no ``RequestRecord`` follows.
  func requestRefused(_ refusal: Refusal)
}

/// What is known of an answered request.
package struct RequestRecord: Sendable {
  package let id: String
  package let head: RequestHead
  /// The route's path as it stands in the table (few and fixed, fit for a metric's label); nil if none had the path.
  package let route: String?
  package let status: Status
  /// From the last octet of the head to the response.
  package let duration: Duration
  /// The octets of the response's content.
  package let bodyBytes: Int
  package let client: Client

  package var method: Method { head.method }
  /// Without the query, percent-encoded.
  package var path: String { head.path }
}
