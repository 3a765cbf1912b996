package import HTTPWire

/// A request that the server answers itself, since no handler can. ``Router`` is told how such an answer looks.
package enum Refusal: Error, Sendable, Hashable {
  /// No route has this path: 404.
  case notFound
  /// Routes have this path, with these methods: 405.
  case methodNotAllowed(allow: [Method])
  /// The bytes are no request that can be served: 400, 413, 414, 417, 431, 501, 505.
  case malformed(ParseError)
  /// The head or the body took too long to arrive: 408.
  case timedOut
  /// The route wants a WebSocket handshake, and this is none, or one of another version: 426.
  case upgradeRequired
  /// The handshake breaks RFC 6455 §4.2.1: 400.
  case handshakeMalformed
  /// Too many connections are open: 503.
  case overloaded

  package var status: Status {
    switch self {
    case .notFound: .notFound
    case .methodNotAllowed: .methodNotAllowed
    case .malformed(let error): error.status
    case .timedOut: .requestTimeout
    case .upgradeRequired: .upgradeRequired
    case .handshakeMalformed: .badRequest
    case .overloaded: .serviceUnavailable
    }
  }

  /// The fields that the status needs, whatever the answer's body is; the server adds them itself.
  fileprivate var fields: KeyValuePairs<FieldName, FieldValue> {
    switch self {
    case .methodNotAllowed(let methods): [.allow: Self.allow(methods)]
    // RFC 9110 §15.5.22, RFC 6455 §4.2.2.
    case .upgradeRequired: [.upgrade: "websocket", "Sec-WebSocket-Version": "13"]
    case .overloaded: [.retryAfter: "5"]
    case .notFound, .malformed, .timedOut, .handshakeMalformed: [:]
    }
  }

  /// The value of `Allow` for a path that has these methods.
  static func allow(_ methods: [Method]) -> FieldValue {
    FieldValue(legalizing: methods.map(\.rawValue).joined(separator: ", "))
  }
}

extension Router {
  /// The answer, with what its status demands.
  func response(to refusal: Refusal) -> Response {
    var response = self.refusal(refusal)
    response.status = refusal.status
    for (name, value) in refusal.fields { response.fields.set(name, value) }
    return response
  }
}
