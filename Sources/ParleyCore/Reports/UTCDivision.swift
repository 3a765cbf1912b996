/// A range of moments, taken apart: the whole hours or days of UTC in it, of which counts are kept, and what is left of one before and
/// after them.
struct UTCDivision: Equatable {
  /// In milliseconds.
  static let hour: Int64 = 3_600_000
  static let day: Int64 = 86_400_000

  /// Hours or days, counted from 1970.
  let slots: Range<Int64>
  let before: Range<Int64>
  let after: Range<Int64>

  /// - Parameters:
  ///   - moments: in milliseconds since 1970 UTC.
  ///   - span: the length of a slot in milliseconds.
  init(_ moments: Range<Int64>, by span: Int64) {
    let first = -Self.slot(-moments.lowerBound, span)
    let end = Self.slot(moments.upperBound, span)
    guard first < end else {
      (slots, before, after) = (0..<0, moments, moments.upperBound..<moments.upperBound)
      return
    }
    slots = first..<end
    before = moments.lowerBound..<first * span
    after = end * span..<moments.upperBound
  }

  /// Rounded down, also before 1970.
  private static func slot(_ moment: Int64, _ span: Int64) -> Int64 {
    let (quotient, remainder) = moment.quotientAndRemainder(dividingBy: span)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

/// A range of moments as spans of several lengths, of which sums are kept, and what is left at its ends. The longer spans lie in the
/// middle: so a range is few of them, however long it is.
struct UTCSpans: Equatable {
  struct Run: Equatable {
    /// The length of a span in milliseconds.
    let span: Int64
    /// How many of these after 1970.
    let slots: Range<Int64>
  }

  private(set) var runs: [Run] = []
  /// None of them empty.
  private(set) var rest: [Range<Int64>]

  /// - Parameters:
  ///   - moments: in milliseconds since 1970 UTC.
  ///   - spans: their lengths in milliseconds, the longest first.
  init(_ moments: Range<Int64>, by spans: [Int64]) {
    rest = moments.isEmpty ? [] : [moments]
    for span in spans {
      var left: [Range<Int64>] = []
      for part in rest {
        let division = UTCDivision(part, by: span)
        if !division.slots.isEmpty { runs.append(Run(span: span, slots: division.slots)) }
        left += [division.before, division.after].filter { !$0.isEmpty }
      }
      rest = left
    }
  }

  /// Several ranges, for a statement: JSON arrays of a range's place, a span, its first slot and the slot behind its last; and of a
  /// range's place, and the first moment of what is left and the one behind it.
  static func texts(
    _ ranges: [Range<Int64>], by spans: [Int64]
  ) throws -> (runs: String, rest: String) {
    let divided = ranges.map { UTCSpans($0, by: spans) }.enumerated()
    return (
      try JSON.text(
        divided.flatMap { place, range in
          range.runs.map { [Int64(place), $0.span, $0.slots.lowerBound, $0.slots.upperBound] }
        }),
      try JSON.text(
        divided.flatMap { place, range in
          range.rest.map { [Int64(place), $0.lowerBound, $0.upperBound] }
        })
    )
  }

  /// What holds of what is kept of a run, and of a deal in what is left.
  static let withinRun = """
    kept.span = run.value ->> 1 AND kept.slot >= run.value ->> 2 AND kept.slot < run.value ->> 3
    """
  static let withinRest = "closed_at >= part.value ->> 1 AND closed_at < part.value ->> 2"
}
