package import HTTPServer
package import HTTPWire

/// Writes the access log, and counts what happens on the sockets. A request is told by its route's pattern: a path may hold what
/// belongs to people.
package final class TrafficObserver: ServerObserver {
  private let log: Log
  private let metrics: Metrics

  package init(log: Log, metrics: Metrics) {
    self.log = log
    self.metrics = metrics
  }

  package func connectionAccepted() {
    metrics.connections.add(1)
  }

  package func connectionClosed(received: Int, sent: Int) {
    metrics.connections.add(-1)
    metrics.bytesReceived.add(received)
    metrics.bytesSent.add(sent)
  }

  package func requestCompleted(_ record: RequestRecord) {
    let route = record.route ?? "none"
    let (seconds, attoseconds) = record.duration.components
    let duration = Double(seconds) + Double(attoseconds) / 1e18
    metrics.countRequest(route: route, status: record.status.code, seconds: duration)
    log.write(
      record.status.code >= 500 ? .error : .info, "request",
      [
        "requestID": .string(record.id), "method": .string(record.method.rawValue), "route": .string(route),
        "status": .int(Int64(record.status.code)), "duration": .milliseconds(duration * 1000),
        "bytes": .int(Int64(record.bodyBytes)),
      ])
  }

  package func webSocketOpened() {
    log.debug("websocket.opened")
  }

  package func webSocketClosed(code: CloseCode?) {
    log.debug("websocket.closed", ["code": .int(Int64(code?.value ?? 0))])
  }

  package func outboxOverflowed() {
    metrics.outboxOverflows.add(1)
    log.info("outbox.overflowed")
  }

  package func requestRefused(_ refusal: Refusal) {
    metrics.countRequest(route: "none", status: refusal.status.code, seconds: 0)
    log.info("request.refused", ["status": .int(Int64(refusal.status.code))])
  }
}
