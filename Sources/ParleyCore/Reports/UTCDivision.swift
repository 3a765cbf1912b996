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
