/// Numbers, dates and truths as people and programs write them into tables.
enum TypedCell {
  /// An amount with its currency where it names one: `1 234,50 €`, `$1,234.50`, `EUR 12`.
  struct Amount: Equatable {
    /// The digits before and behind the mark, without anything else.
    var whole: String
    var decimals: String
    var currency: Currency?

    /// - Returns: nil for more decimals than the currency has, or more than money can be.
    func money(in usual: Currency) -> Money? {
      let currency = currency ?? usual
      let kept = decimals.prefix(currency.exponent)
      guard decimals.dropFirst(currency.exponent).allSatisfy({ $0 == "0" }) else { return nil }
      let digits = whole + kept + String(repeating: "0", count: currency.exponent - kept.count)
      guard let minorUnits = Int64(digits) else { return nil }
      return Money(minorUnits: minorUnits, currency: currency)
    }
  }

  static func amount(_ typed: String, _ mark: ImportSettings.DecimalMark) -> Amount? {
    var (text, currency) = withoutCurrency(typed.trimmed)
    text = text.trimmed
    guard let (whole, decimals) = number(text, mark), !whole.isEmpty || !decimals.isEmpty else { return nil }
    return Amount(whole: whole.isEmpty ? "0" : whole, decimals: decimals, currency: currency)
  }

  /// A decimal number with a point, as the interface writes it.
  static func decimal(_ typed: String, _ mark: ImportSettings.DecimalMark) -> String? {
    let text = typed.trimmed
    let isNegative = text.first == "-" || text.first == "\u{2212}"
    guard let (whole, decimals) = number(isNegative ? String(text.dropFirst()) : text, mark),
      !whole.isEmpty || !decimals.isEmpty
    else { return nil }
    let digits = decimals.isEmpty ? whole : "\(whole.isEmpty ? "0" : whole).\(decimals)"
    return isNegative ? "-\(digits)" : digits
  }

  /// Digits, in groups or not. A group behind the first has two or three digits, the last one three, so that a mark that is meant
  /// otherwise is found: `1,5` is no number where the comma divides thousands.
  private static func number(
    _ text: String, _ mark: ImportSettings.DecimalMark
  ) -> (whole: String, decimals: String)? {
    let decimalMark: Character = mark == .point ? "." : ","
    let groupMark: Character = mark == .point ? "," : "."
    let parts = text.split(separator: decimalMark, maxSplits: 1, omittingEmptySubsequences: false)
    let groups = (parts.first ?? "").split(omittingEmptySubsequences: false) { character in
      character == groupMark || character.isWhitespace || character == "'" || character == "’"
    }
    guard groups.allSatisfy({ $0.allSatisfy(isDigit) }) else { return nil }
    if groups.count > 1 {
      guard !groups[0].isEmpty, groups.last?.count == 3,
        groups.dropFirst().allSatisfy({ (2...3).contains($0.count) })
      else { return nil }
    }
    let decimals = parts.count > 1 ? parts[1] : ""
    guard decimals.allSatisfy(isDigit) else { return nil }
    return (groups.joined(), String(decimals))
  }

  private static func isDigit(_ character: Character) -> Bool {
    character.isASCII && character.isNumber
  }

  /// A code or a sign before or behind the number. The dollar's sign is that of several currencies, and names none.
  private static func withoutCurrency(_ text: String) -> (String, Currency?) {
    let signs: [(String, String?)] = [
      ("US$", "USD"), ("€", "EUR"), ("£", "GBP"), ("¥", "JPY"), ("₹", "INR"), ("$", nil),
    ]
    for (sign, code) in signs {
      let currency = code.flatMap { Currency(code: $0) }
      if text.hasPrefix(sign) { return (String(text.dropFirst(sign.count)), currency) }
      if text.hasSuffix(sign) { return (String(text.dropLast(sign.count)), currency) }
    }
    if text.count > 3 {
      if let currency = Currency(code: text.prefix(3).uppercased()) {
        return (String(text.dropFirst(3)), currency)
      }
      if let currency = Currency(code: text.suffix(3).uppercased()) {
        return (String(text.dropLast(3)), currency)
      }
    }
    return (text, nil)
  }

  /// A day with `-`, `/`, `.` or blanks between its parts, perhaps with a time behind it that is let go. A year first is always read
  /// as such; a year of two digits is of this century.
  static func date(_ typed: String, _ order: ImportSettings.DateOrder) -> CalendarDate? {
    let text = typed.trimmed
    let day = text.split(maxSplits: 1) { $0 == "T" || $0 == " " || $0 == "\u{a0}" }.first ?? ""
    let parts = day.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "/" || $0 == "." }
    guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty && $0.count <= 4 && $0.allSatisfy(isDigit) })
    else {
      return nil
    }
    let numbers = parts.compactMap { Int($0) }
    let order = parts[0].count == 4 ? .yearMonthDay : order
    let (yearIndex, month, day2) =
      switch order {
      case .yearMonthDay: (0, numbers[1], numbers[2])
      case .dayMonthYear: (2, numbers[1], numbers[0])
      case .monthDayYear: (2, numbers[0], numbers[1])
      }
    let year = parts[yearIndex].count == 2 ? 2000 + numbers[yearIndex] : numbers[yearIndex]
    guard parts[yearIndex].count == 2 || parts[yearIndex].count == 4 else { return nil }
    return CalendarDate(year: year, month: month, day: day2)
  }
}
