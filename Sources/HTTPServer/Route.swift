package import HTTPWire

/// Answers a request. It runs on the connection's loop, and so does what it calls that has no executor of its own (also default
/// actors and `@concurrent` functions, since the task prefers the loop): it must not block, and `await`s what does elsewhere.
package typealias Handler = @Sendable (Request, PathParameters) async -> Response

/// One row of the table of routes.
package struct Route: Sendable {
  package let method: Method
  /// Literal segments, `{name}` for one segment, `{name...}` at the end for all the rest (also none).
  package let path: String
  /// The octets that a body may have; nil for the server's default. A longer one is answered by 413 before it is read.
  package let bodyLimit: Int?
  package let handler: Handler

  package init(_ method: Method, _ path: String, bodyLimit: Int? = nil, handler: @escaping Handler) {
    self.method = method
    self.path = path
    self.bodyLimit = bodyLimit
    self.handler = handler
  }
}

/// What a route's `{name}` segments stand for in one request, decoded.
package struct PathParameters: Sendable, Hashable {
  let names: [String]
  let values: [String]

  package init(_ parameters: KeyValuePairs<String, String> = [:]) {
    names = parameters.map(\.key)
    values = parameters.map(\.value)
  }

  init(names: [String], values: [String]) {
    self.names = names
    self.values = values
  }

  package subscript(_ name: String) -> String? {
    names.firstIndex(of: name).map { values[$0] }
  }
}
