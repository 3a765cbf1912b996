/// A place between two others: a text that sorts by its bytes, and always leaves room before, after and in between.
///
/// It is a number between 0 and 1 in hexadecimal digits behind an unwritten point: sixteen of them at least, and no 0 at the end of
/// more. So the order of the texts is the order of the numbers, and two different texts are two different numbers. New places at
/// either end count in the first sixteen digits, and stay as short as they are.
struct Rank: Sendable, Hashable {
  let text: String

  private static let width = 16
  private static let middle: UInt64 = 0x4000_0000_0000_0000

  /// What is stored. Every rank was made here, or by the migration in the same form.
  init(stored text: String) {
    self.text = text
  }

  private init(_ count: UInt64) {
    let digits = String(count, radix: 16)
    text = String(repeating: "0", count: Self.width - digits.count) + digits
  }

  private init(digits: [UInt8]) {
    let padding = [UInt8](repeating: 0, count: max(0, Self.width - digits.count))
    text = (digits + padding).map { String($0, radix: 16) }.joined()
  }

  /// A place behind the lower and before the upper; nil stands for the end of the column.
  ///
  /// The lower must sort before the upper.
  static func between(_ lower: Rank?, _ upper: Rank?) -> Rank {
    if let lower, let upper { precondition(lower < upper, "there is nothing between these places") }
    switch (lower, upper) {
    case (nil, nil): return Rank(middle)
    case (nil, let upper?):
      // 0 is nobody's place, so that there is always one before the first.
      if upper.count > 1 { return Rank(upper.count - 1) }
      return Rank(digits: digits(between: [], upper.digits))
    case (let lower?, nil):
      if lower.count < .max { return Rank(lower.count + 1) }
      return Rank(digits: digits(between: lower.digits, nil))
    case (let lower?, let upper?):
      return Rank(digits: digits(between: lower.digits, upper.digits))
    }
  }

  /// The value of the first sixteen digits.
  var count: UInt64 {
    digits.prefix(Self.width).reduce(0) { $0 << 4 | UInt64($1) }
  }

  private var digits: [UInt8] {
    text.utf8.map { $0 < UInt8(ascii: "a") ? $0 &- UInt8(ascii: "0") : $0 &- UInt8(ascii: "a") &+ 10 }
  }

  /// The digits of a number in between, as few as there are. Nil is 1: above every number.
  private static func digits(between lower: [UInt8], _ upper: [UInt8]?) -> [UInt8] {
    var result: [UInt8] = []
    var bound = upper
    var index = 0
    while true {
      let low = index < lower.count ? lower[index] : 0
      let high = bound.map { index < $0.count ? $0[index] : 0 } ?? 16
      if high - low > 1 {
        result.append(low + (high - low) / 2)
        return result
      }
      result.append(low)
      // A smaller digit than the upper's: whatever follows is below it.
      if high > low { bound = nil }
      index += 1
    }
  }
}

extension Rank: Comparable {
  static func < (left: Rank, right: Rank) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
}
