import Foundation

extension TypedCell {
  /// A moment as `YYYY-MM-DD hh:mm:ss` of a time zone: what `moment` reads as the same one, up to its second.
  ///
  /// - Parameter moment: milliseconds since 1970 UTC.
  static func text(ofMoment moment: Int64, in timeZone: TimeZone) -> String {
    let (second, _) = moment.flooredDivision(by: 1000)
    let local = second + Int64(timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second))))
    let (day, time) = local.flooredDivision(by: 86_400)
    let parts = [time / 3600, time / 60 % 60, time % 60].map { $0 < 10 ? "0\($0)" : String($0) }
    return "\(CalendarDate(dayNumber: Int(day))?.description ?? "") \(parts.joined(separator: ":"))"
  }

  /// A day and maybe a time behind it: `2026-11-30 17:05`, `11/30/2026 5:05 PM`, `2026-11-30T16:05:00Z`. Without a time, the day's first
  /// moment; without an offset from UTC, in the time zone: the first of two moments that the clocks show alike, and of a time that
  /// they skip, as much after the skip.
  ///
  /// - Returns: milliseconds since 1970 UTC.
  static func moment(_ typed: String, _ order: ImportSettings.DateOrder, in timeZone: TimeZone) -> Int64? {
    guard let day = date(typed, order) else { return nil }
    let text = typed.trimmed
    let afterDay = text.drop { $0 != "T" && $0 != " " && $0 != "\u{a0}" }.dropFirst()
    guard !afterDay.isEmpty else { return day.start(in: timeZone) }
    guard let (seconds, offset) = time(String(afterDay)) else { return nil }
    let local = day.dayNumber * 86_400 + seconds
    if let offset { return Int64(local - offset) * 1000 }
    func offsetFromUTC(at second: Int) -> Int {
      timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second)))
    }
    let before = offsetFromUTC(at: local - 86_400)
    let candidates = [before, offsetFromUTC(at: local + 86_400)].map { local - $0 }
    let fitting = candidates.filter { $0 + offsetFromUTC(at: $0) == local }
    return Int64(fitting.min() ?? local - before) * 1000
  }

  /// Seconds into the day, and those by which it is off UTC where that is said.
  private static func time(_ typed: String) -> (seconds: Int, offset: Int?)? {
    var text = typed.trimmed.uppercased()
    var offset: Int?
    if text.hasSuffix("Z") {
      text.removeLast()
      offset = 0
    } else if let sign = text.lastIndex(where: { $0 == "+" || $0 == "-" }) {
      let digits = text[text.index(after: sign)...].filter { $0 != ":" }
      guard digits.count == 4, let number = Int(digits), number % 100 < 60, number <= 1400 else { return nil }
      offset = (number / 100 * 3600 + number % 100 * 60) * (text[sign] == "-" ? -1 : 1)
      text = String(text[..<sign])
    }
    text = text.trimmed
    let isAfternoon = text.hasSuffix("PM")
    let hasHalves = isAfternoon || text.hasSuffix("AM")
    if hasHalves { text = String(text.dropLast(2)).trimmed }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    // What is less than a second is let go.
    let numbers = parts.enumerated().map { index, part in
      Int(index == 2 ? part.prefix { $0 != "." && $0 != "," } : part)
    }
    guard (2...3).contains(parts.count), var hour = numbers[0], let minute = numbers[1],
      let second = parts.count == 3 ? numbers[2] : 0, (0..<60).contains(minute), (0..<60).contains(second)
    else { return nil }
    if hasHalves {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (isAfternoon ? 12 : 0)
    }
    guard (0..<24).contains(hour) else { return nil }
    return (hour * 3600 + minute * 60 + second, offset)
  }
}

extension Int64 {
  /// The quotient towards minus infinity, and what is left: never negative.
  fileprivate func flooredDivision(by divisor: Int64) -> (quotient: Int64, rest: Int64) {
    let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
  }
}
