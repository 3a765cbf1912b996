extension CustomFieldValue {
  /// What an entry is in a field: nil when it empties it.
  init?(_ entry: FieldEntry, as field: CustomField) throws(FieldFault) {
    switch (field.type, entry) {
    case (_, .nothing), (.checkbox, .truth(false)): return nil
    case (.checkbox, .truth(true)): self = .checked
    case (.text, .text(let typed)): try self.init(line: typed)
    case (.longText, .text(let typed)): try self.init(lines: typed)
    case (.number, .text(let typed)): try self.init(number: typed.trimmed)
    case (.number, .integer(let integer)): try self.init(number: String(integer))
    case (.date, .text(let typed)): try self.init(date: typed.trimmed)
    case (.currency, .money(nil, _)): return nil
    case (.currency, .money(let minor?, let code)): try self.init(minor: minor, currency: code)
    case (.choice, .integer(let id)):
      guard field.choice(id) != nil else { throw .unknown }
      self = .choice(id)
    case (.choices, .integers(let ids)): try self.init(choices: ids, of: field)
    case (.choices, .integer(let id)): try self.init(choices: [id], of: field)
    default: throw .invalid
    }
  }

  private init?(line typed: String) throws(FieldFault) {
    let text = typed.onOneLine
    guard !text.isEmpty else { return nil }
    guard text.unicodeScalars.count <= CustomField.textLimit else { throw .tooLong }
    self = .text(text)
  }

  private init?(lines typed: String) throws(FieldFault) {
    let text = typed.onManyLines
    guard !text.isEmpty else { return nil }
    guard text.unicodeScalars.count <= CustomField.longTextLimit else { throw .tooLong }
    self = .text(text)
  }

  private init?(number typed: String) throws(FieldFault) {
    guard !typed.isEmpty else { return nil }
    guard let number = ExactNumber(typed) else { throw .invalid }
    self = .number(number)
  }

  private init?(date typed: String) throws(FieldFault) {
    guard !typed.isEmpty else { return nil }
    guard let date = CalendarDate(typed) else { throw .invalid }
    self = .date(date)
  }

  private init(minor: Int64, currency code: String?) throws(FieldFault) {
    guard let currency = code.flatMap({ Currency(code: $0) }),
      let money = Money(minorUnits: minor, currency: currency)
    else { throw .invalid }
    self = .currency(money)
  }

  private init?(choices ids: [Int64], of field: CustomField) throws(FieldFault) {
    guard ids.allSatisfy({ field.choice($0) != nil }) else { throw .unknown }
    guard !ids.isEmpty else { return nil }
    self = .choices(field.choices.map(\.id).filter { ids.contains($0) })
  }
}
