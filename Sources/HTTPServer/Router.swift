import HTTPWire

/// The table of routes. A literal segment wins over a parameter, a parameter over `{name...}`. HEAD is answered where GET is,
/// OPTIONS everywhere, and a path whose routes lack the method by 405 with `Allow`.
package struct Router: Sendable {
  /// The rows of the table, in the order in which they were given.
  package let routes: [Route]

  /// How the server's own refusals look. The status, and the fields that it needs, stay the refusal's.
  let refusal: @Sendable (Refusal) -> Response

  private let tree: RouteTree
  private let names: [[String]]

  /// - Parameter refusal: renders the body of an answer that no handler gives; by default there is none.
  /// - Precondition: No two rows have the same method and the same path.
  package init(
    _ routes: [Route], refusal: @escaping @Sendable (Refusal) -> Response = { Response($0.status) }
  ) {
    self.routes = routes
    self.refusal = refusal
    let patterns = routes.map { RoutePattern($0.path) }
    names = patterns.map(\.names)
    tree = RouteTree(zip(routes, patterns).map { ($0.method, $1) })
  }

  /// What a head's method and path lead to.
  func match(_ head: RequestHead) -> RouteMatch {
    head.withPath { path in
      guard let found = tree.find(path) else {
        // RFC 9110 §9.3.7: `OPTIONS *` asks about the server as a whole.
        return head.method == .options && path.count == 1 && path[0] == UInt8(ascii: "*")
          ? .options(Method.allCases) : .refused(.notFound)
      }
      if let row = found.methods.row(for: head.method) {
        return .route(row, PathParameters(names: names[row], values: found.values))
      }
      let allow = found.methods.allowed
      return head.method == .options ? .options(allow) : .refused(.methodNotAllowed(allow: allow))
    }
  }
}

/// What ``Router`` finds for a head.
enum RouteMatch {
  /// A row of the table, by its index, and what its parameters stand for.
  case route(Int, PathParameters)
  /// OPTIONS, which the server answers itself, with the methods that the path has.
  case options([Method])
  case refused(Refusal)
}
