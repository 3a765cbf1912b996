/// What a record has in a field of one's own. A field that is empty, or not checked, has no value.
package enum CustomFieldValue: Sendable, Hashable {
  case text(String)
  case number(ExactNumber)
  case currency(Money)
  case date(CalendarDate)
  case choice(Int64)
  /// In the order of the field's choices, each once.
  case choices([Int64])
  case checked
}

extension CustomFieldValue: Codable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .number(let number): try container.encode(number.description)
    case .currency(let money): try container.encode(money)
    case .date(let date): try container.encode(date)
    case .choice(let id): try container.encode(id)
    case .choices(let ids): try container.encode(ids)
    case .checked: try container.encode(true)
    }
  }

  /// Reads what was written. Without its definition a number or a date is the text that it stands as.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    switch try container.decode(FieldEntry.self) {
    case .text(let text): self = .text(text)
    case .integer(let id): self = .choice(id)
    case .integers(let ids): self = .choices(ids)
    case .truth(true): self = .checked
    case .money(let minor?, let code?):
      guard let currency = Currency(code: code), let money = Money(minorUnits: minor, currency: currency)
      else { fallthrough }
      self = .currency(money)
    case .money, .truth, .nothing:
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no value of a field")
    }
  }
}

/// The values that a record has, by the ids of their fields. In JSON an object with the ids as keys.
package struct CustomFieldValues: Sendable, Hashable {
  package private(set) var byField: [Int64: CustomFieldValue]

  package init(_ byField: [Int64: CustomFieldValue] = [:]) {
    self.byField = byField
  }

  package subscript(fieldID: Int64) -> CustomFieldValue? {
    get { byField[fieldID] }
    set { byField[fieldID] = newValue }
  }
}

extension CustomFieldValues: Codable {
  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: FieldKey.self)
    self.init()
    for key in object.allKeys { byField[key.id] = try object.decode(CustomFieldValue.self, forKey: key) }
  }

  package func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: FieldKey.self)
    for (id, value) in byField.sorted(by: { $0.key < $1.key }) {
      try object.encode(value, forKey: FieldKey(id: id))
    }
  }
}

extension KeyedDecodingContainer {
  /// Answers that were kept before there were fields of one's own lack them.
  func decode(_ type: CustomFieldValues.Type, forKey key: Key) throws -> CustomFieldValues {
    try decodeIfPresent(type, forKey: key) ?? CustomFieldValues()
  }
}

/// The id of a field as the key of an object.
struct FieldKey: CodingKey {
  let id: Int64

  init(id: Int64) {
    self.id = id
  }

  init?(stringValue: String) {
    guard let id = Int64(stringValue) else { return nil }
    self.id = id
  }

  init?(intValue: Int) {
    nil
  }

  var stringValue: String { String(id) }
  var intValue: Int? { nil }
}
