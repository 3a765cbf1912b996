@testable import ParleyServer

/// Holds a value against the shape that the interface promises.
enum Conformity {
  /// Where and how the value differs; empty if it does not.
  static func faults(of value: JSONValue, against schema: JSONSchema, at path: String = "$") -> [String] {
    switch (schema, value) {
    case (.string, .string), (.calendarDate, .string), (.boolean, .bool), (.null, .null),
      (.integer, .integer), (.moment, .integer):
      return []
    case (.oneOf(let strings), .string(let string)):
      return strings.contains(string) ? [] : ["\(path): \(string) is none of \(strings)"]
    case (.array(let element), .array(let elements)):
      return elements.enumerated().flatMap { faults(of: $1, against: element, at: "\(path)[\($0)]") }
    case (.object(let members), .object(let values)):
      return faults(of: values, against: members, at: path)
    case (.map(let inner), .object(let values)):
      return values.flatMap { faults(of: $0.value, against: inner, at: "\(path).\($0.key)") }
    case (.nullable(let inner), _):
      return value.isNull ? [] : faults(of: value, against: inner, at: path)
    case (.optional(let inner), _):
      return faults(of: value, against: inner, at: path)
    case (.anyOf(let choices), _):
      let all = choices.map { faults(of: value, against: $0, at: path) }
      return all.contains([]) ? [] : all.first ?? []
    case (.named(let name), _):
      guard let schema = Schemas.all.first(where: { $0.name == name })?.schema else {
        return ["\(path): there is no shape \(name)"]
      }
      return faults(of: value, against: schema, at: path)
    default:
      return ["\(path): \(value) is no \(schema)"]
    }
  }

  private static func faults(
    of values: [String: JSONValue], against members: KeyValuePairs<String, JSONSchema>, at path: String
  ) -> [String] {
    var faults: [String] = []
    var known: Set<String> = []
    for (name, schema) in members {
      known.insert(name)
      if let value = values[name] {
        faults += Conformity.faults(of: value, against: schema, at: "\(path).\(name)")
      } else if case .optional = schema {
        continue
      } else {
        faults.append("\(path).\(name) is missing")
      }
    }
    return faults + values.keys.filter { !known.contains($0) }.map { "\(path).\($0) is not described" }
  }
}
