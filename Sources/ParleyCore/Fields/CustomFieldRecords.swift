import SQLite

/// The values that deals, contacts and accounts have in fields of one's own: a table for each kind.
enum CustomFieldRecords {
  /// By record.
  ///
  /// - Parameter list: the records' ids as a JSON array.
  static func values(
    of kind: RecordKind, _ list: String, in snapshot: borrowing Snapshot
  ) throws -> [Int64: CustomFieldValues] {
    var found: [Int64: CustomFieldValues] = [:]
    // CROSS JOIN keeps SQLite from walking through the fields first.
    let rows = try snapshot.rows(
      """
      SELECT stored.record_id, stored.field_id, fields.type, stored.number, stored.currency, stored.text
        FROM \(kind)_fields AS stored
          CROSS JOIN fields ON fields.id = stored.field_id AND fields.removed = 0
          LEFT JOIN field_choices ON fields.type IN ('choice', 'choices') AND field_choices.id = stored.number
        WHERE stored.record_id IN (SELECT value FROM json_each(?)) AND ifnull(field_choices.removed, 0) = 0
        ORDER BY stored.record_id, stored.field_id, field_choices.position, stored.number
      """, list
    ) { row in
      (record: row.int64(0), field: row.int64(1), value: try value(from: row))
    }
    for row in rows {
      if case .choices(let more) = row.value, case .choices(let known) = found[row.record]?[row.field] {
        found[row.record]?[row.field] = .choices(known + more)
      } else {
        found[row.record, default: CustomFieldValues()][row.field] = row.value
      }
    }
    return found
  }

  /// Those of one record.
  static func values(
    of kind: RecordKind, _ id: Int64, in snapshot: borrowing Snapshot
  ) throws -> CustomFieldValues {
    try values(of: kind, "[\(id)]", in: snapshot)[id] ?? CustomFieldValues()
  }

  /// Puts a record's values in place of those that it has in the same fields.
  static func set(
    _ fields: [CheckedField], of kind: RecordKind, _ recordID: Int64, in transaction: borrowing Transaction
  ) throws {
    for (field, value) in fields {
      try transaction.execute(
        "DELETE FROM \(kind)_fields WHERE record_id = ? AND field_id = ?", recordID, field.id)
      for row in value?.rows ?? [] {
        try transaction.execute(
          "INSERT INTO \(kind)_fields (record_id, field_id, number, currency, text) VALUES (?, ?, ?, ?, ?)",
          recordID, field.id, row.number, row.currency, row.text)
      }
    }
  }

  /// How many records have a value in a field, or one of these choices; up to the limit.
  static func count(
    of field: CustomField, choices: [Int64]? = nil, upTo limit: Int, in snapshot: borrowing Snapshot
  ) throws -> Int {
    let chosen = try choices.map(JSON.text)
    return try snapshot.first(
      """
      SELECT count(*) FROM (SELECT DISTINCT record_id FROM \(field.kind)_fields
        WHERE field_id = ?1 AND (?2 IS NULL OR number IN (SELECT value FROM json_each(?2))) LIMIT ?3)
      """, field.id, chosen, limit
    ) { $0.int(0) } ?? 0
  }

  private static func value(from row: borrowing Row) throws -> CustomFieldValue {
    let number = row.int64(3)
    let value: CustomFieldValue? =
      switch CustomField.ValueType(rawValue: row.text(2)) {
      case .text, .longText: .text(row.text(5))
      case .number: ExactNumber(millionths: number).map { .number($0) }
      case .currency:
        Currency(code: row.text(4)).flatMap { Money(minorUnits: number, currency: $0) }.map { .currency($0) }
      case .date: CalendarDate(ordinal: number).map { .date($0) }
      case .choice: .choice(number)
      case .choices: .choices([number])
      case .checkbox: .checked
      case nil: nil
      }
    guard let value else { throw ParleyError.defect(reason: "fields.value") }
    return value
  }
}

extension CustomFieldValue {
  /// As the tables have it.
  fileprivate var rows: [(number: Int64, currency: String?, text: String?)] {
    switch self {
    case .text(let text): [(0, nil, text)]
    case .number(let number): [(number.millionths, nil, nil)]
    case .currency(let money): [(money.minorUnits, money.currency.code, nil)]
    case .date(let date): [(date.ordinal, nil, nil)]
    case .choice(let id): [(id, nil, nil)]
    case .choices(let ids): ids.map { ($0, nil, nil) }
    case .checked: [(1, nil, nil)]
    }
  }
}

extension CalendarDate {
  /// As a number that is read as it is written: 20261126.
  var ordinal: Int64 { Int64(year * 10_000 + month * 100 + day) }

  init?(ordinal: Int64) {
    let number = Int(ordinal)
    self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
  }
}
