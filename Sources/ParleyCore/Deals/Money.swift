/// An amount of money that is not negative: whole minor units (cents, fils, yen) and their currency. There is no
/// floating-point form, and amounts of two currencies are never added.
package struct Money: Sendable, Hashable {
  /// 0 … `Money.limit`.
  package let minorUnits: Int64
  package let currency: Currency

  /// 10^15 minor units: within what a JSON number holds exactly (2^53), with room for sums.
  package static let limit: Int64 = 1_000_000_000_000_000

  /// `nil` when the amount is negative or above the limit.
  package init?(minorUnits: Int64, currency: Currency) {
    guard (0...Self.limit).contains(minorUnits) else { return nil }
    self.minorUnits = minorUnits
    self.currency = currency
  }
}

extension Money {
  /// For a text: all decimals of the currency, and its code, such as `1250.00 USD`.
  var text: String {
    "\(decimalText) \(currency.code)"
  }
}

extension Money: Codable {
  private enum CodingKeys: String, CodingKey {
    case minorUnits = "minor"
    case currency
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let minorUnits = try container.decode(Int64.self, forKey: .minorUnits)
    let currency = try container.decode(Currency.self, forKey: .currency)
    guard let money = Money(minorUnits: minorUnits, currency: currency) else {
      throw DecodingError.dataCorruptedError(
        forKey: .minorUnits, in: container, debugDescription: "outside the amounts that money can have")
    }
    self = money
  }
}
