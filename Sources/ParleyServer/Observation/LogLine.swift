/// One event of the log, as bytes.
struct LogLine {
  let time: Int64
  let level: Log.Level
  let event: StaticString
  let fields: Log.Fields

  /// `{"time":"2026-11-23T17:42:18.000Z","level":"info","event":"request",…}` and a line feed.
  var json: [UInt8] {
    var line = "{\"time\":\""
    Timestamp(milliseconds: time).append(to: &line)
    line += "\",\"level\":\"\(level.name)\",\"event\":\"\(event)\""
    for (key, value) in fields {
      line += ",\"\(key)\":"
      switch value {
      case .string(let text): JSONText.append(text, to: &line)
      case .int(let number): line += String(number)
      case .milliseconds(let duration): LogLine.append(duration, to: &line)
      }
    }
    line += "}\n"
    return Array(line.utf8)
  }

  /// `17:42:18.000 info request status=200 …` and a line feed.
  var text: [UInt8] {
    var line = ""
    Timestamp(milliseconds: time).appendTimeOfDay(to: &line)
    line += " \(level.name) \(event)"
    for (key, value) in fields {
      line += " \(key)="
      switch value {
      case .string(let text):
        if text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") }) {
          line += text
        } else {
          JSONText.append(text, to: &line)
        }
      case .int(let number): line += String(number)
      case .milliseconds(let duration):
        LogLine.append(duration, to: &line)
        line += "ms"
      }
    }
    line += "\n"
    return Array(line.utf8)
  }

  /// Microseconds are as fine as is worth reading.
  private static func append(_ milliseconds: Double, to line: inout String) {
    let micros = Int64((milliseconds * 1000).rounded())
    line += "\(micros / 1000)."
    let fraction = String(micros % 1000)
    line += String(repeating: "0", count: 3 - fraction.utf8.count) + fraction
  }
}

/// A moment in UTC, written as RFC 3339 has it. By hand: Foundation's formatters cost a microsecond or more, and a line is written
/// for each request.
struct Timestamp {
  private let days: Int64
  private let millisecondsOfDay: Int64

  init(milliseconds: Int64) {
    let (days, rest) = milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
    self.days = rest < 0 ? days - 1 : days
    self.millisecondsOfDay = rest < 0 ? rest + 86_400_000 : rest
  }

  func append(to line: inout String) {
    // Howard Hinnant's civil_from_days: eras of 400 years, years that begin in March.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    Timestamp.append(year, digits: 4, to: &line)
    line += "-"
    Timestamp.append(month, digits: 2, to: &line)
    line += "-"
    Timestamp.append(day, digits: 2, to: &line)
    line += "T"
    appendTimeOfDay(to: &line)
    line += "Z"
  }

  func appendTimeOfDay(to line: inout String) {
    Timestamp.append(millisecondsOfDay / 3_600_000, digits: 2, to: &line)
    line += ":"
    Timestamp.append(millisecondsOfDay / 60_000 % 60, digits: 2, to: &line)
    line += ":"
    Timestamp.append(millisecondsOfDay / 1000 % 60, digits: 2, to: &line)
    line += "."
    Timestamp.append(millisecondsOfDay % 1000, digits: 3, to: &line)
  }

  private static func append(_ value: Int64, digits: Int, to line: inout String) {
    let text = String(value)
    line += String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}
