package import HTTPWire

/// A request with its content, as a handler gets it.
package struct Request: Sendable {
  package let head: RequestHead
  /// The content, whole; no longer than the route's limit.
  package let body: [UInt8]
  /// Who asks, as far as the trusted proxies tell.
  package let client: Client
  /// Names this request in the log: 13 characters of `[0-9a-z]`, not secret, unique within the process.
  package let id: String

  package init(head: RequestHead, body: [UInt8], client: Client, id: String) {
    self.head = head
    self.body = body
    self.client = client
    self.id = id
  }

  package var method: Method { head.method }
  package var fields: Fields { head.fields }
  /// The path as it was sent, percent-encoded.
  package var path: String { head.path }
  /// The items of the query; decoded at each call.
  package var query: Query { head.query }
  /// The scheme and authority that the client used, `https://example.com`: what an `Origin` of this server's own pages says.
  /// Nil if the request names no host.
  package var origin: String? {
    head.authority.map { (client.isSecure ? "https://" : "http://") + $0 }
  }

  /// The first cookie so named (RFC 6265 §5.4).
  package func cookie(_ name: String) -> String? {
    for field in fields.values(.cookie) {
      for pair in field.split(separator: ";") {
        let pair = pair.drop { $0 == " " }
        if let equals = pair.firstIndex(of: "="), pair[..<equals] == name {
          return String(pair[pair.index(after: equals)...])
        }
      }
    }
    return nil
  }
}

/// The other end of a request.
package struct Client: Sendable, Hashable {
  package let address: IPAddress
  /// Whether the client reached us over TLS: only a trusted proxy can say so.
  package let isSecure: Bool

  package init(address: IPAddress, isSecure: Bool) {
    self.address = address
    self.isSecure = isSecure
  }
}
