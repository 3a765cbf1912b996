/// A decimal number as it was typed, to a millionth: never a floating-point number.
package struct ExactNumber: Sendable, Hashable {
  /// Within ±`limit`.
  let millionths: Int64

  /// 10^12, in millionths: within an integer of 64 bits, with room above.
  static let limit: Int64 = 1_000_000_000_000 * scale
  private static let scale: Int64 = 1_000_000
  private static let mostDecimals = 6

  init?(millionths: Int64) {
    guard (-Self.limit...Self.limit).contains(millionths) else { return nil }
    self.millionths = millionths
  }

  /// Reads `-12.5`: digits, perhaps with a sign before them and a point and digits behind. Nil for anything else, for more than
  /// six decimals that are not 0, and for what is beyond the limit.
  package init?(_ text: String) {
    var rest = Substring(text)
    let isNegative = rest.first == "-"
    if isNegative || rest.first == "+" { rest.removeFirst() }
    let parts = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, Self.isDigits(whole) else { return nil }
    var decimals = parts.count > 1 ? parts[1] : "0"
    guard Self.isDigits(decimals) else { return nil }
    while decimals.count > 1, decimals.last == "0" { decimals.removeLast() }
    guard decimals.count <= Self.mostDecimals else { return nil }
    let padding = String(repeating: "0", count: Self.mostDecimals - decimals.count)
    guard let units = Int64(whole), let fraction = Int64(decimals + padding) else { return nil }
    let (scaled, isTooBig) = units.multipliedReportingOverflow(by: Self.scale)
    guard !isTooBig, scaled <= Self.limit else { return nil }
    self.init(millionths: isNegative ? -(scaled + fraction) : scaled + fraction)
  }

  private static func isDigits(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}

extension ExactNumber: CustomStringConvertible {
  /// Without decimals that say nothing: `12.5`, `-3`.
  package var description: String {
    let sign = millionths < 0 ? "-" : ""
    let (units, fraction) = millionths.magnitude.quotientAndRemainder(dividingBy: Self.scale.magnitude)
    guard fraction > 0 else { return "\(sign)\(units)" }
    var decimals = String(fraction)
    decimals = String(repeating: "0", count: Self.mostDecimals - decimals.count) + decimals
    while decimals.last == "0" { decimals.removeLast() }
    return "\(sign)\(units).\(decimals)"
  }
}
