/// What the server tells about itself: one line an event, with a stable name and typed fields.
///
/// A name is a `StaticString` and so are the keys: nothing that people wrote can become one. Message texts, e-mail addresses,
/// names and tokens are never passed as values either; a request is told by its route's pattern, not by its path.
package struct Log: Sendable {
  package enum Level: Int, Sendable, Comparable {
    case debug, info, warning, error

    /// The level that an operator writes, as in `--log-level warning`.
    package init?(name: String) {
      guard let level = [Level.debug, .info, .warning, .error].first(where: { $0.name == name }) else {
        return nil
      }
      self = level
    }

    var name: String {
      switch self {
      case .debug: "debug"
      case .info: "info"
      case .warning: "warning"
      case .error: "error"
      }
    }

    package static func < (one: Level, other: Level) -> Bool {
      one.rawValue < other.rawValue
    }
  }

  package enum Format: String, Sendable {
    /// One JSON object a line, for programs.
    case json
    /// One line of words, for people.
    case text
  }

  package enum Value: Sendable {
    case string(String)
    case int(Int64)
    case milliseconds(Double)
  }

  package typealias Fields = KeyValuePairs<StaticString, Value>

  package let level: Level
  private let format: Format
  private let sink: LogSink
  private let now: @Sendable () -> Int64

  /// - Parameter now: milliseconds since 1970.
  package init(level: Level, format: Format, sink: LogSink, now: @escaping @Sendable () -> Int64) {
    self.level = level
    self.format = format
    self.sink = sink
    self.now = now
  }

  /// Writes the event unless its level is below the log's. Never waits: see `LogSink`.
  package func write(_ level: Level, _ event: StaticString, _ fields: Fields = [:]) {
    guard level >= self.level else { return }
    let line = LogLine(time: now(), level: level, event: event, fields: fields)
    switch format {
    case .json: sink.append(line.json)
    case .text: sink.append(line.text)
    }
  }

  package func debug(_ event: StaticString, _ fields: Fields = [:]) { write(.debug, event, fields) }
  package func info(_ event: StaticString, _ fields: Fields = [:]) { write(.info, event, fields) }
  package func warning(_ event: StaticString, _ fields: Fields = [:]) { write(.warning, event, fields) }
  package func error(_ event: StaticString, _ fields: Fields = [:]) { write(.error, event, fields) }
}
