extension CustomFieldValue {
  /// Reads a cell of a table: nil when it leaves the field empty.
  ///
  /// - Parameters:
  ///   - typed: a number with a point before its decimals; a date `YYYY-MM-DD`; an amount `1250.00 EUR`; the names of choices,
  ///     apart by `;`; for a checkbox `true`, `yes`, `oui`, `x` or `1`, and `false`, `no`, `non` or `0`.
  ///   - currency: of an amount that names none.
  package init?(
    typed: String, as field: CustomField, currency: Currency? = nil
  ) throws(FieldFault) {
    let text = typed.trimmed
    guard !text.isEmpty else { return nil }
    switch field.type {
    case .text, .longText, .number, .date: try self.init(.text(text), as: field)
    case .currency:
      guard let money = Money(typed: text, currency: currency) else { throw .invalid }
      self = .currency(money)
    case .choice:
      guard let choice = field.choice(named: text) else { throw .unknown }
      self = .choice(choice.id)
    case .choices:
      var ids: [Int64] = []
      for name in text.split(separator: Self.separator) where !String(name).trimmed.isEmpty {
        guard let choice = field.choice(named: String(name)) else { throw .unknown }
        ids.append(choice.id)
      }
      try self.init(.integers(ids), as: field)
    case .checkbox:
      guard let truth = Self.truths[text.lowercased()] else { throw .invalid }
      try self.init(.truth(truth), as: field)
    }
  }

  /// As a cell of a table: what `init(typed:as:)` reads as the same value.
  package func typedText(as field: CustomField) -> String {
    switch self {
    case .text(let text): text
    case .number(let number): number.description
    case .currency(let money): "\(money.decimalText) \(money.currency.code)"
    case .date(let date): date.description
    case .choice(let id): field.choice(id)?.name ?? ""
    case .choices(let ids): ids.compactMap { field.choice($0)?.name }.joined(separator: "\(Self.separator) ")
    case .checked: "true"
    }
  }

  /// No name of a choice holds it.
  static let separator: Character = ";"

  private static let truths = [
    "true": true, "yes": true, "oui": true, "x": true, "1": true,
    "false": false, "no": false, "non": false, "0": false,
  ]
}

extension Money {
  /// Reads `1250.00 EUR`, or without a code an amount of the given currency.
  init?(typed: String, currency usual: Currency?) {
    let words = typed.split(whereSeparator: \.isWhitespace)
    guard let amount = words.first, words.count <= 2 else { return nil }
    guard let currency = words.count == 2 ? Currency(code: words[1].uppercased()) : usual else { return nil }
    let parts = amount.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let decimals = parts.count > 1 ? parts[1] : ""
    guard let whole = parts.first, decimals.count <= currency.exponent, parts.count == 1 || !decimals.isEmpty
    else { return nil }
    let digits = whole + decimals + String(repeating: "0", count: currency.exponent - decimals.count)
    guard !whole.isEmpty, digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let minorUnits = Int64(digits)
    else { return nil }
    self.init(minorUnits: minorUnits, currency: currency)
  }

  /// The amount as a decimal of its currency: `1250.00`, for yen `1250`.
  var decimalText: String {
    guard currency.exponent > 0 else { return String(minorUnits) }
    let digits = String(minorUnits)
    let padded = String(repeating: "0", count: max(0, currency.exponent + 1 - digits.count)) + digits
    return "\(padded.dropLast(currency.exponent)).\(padded.suffix(currency.exponent))"
  }
}
