import SQLite

extension RecordKind: Bindable {}
extension CustomField.ValueType: Bindable {}

/// The rows of the fields of one's own and of their choices.
enum FieldRecords {
  /// By kind, in their order.
  static func fields(in snapshot: borrowing Snapshot) throws -> [CustomField] {
    try filled(
      "\(selection) WHERE removed = 0 ORDER BY kind, position, id", [], in: snapshot)
  }

  static func fields(of kind: RecordKind, in snapshot: borrowing Snapshot) throws -> [CustomField] {
    try filled(
      "\(selection) WHERE removed = 0 AND kind = ? ORDER BY position, id", [kind], in: snapshot)
  }

  /// Those of these that exist and are of this kind.
  static func fields(
    _ ids: some Sequence<Int64>, of kind: RecordKind, in snapshot: borrowing Snapshot
  ) throws -> [CustomField] {
    let list = try JSON.text(Array(ids))
    return try filled(
      """
      \(selection) WHERE removed = 0 AND kind = ? AND id IN (SELECT value FROM json_each(?))
        ORDER BY position, id
      """, [kind, list], in: snapshot)
  }

  static func field(_ id: Int64, in snapshot: borrowing Snapshot) throws -> CustomField? {
    try filled("\(selection) WHERE removed = 0 AND id = ?", [id], in: snapshot).first
  }

  /// Adds a field behind the others of its kind.
  static func insert(
    _ name: FieldName, _ type: CustomField.ValueType, of kind: RecordKind,
    in transaction: borrowing Transaction
  ) throws -> Int64 {
    try transaction.insert(
      """
      INSERT INTO fields (kind, name, name_key, type, position)
        SELECT ?1, ?2, ?3, ?4, coalesce(max(position), 0) + 1 FROM fields WHERE kind = ?1 AND removed = 0
      """, kind, name.text, name.key, type)
  }

  static func rename(_ id: Int64, _ name: FieldName, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      "UPDATE fields SET name = ?, name_key = ? WHERE id = ?", name.text, name.key, id)
  }

  /// Puts all fields of a kind in this order.
  static func reorder(_ ids: [Int64], in transaction: borrowing Transaction) throws {
    for (index, id) in ids.enumerated() {
      try transaction.execute("UPDATE fields SET position = ? WHERE id = ?", index + 1, id)
    }
  }

  static func insertChoice(
    _ name: FieldName, of fieldID: Int64, position: Int, in transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      "INSERT INTO field_choices (field_id, name, name_key, position) VALUES (?, ?, ?, ?)", fieldID,
      name.text, name.key, position)
  }

  static func updateChoice(
    _ id: Int64, _ name: FieldName, position: Int, in transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      "UPDATE field_choices SET name = ?, name_key = ?, position = ? WHERE id = ?", name.text, name.key,
      position, id)
  }

  /// Hides a field; `sweep` takes its values and then itself away.
  static func remove(_ id: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute("UPDATE fields SET removed = 1 WHERE id = ?", id)
  }

  static func removeChoice(_ id: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute("UPDATE field_choices SET removed = 1 WHERE id = ?", id)
  }

  /// Deletes some values of what has been removed, and what has no values left. Answers whether there is more.
  static func sweep(_ limit: Int, in transaction: borrowing Transaction) throws -> Bool {
    let fields = try transaction.snapshot.rows(
      "SELECT id, kind FROM fields WHERE removed = 1 LIMIT 1"
    ) { (id: $0.int64(0), kind: $0.text(1)) }
    if let field = fields.first {
      let swept = try transaction.execute(
        """
        DELETE FROM \(field.kind)_fields WHERE id IN
          (SELECT id FROM \(field.kind)_fields WHERE field_id = ? LIMIT ?)
        """, field.id, limit)
      if swept < limit { try transaction.execute("DELETE FROM fields WHERE id = ?", field.id) }
      return true
    }
    let choices = try transaction.snapshot.rows(
      """
      SELECT field_choices.id, fields.id, fields.kind FROM field_choices
        JOIN fields ON fields.id = field_choices.field_id WHERE field_choices.removed = 1 LIMIT 1
      """
    ) { (id: $0.int64(0), fieldID: $0.int64(1), kind: $0.text(2)) }
    guard let choice = choices.first else { return false }
    let swept = try transaction.execute(
      """
      DELETE FROM \(choice.kind)_fields WHERE id IN
        (SELECT id FROM \(choice.kind)_fields WHERE field_id = ? AND number = ? LIMIT ?)
      """, choice.fieldID, choice.id, limit)
    if swept < limit { try transaction.execute("DELETE FROM field_choices WHERE id = ?", choice.id) }
    return true
  }

  private static let selection = "SELECT id, kind, name, type, position FROM fields"

  private static func filled(
    _ sql: String, _ values: [any Bindable], in snapshot: borrowing Snapshot
  ) throws -> [CustomField] {
    var fields = try snapshot.rows(sql, binding: values) { row in
      guard let kind = RecordKind(rawValue: row.text(1)),
        let type = CustomField.ValueType(rawValue: row.text(3))
      else { throw ParleyError.defect(reason: "fields.type") }
      return CustomField(
        id: row.int64(0), kind: kind, name: row.text(2), type: type, choices: [], position: row.int(4))
    }
    let list = try JSON.text(fields.filter(\.type.hasChoices).map(\.id))
    let choices = try snapshot.rows(
      """
      SELECT field_id, id, name FROM field_choices
        WHERE field_id IN (SELECT value FROM json_each(?)) AND removed = 0 ORDER BY field_id, position, id
      """, list
    ) { ($0.int64(0), CustomField.Choice(id: $0.int64(1), name: $0.text(2))) }
    let byField = Dictionary(grouping: choices, by: \.0)
    for index in fields.indices { fields[index].choices = byField[fields[index].id]?.map(\.1) ?? [] }
    return fields
  }
}
