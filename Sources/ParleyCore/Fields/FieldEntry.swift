/// What someone enters into a field, unchecked: of one of the shapes that values have. `CustomFieldValue(_:as:)` checks it.
package enum FieldEntry: Sendable, Hashable {
  /// Empties the field.
  case nothing
  case text(String)
  case integer(Int64)
  case integers([Int64])
  case truth(Bool)
  case money(minor: Int64?, currency: String?)
}

extension FieldEntry: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    func read<Value: Decodable>(_ type: Value.Type) -> Value? {
      // It is of another shape then; the last of them says so.
      try? container.decode(type)
    }
    if container.decodeNil() {
      self = .nothing
    } else if let text = read(String.self) {
      self = .text(text)
    } else if let truth = read(Bool.self) {
      self = .truth(truth)
    } else if let integer = read(Int64.self) {
      self = .integer(integer)
    } else if let integers = read([Int64].self) {
      self = .integers(integers)
    } else {
      let value = try container.decode(DealDraft.Value.self)
      self = .money(minor: value.minor, currency: value.currency)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .nothing: try container.encodeNil()
    case .text(let text): try container.encode(text)
    case .integer(let integer): try container.encode(integer)
    case .integers(let integers): try container.encode(integers)
    case .truth(let truth): try container.encode(truth)
    case .money(let minor, let currency):
      try container.encode(DealDraft.Value(minor: minor, currency: currency))
    }
  }
}

/// What someone enters into the fields of a record, by their ids; what is not named stays.
package struct FieldEntries: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  package var byField: [Int64: FieldEntry]

  package init(_ byField: [Int64: FieldEntry] = [:]) {
    self.byField = byField
  }

  package init(dictionaryLiteral entries: (Int64, FieldEntry)...) {
    self.init(Dictionary(uniqueKeysWithValues: entries))
  }
}

extension FieldEntries: Codable {
  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: FieldKey.self)
    self.init()
    for key in object.allKeys { byField[key.id] = try object.decode(FieldEntry.self, forKey: key) }
  }

  package func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: FieldKey.self)
    for (id, entry) in byField.sorted(by: { $0.key < $1.key }) {
      try object.encode(entry, forKey: FieldKey(id: id))
    }
  }
}
