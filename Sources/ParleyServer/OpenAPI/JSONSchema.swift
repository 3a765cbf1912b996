/// The shape of a JSON value, as OpenAPI 3.1 writes it (JSON Schema, draft 2020-12).
indirect enum JSONSchema: Sendable {
  case string
  case boolean
  case null
  /// Always of 64 bits.
  case integer
  /// Milliseconds since 1970 UTC.
  case moment
  /// `YYYY-MM-DD`.
  case calendarDate
  case oneOf(strings: [String])
  case array(JSONSchema)
  /// An object with exactly these members. A member is required unless it is `.optional`.
  case object(KeyValuePairs<String, JSONSchema>)
  /// An object with any names.
  case map(JSONSchema)
  case nullable(JSONSchema)
  /// A member that may be left out; only directly within an object.
  case optional(JSONSchema)
  case anyOf([JSONSchema])
  /// One of `components/schemas`.
  case named(String)
}

extension JSONSchema: Encodable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .string:
      try container.encode("string", forKey: Key("type"))
    case .boolean:
      try container.encode("boolean", forKey: Key("type"))
    case .null:
      try container.encode("null", forKey: Key("type"))
    case .integer:
      try container.encode("integer", forKey: Key("type"))
      try container.encode("int64", forKey: Key("format"))
    case .moment:
      try container.encode("integer", forKey: Key("type"))
      try container.encode("int64", forKey: Key("format"))
      try container.encode("Milliseconds since 1970 UTC.", forKey: Key("description"))
    case .calendarDate:
      try container.encode("string", forKey: Key("type"))
      try container.encode("date", forKey: Key("format"))
    case .oneOf(let strings):
      try container.encode("string", forKey: Key("type"))
      try container.encode(strings, forKey: Key("enum"))
    case .array(let element):
      try container.encode("array", forKey: Key("type"))
      try container.encode(element, forKey: Key("items"))
    case .object(let members):
      try container.encode("object", forKey: Key("type"))
      var properties = container.nestedContainer(keyedBy: Key.self, forKey: Key("properties"))
      var required: [String] = []
      for (name, schema) in members {
        if case .optional(let inner) = schema {
          try properties.encode(inner, forKey: Key(name))
        } else {
          try properties.encode(schema, forKey: Key(name))
          required.append(name)
        }
      }
      if !required.isEmpty { try container.encode(required, forKey: Key("required")) }
      try container.encode(false, forKey: Key("additionalProperties"))
    case .map(let value):
      try container.encode("object", forKey: Key("type"))
      try container.encode(value, forKey: Key("additionalProperties"))
    case .nullable(let inner):
      try container.encode([inner, .null], forKey: Key("anyOf"))
    case .optional(let inner):
      try inner.encode(to: encoder)
    case .anyOf(let choices):
      try container.encode(choices, forKey: Key("anyOf"))
    case .named(let name):
      try container.encode("#/components/schemas/\(name)", forKey: Key("$ref"))
    }
  }
}
