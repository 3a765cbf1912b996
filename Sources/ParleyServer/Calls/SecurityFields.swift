package import HTTPWire

/// The fields that tell browsers what an answer may do.
package enum SecurityFields {
  /// On every answer that does not say otherwise: it is no page, nothing in it may run, and nobody may frame it.
  package static let common = Fields([
    .contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": permissions,
    "Cross-Origin-Resource-Policy": "same-origin",
  ])

  private static let permissions: FieldValue =
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"

  /// A year, once a client has come over TLS.
  static let strictTransport: FieldValue = "max-age=31536000"

  /// - Parameter webSockets: the server's own origin for WebSockets; not all browsers count it as `'self'`.
  static func inboxPolicy(webSockets: String?) -> FieldValue {
    policy(webSockets: webSockets, ancestors: ["'none'"])
  }

  /// - Parameter origins: of the site that the frame stands in.
  static func framePolicy(webSockets: String?, origins: [String]) -> FieldValue {
    policy(webSockets: webSockets, ancestors: ["'self'"] + origins)
  }

  private static func policy(webSockets: String?, ancestors: [String]) -> FieldValue {
    let connect = (["'self'"] + (webSockets.map { [$0] } ?? [])).joined(separator: " ")
    return FieldValue(
      legalizing: "default-src 'self'; connect-src \(connect); img-src 'self' data:; object-src 'none'; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors \(ancestors.joined(separator: " "))")
  }
}
