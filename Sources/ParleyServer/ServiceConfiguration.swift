package import HTTPServer

/// What a ``Service`` is told before it starts.
package struct ServiceConfiguration: Sendable {
  package var address: IPAddress
  /// 0 for any that is free.
  package var port: UInt16
  /// The origin that browsers use, `https://chat.example.com`; nil to go by each request's `Host`.
  package var publicOrigin: String?
  package var trustedProxies: [AddressBlock]
  /// The directory of the pages.
  package var webRoot: String
  /// Whether a visitor's messages are limited: 20 at once, 5 a second.
  package var limitsVisitors: Bool
  /// Threads that serve connections.
  package var loops: Int
  /// The connections that may be open at once.
  package var connections: Int
  package var version: String

  package init(
    address: IPAddress, port: UInt16, publicOrigin: String? = nil, trustedProxies: [AddressBlock] = [],
    webRoot: String, limitsVisitors: Bool = true, loops: Int = 1, connections: Int = 16_384,
    version: String
  ) {
    self.address = address
    self.port = port
    self.publicOrigin = publicOrigin
    self.trustedProxies = trustedProxies
    self.webRoot = webRoot
    self.limitsVisitors = limitsVisitors
    self.loops = loops
    self.connections = connections
    self.version = version
  }
}
