import SQLite

/// A field, and the value that a record gets in it: nil empties it.
typealias CheckedField = (field: CustomField, value: CustomFieldValue?)

extension FieldEntries {
  /// The values that are meant. What is wrong is noted as `fields.ID`, each field by itself.
  func checked(
    of kind: RecordKind, _ invalid: inout Invalid, in snapshot: borrowing Snapshot
  ) throws -> [CheckedField] {
    guard !byField.isEmpty else { return [] }
    let fields = try FieldRecords.fields(byField.keys, of: kind, in: snapshot)
    for id in byField.keys where !fields.contains(where: { $0.id == id }) {
      invalid.add("fields.\(id)", FieldFault.unknown.code)
    }
    var checked: [CheckedField] = []
    for field in fields {
      do throws(FieldFault) {
        checked.append((field, try CustomFieldValue(byField[field.id] ?? .nothing, as: field)))
      } catch {
        invalid.add("fields.\(field.id)", error.code)
      }
    }
    return checked
  }
}

/// A value of a field as a deal's history names it: readable when the field and its choices are long gone.
struct FieldMention: Encodable {
  let field: CustomField
  let value: CustomFieldValue?

  private enum Key: String, CodingKey {
    case id, name, type, value
  }

  func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(field.id, forKey: .id)
    try object.encode(field.name, forKey: .name)
    try object.encode(field.type, forKey: .type)
    switch value {
    case .choice(let id): try object.encode(field.choice(id)?.name, forKey: .value)
    case .choices(let ids): try object.encode(ids.compactMap { field.choice($0)?.name }, forKey: .value)
    case .text, .number, .currency, .date, .checked, nil: try object.encode(value, forKey: .value)
    }
  }
}
