import Foundation
import Synchronization

/// What the server counts, for `/metrics`.
package final class Metrics: Sendable {
  enum Channel: Int, CaseIterable {
    case inbox, frame, background

    var label: String {
      switch self {
      case .inbox: "inbox"
      case .frame: "frame"
      case .background: "background"
      }
    }
  }

  private struct Outcome: Hashable {
    let route: String
    let status: Int
  }

  private struct Requests {
    var counts: [Outcome: Int] = [:]
    var durations: [String: Histogram] = [:]
  }

  /// Open now.
  let connections = Count()
  let outboxOverflows = Count()
  let bytesReceived = Count()
  let bytesSent = Count()

  private let startedAt = Date().timeIntervalSince1970
  private let requests = Mutex(Requests())
  private let messages = Mutex<[String: Int]>([:])
  private let openChannels = Mutex([Int](repeating: 0, count: Channel.allCases.count))
  private let commitBatches = Histogram(bounds: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512])
  private let commitDurations = Histogram.seconds()

  private let droppedLogLines: @Sendable () -> Int

  /// - Parameter droppedLogLines: how many lines the log has dropped since the start.
  package init(droppedLogLines: @escaping @Sendable () -> Int = { 0 }) {
    self.droppedLogLines = droppedLogLines
  }

  /// - Parameter route: the route's pattern, or a fixed word where none matched: never what was typed.
  func countRequest(route: String, status: Int, seconds: Double) {
    let histogram = requests.withLock { requests in
      requests.counts[Outcome(route: route, status: status), default: 0] += 1
      if let histogram = requests.durations[route] { return histogram }
      let histogram = Histogram.seconds()
      requests.durations[route] = histogram
      return histogram
    }
    histogram.observe(seconds)
  }

  func countMessage(author: String) {
    messages.withLock { $0[author, default: 0] += 1 }
  }

  /// Called by storage after each shared commit.
  package func countCommit(transactions: Int, seconds: Double) {
    commitBatches.observe(Double(transactions))
    commitDurations.observe(seconds)
  }

  func opened(_ channel: Channel) {
    openChannels.withLock { $0[channel.rawValue] += 1 }
  }

  func closed(_ channel: Channel) {
    openChannels.withLock { $0[channel.rawValue] -= 1 }
  }

  func text() -> String {
    var text = PrometheusText()
    text.family("parley_connections", .gauge, "Open TCP connections.")
    text.sample("parley_connections", connections.current)
    text.family("parley_websockets", .gauge, "Open live sockets by kind.")
    let open = openChannels.withLock { $0 }
    for channel in Channel.allCases {
      text.sample("parley_websockets", open[channel.rawValue], [("kind", channel.label)])
    }
    text.family("parley_outbox_overflows_total", .counter, "Sockets closed because they lagged.")
    text.sample("parley_outbox_overflows_total", outboxOverflows.current)
    text.family("parley_received_bytes_total", .counter, "Bytes received by connections that have closed.")
    text.sample("parley_received_bytes_total", bytesReceived.current)
    text.family("parley_sent_bytes_total", .counter, "Bytes sent by connections that have closed.")
    text.sample("parley_sent_bytes_total", bytesSent.current)
    text.family("parley_log_lines_dropped_total", .counter, "Log lines dropped because nobody read the log.")
    text.sample("parley_log_lines_dropped_total", droppedLogLines())
    text.family("parley_messages_total", .counter, "Messages stored, by author.")
    for (author, count) in messages.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
      text.sample("parley_messages_total", count, [("author", author)])
    }
    writeRequests(to: &text)
    text.family("parley_commit_batch_size", .histogram, "Transactions that shared one commit.")
    text.histogram("parley_commit_batch_size", commitBatches)
    text.family("parley_commit_duration_seconds", .histogram, "Time from a batch's begin to its commit.")
    text.histogram("parley_commit_duration_seconds", commitDurations)
    text.family("process_resident_memory_bytes", .gauge, "Resident memory.")
    text.sample("process_resident_memory_bytes", ResidentMemory.bytes())
    text.family("process_start_time_seconds", .gauge, "When the process started, in seconds since 1970.")
    text.sample("process_start_time_seconds", startedAt)
    return text.text
  }

  private func writeRequests(to text: inout PrometheusText) {
    let (counts, durations) = requests.withLock { ($0.counts, $0.durations) }
    text.family("parley_requests_total", .counter, "Requests answered, by route and status.")
    for (outcome, count) in counts.sorted(by: {
      ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status)
    }) {
      text.sample(
        "parley_requests_total", count, [("route", outcome.route), ("status", String(outcome.status))])
    }
    text.family("parley_request_duration_seconds", .histogram, "Time to answer, by route.")
    for (route, histogram) in durations.sorted(by: { $0.key < $1.key }) {
      text.histogram("parley_request_duration_seconds", histogram, [("route", route)])
    }
  }
}
