import HTTPServer
import HTTPWire
import ParleyCore

/// The live sockets of the inbox and of the widget.
struct LiveRoutes: Sendable {
  let parley: Parley
  let hub: Hub
  let ownOrigin: OwnOrigin
  let limitsVisitors: Bool
  let log: Log
  let metrics: Metrics

  /// A visitor's message of 10,000 characters may take 60,000 bytes in JSON.
  private static let limits = WebSocketLimits(messageBytes: 64 * 1024)
  /// An inbox hears of all visitors, of whom one commit may hold hundreds. The octets are the same for all inboxes.
  private static let inboxLimits = WebSocketLimits(
    messageBytes: 64 * 1024, outboxBytes: 8 << 20, outboxFrames: 8192)

  var operations: [Operation] {
    let visitors = VisitorChannel(
      parley: parley, hub: hub, metrics: metrics, log: log, isLimited: limitsVisitors)
    return [
      Operation(
        .get, "/api/live", "The inbox's WebSocket.", answer: .switching, errors: ["origin.denied"]
      ) { call, by in
        // A page of another origin could open a socket with the agent's cookie: browsers do not forbid it.
        guard ownOrigin.allows(call.request) else { throw CallError.originDenied }
        let channel = AgentChannel(
          parley: parley, hub: hub, metrics: metrics, log: log, caller: by)
        return .webSocket(limits: LiveRoutes.inboxLimits) { await channel.run($0) }
      },
      Operation(.get, "/widget/live", "The widget's WebSocket.", answer: .switching) { call in
        let browser = VisitorChannel.Browser(
          origin: call.request.fields[.origin], ownOrigin: ownOrigin.of(call.request),
          userAgent: call.request.fields[.userAgent] ?? "")
        return .pausingWebSocket(limits: LiveRoutes.limits) { await visitors.run($0, browser) }
      },
    ]
  }
}
