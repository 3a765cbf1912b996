/// A sum of amounts of one currency, in minor units, exact however many deals there are: 10^15 a deal passes 64 bits at ten
/// thousand of them. In JSON its decimal digits as a string, which a client reads without rounding.
package struct MinorSum: Sendable, Hashable {
  package var minorUnits: Int128

  package init(_ minorUnits: Int128 = 0) {
    self.minorUnits = minorUnits
  }

  /// From the two sums that the database keeps within 64 bits.
  init(billions: Int64, rest: Int64) {
    minorUnits = Int128(billions) * 1_000_000_000 + Int128(rest)
  }

  package static func += (sum: inout MinorSum, more: MinorSum) {
    sum.minorUnits += more.minorUnits
  }

  /// The decimal amount in major units, all decimals of the currency shown: `1250.00`.
  package func decimal(exponent: Int) -> String {
    guard exponent > 0 else { return String(minorUnits) }
    let digits = String(minorUnits)
    let padded = String(repeating: "0", count: max(0, exponent + 1 - digits.count)) + digits
    return "\(padded.dropLast(exponent)).\(padded.suffix(exponent))"
  }
}

extension MinorSum: Encodable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    // 128 bits are written much slower than 64, in which nearly all sums have room.
    try container.encode(Int64(exactly: minorUnits).map(String.init) ?? String(minorUnits))
  }
}
