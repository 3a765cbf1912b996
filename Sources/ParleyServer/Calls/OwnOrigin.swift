import HTTPServer
import HTTPWire

/// Which origin is this server's own: the configured public one, or else whatever name it was asked by.
package struct OwnOrigin: Sendable {
  private let configured: String?

  /// - Parameter configured: `https://chat.example.com`, without a path; nil to go by each request's `Host`.
  package init(_ configured: String?) {
    self.configured = configured
  }

  func of(_ request: Request) -> String? {
    configured ?? request.origin
  }

  /// Whether browsers reach this server over TLS: then cookies must never travel without.
  func isSecure(_ request: Request) -> Bool {
    of(request)?.hasPrefix("https://") ?? request.client.isSecure
  }

  /// False for a request that a page of another origin made. A request without `Origin` was made by no page, or by a
  /// navigation; neither can change anything here.
  func allows(_ request: Request) -> Bool {
    guard let origin = request.fields[.origin] else { return true }
    return origin == of(request)
  }

  /// The same host for WebSockets, as a source in a content security policy; nil if the request names no host, or one that
  /// could not stand in a policy.
  func webSocketSource(for request: Request) -> String? {
    guard let origin = of(request), origin.utf8.allSatisfy(OwnOrigin.mayStandInPolicy) else { return nil }
    return origin.hasPrefix("https://")
      ? "wss://" + origin.dropFirst("https://".count) : "ws://" + origin.dropFirst("http://".count)
  }

  private static func mayStandInPolicy(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"),
      UInt8(ascii: "/"), UInt8(ascii: "["), UInt8(ascii: "]"):
      true
    default: false
    }
  }
}
