import SQLite

/// A condition on a field of one's own, as SQL.
struct FieldCondition {
  let candidates: Candidates
  /// Whether a record meets it, by its id, looked up record by record; nil for what only the candidates tell.
  private let test: (sql: String, values: [any Bindable])?

  /// The condition, given an expression for a record's id.
  func clause(on id: String) -> (sql: String, values: [any Bindable]) {
    guard let test else { return ("\(id) IN (\(candidates.sql))", candidates.values) }
    return ("EXISTS (\(test.sql) AND record_id = \(id))", test.values)
  }

  /// - Throws: `invalid`, naming the parameter at fault: `fields.unknown` for a field that does not exist, `field.invalid` for what it
  ///   cannot be asked.
  init(_ filter: FieldFilter, of kind: RecordKind, in snapshot: borrowing Snapshot) throws {
    let name = "field.\(filter.fieldID)"
    guard let field = try FieldRecords.fields([filter.fieldID], of: kind, in: snapshot).first else {
      throw ParleyError.invalid(Invalid(fields: [name: FieldFault.unknown.code]))
    }
    let table = "\(kind)_fields"
    if field.type == .text || field.type == .longText {
      guard filter.from == nil, filter.to == nil, let words = filter.value else { throw Self.invalid(name) }
      candidates = Self.matching(words, field, table)
      test = nil
      return
    }
    let range = try Self.range(filter, of: field)
    let values: [any Bindable] = [field.id, range.lowerBound, range.upperBound]
    candidates = Candidates(
      sql: "SELECT record_id AS id FROM \(table) WHERE field_id = ? AND number BETWEEN ? AND ?",
      values: values)
    test = ("SELECT 1 FROM \(table) WHERE field_id = ? AND number BETWEEN ? AND ?", values)
  }

  private static func matching(
    _ words: String, _ field: CustomField, _ table: String
  ) -> Candidates {
    let beginnings = PrefixSearch(words).beginnings
    // Nothing that is part of a word finds nothing.
    guard !beginnings.isEmpty else {
      return Candidates(sql: "SELECT id FROM \(table) WHERE 0", values: [])
    }
    let search = "\(field.kind)_field_search"
    return Candidates(
      sql: """
        SELECT stored.record_id AS id FROM \(search) CROSS JOIN \(table) AS stored ON stored.id = \(search).rowid
          WHERE \(search) MATCH ?
        """, values: ["field_id : \"\(field.id)\" AND text : (\(beginnings))"])
  }

  /// What the `number` of a value lies in.
  private static func range(
    _ filter: FieldFilter, of field: CustomField
  ) throws(ParleyError) -> ClosedRange<Int64> {
    let name = "field.\(filter.fieldID)"
    switch field.type {
    case .choice, .choices:
      guard filter.from == nil, filter.to == nil, let id = filter.value.flatMap({ Int64($0) }),
        field.choice(id) != nil
      else { throw invalid(name) }
      return id...id
    case .checkbox:
      guard filter.from == nil, filter.to == nil, filter.value == "true" else { throw invalid(name) }
      return 1...1
    case .number, .currency, .date:
      guard filter.value == nil else { throw invalid(name) }
      let from = try bound(filter.from, "\(name).from", of: field.type) ?? .min
      let to = try bound(filter.to, "\(name).to", of: field.type) ?? .max
      // Nothing lies between them: as empty a range as any.
      return from <= to ? from...to : .max ... .max
    case .text, .longText: throw .defect(reason: "fields.range")
    }
  }

  private static func bound(
    _ text: String?, _ name: String, of type: CustomField.ValueType
  ) throws(ParleyError) -> Int64? {
    guard let text else { return nil }
    let number =
      switch type {
      case .number: ExactNumber(text)?.millionths
      case .date: CalendarDate(text)?.ordinal
      default: Int64(text)
      }
    guard let number else { throw invalid(name) }
    return number
  }

  private static func invalid(_ name: String) -> ParleyError {
    .invalid(Invalid(fields: [name: "field.invalid"]))
  }
}
