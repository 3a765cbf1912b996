/// Ranges of days as spans of 64, 8 and 1 of them, of which sums are kept. The longer ones lie in the middle: so a range is few of them,
/// however long it is.
struct DaySpans: Equatable {
  /// Spans of a length, one behind the other.
  struct Run: Equatable {
    /// In days.
    let span: Int
    /// How many of these after 1970.
    var slots: Range<Int>
  }

  private(set) var runs: [Run] = []

  /// - Parameter ranges: in their order, none within another. A span is of one of them.
  init(_ ranges: [ClosedRange<CalendarDate>]) {
    for range in ranges {
      add(range.lowerBound.dayNumber..<range.upperBound.dayNumber + 1, by: [64, 8, 1])
    }
  }

  private mutating func add(_ days: Range<Int>, by spans: ArraySlice<Int>) {
    guard let span = spans.first, !days.isEmpty else { return }
    let first = -Self.slot(-days.lowerBound, span)
    let end = Self.slot(days.upperBound, span)
    guard first < end else { return add(days, by: spans.dropFirst()) }
    add(days.lowerBound..<first * span, by: spans.dropFirst())
    append(Run(span: span, slots: first..<end))
    add(end * span..<days.upperBound, by: spans.dropFirst())
  }

  /// A statement seeks once for each run: the days of a year by day are one.
  private mutating func append(_ run: Run) {
    if let last = runs.last, last.span == run.span, last.slots.upperBound == run.slots.lowerBound {
      runs[runs.count - 1].slots = last.slots.lowerBound..<run.slots.upperBound
    } else {
      runs.append(run)
    }
  }

  /// Rounded down, also before 1970.
  private static func slot(_ day: Int, _ span: Int) -> Int {
    let (quotient, remainder) = day.quotientAndRemainder(dividingBy: span)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// For a statement: a JSON array of a span, its first slot and the slot behind its last.
  func text() throws -> String {
    try JSON.text(runs.map { [$0.span, $0.slots.lowerBound, $0.slots.upperBound] })
  }
}
