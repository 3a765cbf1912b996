import SQLite

/// The fields of one's own that a demo has, stored.
struct DemoFields {
  /// As a table of values has them, by the fields' names; a date is how many days from today it is.
  typealias Values = [String: String]

  private let fields: [CustomField]
  private let today: CalendarDate

  init(_ fields: [DemoWorkspace.Field], today: CalendarDate, in transaction: borrowing Transaction) throws {
    for field in fields {
      let id = try FieldRecords.insert(
        try Self.name(field.name), field.type, of: field.kind, in: transaction)
      for (index, choice) in (field.choices ?? []).enumerated() {
        try FieldRecords.insertChoice(try Self.name(choice), of: id, position: index + 1, in: transaction)
      }
    }
    self.fields = try FieldRecords.fields(in: transaction.snapshot)
    self.today = today
  }

  func set(_ values: Values?, of record: RecordID, in transaction: borrowing Transaction) throws {
    let checked = try (values ?? [:]).sorted { $0.key < $1.key }.map {
      try value($0.value, in: $0.key, of: record.kind)
    }
    try CustomFieldRecords.set(checked, of: record.kind, record.id, in: transaction)
  }

  private func value(_ text: String, in name: String, of kind: RecordKind) throws -> CheckedField {
    guard let field = fields.first(where: { $0.kind == kind && $0.name == name }) else {
      throw ParleyError.defect(reason: "demo: no field is called \(name)")
    }
    let typed = field.type == .date ? Int(text).flatMap { today.adding(days: $0)?.description } ?? text : text
    return (field, try CustomFieldValue(typed: typed, as: field))
  }

  private static func name(_ text: String) throws -> FieldName {
    guard let name = FieldName(text) else { throw ParleyError.defect(reason: "demo: \(text) names no field") }
    return name
  }
}
