import HTTPServer
import HTTPWire
import Synchronization

/// What reached a handler, for a test that must know where a proxy and we see the end of a request.
final class SeenRequests: Sendable {
  private let lines = Mutex<[String]>([])

  func add(_ request: Request) {
    lines.withLock { $0.append("\(Self.line(request)) \(request.body.count)") }
  }

  /// What was seen since the last call, one request a line: method, target, octets of content.
  func take() -> String {
    lines.withLock { lines in
      defer { lines = [] }
      return lines.map { $0 + "\n" }.joined()
    }
  }

  /// The method and the target.
  static func line(_ request: Request) -> String {
    let query = request.head.queryText
    return "\(request.method.rawValue) \(request.path)\(query.isEmpty ? "" : "?" + query)"
  }
}
