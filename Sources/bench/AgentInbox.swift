import HTTPServer

/// An agent's page that hears of every message.
final class AgentInbox: WebSocketClient {
  private(set) var isReady = false
  private(set) var deliveries = 0
  private let delivered: (Mark) -> Void

  /// - Parameters:
  ///   - cookie: of the agent's session.
  ///   - delivered: told of each message.
  init(port: UInt16, cookie: String, on loop: ClientLoop, delivered: @escaping (Mark) -> Void = { _ in }) {
    self.delivered = delivered
    super.init(port: port, on: loop, path: "/api/live", fields: "Cookie: \(cookie)\r\n")
  }

  override func upgraded() {
    send(text: Array(#"{"type":"hello"}"#.utf8))
  }

  override func message(_ text: UnsafeBufferPointer<UInt8>) {
    if text.starts(with: Self.addedStart), let mark = Mark(in: text) {
      deliveries += 1
      delivered(mark)
    } else if !isReady {
      isReady = text.starts(with: Self.readyStart) || text.starts(with: Self.startOverStart)
    }
  }

  private static let addedStart = Array(#"{"type":"message.added""#.utf8)
  private static let readyStart = Array(#"{"type":"ready""#.utf8)
  private static let startOverStart = Array(#"{"type":"startOver""#.utf8)
}
