/// A route's path, read: `/api/deals/{id}`.
struct RoutePattern {
  enum Segment: Hashable {
    case literal([UInt8])
    case parameter(String)
    case rest(String)
  }

  let segments: [Segment]

  /// - Precondition: `path` begins with `/`, and `{name...}` stands only at its end.
  init(_ path: String) {
    precondition(path.hasPrefix("/"), "a route's path begins with a slash")
    segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { part in
      guard part.hasPrefix("{"), part.hasSuffix("}") else { return .literal(Array(part.utf8)) }
      let name = part.dropFirst().dropLast()
      return name.hasSuffix("...") ? .rest(String(name.dropLast(3))) : .parameter(String(name))
    }
    precondition(
      segments.dropLast().allSatisfy { if case .rest = $0 { false } else { true } },
      "the rest of a path stands at its end")
  }

  /// The names of the parameters, in order.
  var names: [String] {
    segments.compactMap { segment in
      switch segment {
      case .literal: nil
      case .parameter(let name), .rest(let name): name
      }
    }
  }
}
