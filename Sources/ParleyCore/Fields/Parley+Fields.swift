import SQLite

extension Parley {
  /// How many values go in one transaction when a field is removed: others write in between.
  private static let sweptAtOnce = 2000

  /// The fields of one's own, by kind and in their order.
  package func fields(by agent: AgentIdentity) async throws(ParleyError) -> [CustomField] {
    try await read { try FieldRecords.fields(in: $0) }
  }

  /// Adds a field behind the others of its kind. Owners only, as for all that follows.
  ///
  /// - Throws: `permissionDenied`; `invalid` with `field.invalid`.
  package func addField(_ draft: FieldDraft, by agent: AgentIdentity) async throws(ParleyError) -> CustomField
  {
    try agent.requireOwner()
    return try await write { transaction, changes in
      let others = try draft.kind.map { try FieldRecords.fields(of: $0, in: transaction.snapshot) } ?? []
      let checked = try draft.checked(changing: nil, among: others)
      let id = try FieldRecords.insert(checked.name, checked.type, of: checked.kind, in: transaction)
      for (index, choice) in (checked.choices ?? []).enumerated() {
        try FieldRecords.insertChoice(choice.name, of: id, position: index + 1, in: transaction)
      }
      return try Self.recordField(id, in: transaction, changes)
    }
  }

  /// Renames a field, or changes its choices.
  ///
  /// - Throws: `permissionDenied`; `notFound`; `invalid` with `field.invalid`; `fieldInUse` when records have a choice that is left out, and
  ///   it was not said that their values may go.
  package func editField(
    _ id: Int64, _ draft: FieldDraft, by agent: AgentIdentity
  ) async throws(ParleyError) -> CustomField {
    try agent.requireOwner()
    let (field, sweeps) = try await write { transaction, changes in
      guard let before = try FieldRecords.field(id, in: transaction.snapshot) else {
        throw ParleyError.notFound
      }
      let others = try FieldRecords.fields(of: before.kind, in: transaction.snapshot)
      let checked = try draft.checked(changing: before, among: others)
      if checked.name.text != before.name { try FieldRecords.rename(id, checked.name, in: transaction) }
      var gone: [Int64] = []
      if let choices = checked.choices {
        gone = before.choices.map(\.id).filter { known in !choices.contains { $0.id == known } }
        try Self.setChoices(choices, without: gone, of: before, draft, in: transaction)
      }
      return (try Self.recordField(id, in: transaction, changes), !gone.isEmpty)
    }
    if sweeps { try await sweepRemovedFields() }
    return field
  }

  private static func setChoices(
    _ choices: [(id: Int64?, name: FieldName)], without gone: [Int64], of field: CustomField,
    _ draft: FieldDraft, in transaction: borrowing Transaction
  ) throws {
    if !gone.isEmpty, draft.removeValues != true {
      let records = try CustomFieldRecords.count(
        of: field, choices: gone, upTo: CustomField.countLimit, in: transaction.snapshot)
      if records > 0 { throw ParleyError.fieldInUse(records: records) }
    }
    for id in gone { try FieldRecords.removeChoice(id, in: transaction) }
    for (index, choice) in choices.enumerated() {
      if let id = choice.id {
        try FieldRecords.updateChoice(id, choice.name, position: index + 1, in: transaction)
      } else {
        try FieldRecords.insertChoice(choice.name, of: field.id, position: index + 1, in: transaction)
      }
    }
  }

  /// Puts the fields of a kind in another order.
  ///
  /// - Parameter order: the ids of all of them, each once.
  /// - Throws: `permissionDenied`; `invalid` for another set of ids.
  package func orderFields(
    of kind: RecordKind, _ order: [Int64], by agent: AgentIdentity
  ) async throws(ParleyError) -> [CustomField] {
    try agent.requireOwner()
    return try await write { transaction, changes in
      let before = try FieldRecords.fields(of: kind, in: transaction.snapshot)
      guard order.sorted() == before.map(\.id).sorted() else {
        throw ParleyError.invalid(Invalid(fields: ["order": "field.order.invalid"]))
      }
      if order != before.map(\.id) {
        try FieldRecords.reorder(order, in: transaction)
        try changes.record(.fieldsChanged, for: .agents, in: transaction)
      }
      return try FieldRecords.fields(in: transaction.snapshot)
    }
  }

  /// Removes a field with all values of it. It is gone at once; the values go a part at a time, so that nobody waits for it.
  ///
  /// - Parameter values: whether values may go with it.
  /// - Throws: `permissionDenied`; `notFound`; `fieldInUse` when records have a value in it that may not go.
  package func removeField(
    _ id: Int64, withValues values: Bool, by agent: AgentIdentity
  ) async throws(ParleyError) {
    try agent.requireOwner()
    try await write { transaction, changes in
      guard let field = try FieldRecords.field(id, in: transaction.snapshot) else {
        throw ParleyError.notFound
      }
      if !values {
        let records = try CustomFieldRecords.count(
          of: field, upTo: CustomField.countLimit, in: transaction.snapshot)
        if records > 0 { throw ParleyError.fieldInUse(records: records) }
      }
      try FieldRecords.remove(id, in: transaction)
      let rest = try FieldRecords.fields(of: field.kind, in: transaction.snapshot)
      try FieldRecords.reorder(rest.map(\.id), in: transaction)
      try changes.record(.fieldsChanged, for: .agents, in: transaction)
    }
    try await sweepRemovedFields()
  }

  /// Deletes what is left of fields and choices that were removed, a part at a time.
  package func sweepRemovedFields() async throws(ParleyError) {
    var isMore = true
    while isMore {
      isMore = try await write { transaction, _ in
        try FieldRecords.sweep(Self.sweptAtOnce, in: transaction)
      }
    }
  }

  private static func recordField(
    _ id: Int64, in transaction: borrowing Transaction, _ changes: Changes
  ) throws -> CustomField {
    try changes.record(.fieldsChanged, for: .agents, in: transaction)
    guard let field = try FieldRecords.field(id, in: transaction.snapshot) else {
      throw ParleyError.defect(reason: "fields.reload")
    }
    return field
  }
}
