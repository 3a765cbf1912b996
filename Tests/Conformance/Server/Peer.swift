import HTTPServer
import HTTPWire

/// The routes that the suites need.
enum Peer {
  /// Autobahn's longest message, and one octet of room for what must be refused.
  private static let longestMessage = 16 << 20
  private static let smallJSON = Array(#"{"answer":42,"isRight":true}"#.utf8)

  /// - Parameters:
  ///   - seen: what the mirror writes to and `/seen` tells.
  ///   - files: a directory to serve below `/files/`.
  static func routes(seen: SeenRequests, files: String?) throws -> [Route] {
    var routes = [
      echo, pausingEcho,
      Route(.get, "/json") { _, _ in Response(.ok, "application/json", smallJSON) },
      Route(.get, "/seen") { _, _ in .text(.ok, seen.take()) },
      Route(.get, "/status/{code}", handler: status),
      Route(.get, "/bytes/{count}", handler: bytes),
    ]
    routes += [.get, .post, .put, .patch, .delete].map { mirror($0, seen) }
    if let files {
      let files = try StaticFiles(root: files)
      routes.append(
        Route(.get, "/files/{path...}") { request, parameters in
          files.response(parameters["path"] ?? "", for: request) ?? Response(.notFound)
        })
    }
    return routes
  }

  /// Sends each message back, as Autobahn asks of a server.
  private static let echo = Route(.get, "/echo") { _, _ in
    .webSocket(limits: limits) { socket in
      while let message = await socket.receive() { await socket.send(EncodedMessage(message)) }
    }
  }

  /// The same by a handler that is gone while nothing comes.
  private static let pausingEcho = Route(.get, "/pausing") { _, _ in
    .pausingWebSocket(limits: limits) { _ in pause() }
  }

  @Sendable private static func pause() -> WebSocketPause {
    WebSocketPause { socket, message in
      guard let message else { return nil }
      await socket.send(EncodedMessage(message))
      return pause()
    }
  }

  private static let limits = WebSocketLimits(
    messageBytes: longestMessage, outboxBytes: 4 * longestMessage, outboxFrames: 65_536, sideFrames: nil)

  /// Says which request came: its method and target in the first line, then its content.
  private static func mirror(_ method: Method, _ seen: SeenRequests) -> Route {
    Route(method, "/{path...}") { request, _ in
      seen.add(request)
      return Response(
        .ok, "application/octet-stream", Array((SeenRequests.line(request) + "\n").utf8) + request.body)
    }
  }

  @Sendable private static func status(_ request: Request, _ parameters: PathParameters) -> Response {
    guard let code = parameters["code"].flatMap({ Int($0) }), (200...599).contains(code) else {
      return Response(.badRequest)
    }
    return .text(Status(code: code), "status \(code)")
  }

  @Sendable private static func bytes(_ request: Request, _ parameters: PathParameters) -> Response {
    guard let count = parameters["count"].flatMap({ Int($0) }), (0...4_000_000).contains(count) else {
      return Response(.badRequest)
    }
    return Response(
      .ok, "application/octet-stream", (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })
  }
}
