/// A field to be added, or what to change of one; what is nil is missing, or stays.
package struct FieldDraft: Sendable, Hashable, Codable {
  /// A choice that is known, perhaps under another name, or a new one.
  package struct Choice: Sendable, Hashable, Codable {
    package var id: Int64?
    package var name: String?

    package init(id: Int64? = nil, name: String? = nil) {
      self.id = id
      self.name = name
    }
  }

  /// Of a new field only.
  package var kind: RecordKind?
  package var type: CustomField.ValueType?
  package var name: String?
  /// All of them, in their order: those that are left out go.
  package var choices: [Choice]?
  /// Whether values may go with a choice that does.
  package var removeValues: Bool?

  package init(
    kind: RecordKind? = nil, type: CustomField.ValueType? = nil, name: String? = nil,
    choices: [Choice]? = nil, removeValues: Bool? = nil
  ) {
    self.kind = kind
    self.type = type
    self.name = name
    self.choices = choices
    self.removeValues = removeValues
  }
}

/// A draft that nothing is wrong with.
struct CheckedFieldDraft {
  var kind: RecordKind
  var type: CustomField.ValueType
  var name: FieldName
  /// Nil when they stay.
  var choices: [(id: Int64?, name: FieldName)]?
}

extension FieldDraft {
  /// - Parameters:
  ///   - before: the field that changes; nil for a new one.
  ///   - others: the fields of the same kind.
  /// - Throws: `invalid` (`field.invalid`) with every fault: `field.kind.required`, `field.type.required`, `field.type.fixed`,
  ///   `field.name.required`, `.too-long`, `.taken`, `field.choices.required`, `.invalid`, `.taken`, `.too-long`, `.too-many`, and
  ///   `field.too-many` for the name.
  func checked(
    changing before: CustomField?, among others: [CustomField]
  ) throws(ParleyError) -> CheckedFieldDraft {
    var invalid = Invalid(code: "field.invalid")
    let kind = before?.kind ?? kind
    let type = before?.type ?? type
    if kind == nil { invalid.add("kind", "field.kind.required") }
    if type == nil { invalid.add("type", "field.type.required") }
    if let before, self.type ?? before.type != before.type { invalid.add("type", "field.type.fixed") }
    if let before, self.kind ?? before.kind != before.kind { invalid.add("kind", "field.kind.fixed") }
    let typed = name ?? before?.name ?? ""
    let name = FieldName(typed)
    if name == nil {
      invalid.add("name", FieldName.isTooLong(typed) ? "field.name.too-long" : "field.name.required")
    }
    if let other = others.first(where: { $0.id != before?.id && FieldName($0.name)?.key == name?.key }) {
      invalid.add("name", "field.name.taken")
      invalid.existing = NameHolder(id: other.id, name: other.name)
    }
    if before == nil, others.count >= CustomField.limit { invalid.add("name", "field.too-many") }
    let choices = checkedChoices(of: before, type, &invalid)
    try invalid.check()
    guard let kind, let type, let name else { throw .defect(reason: "fields.check") }
    return CheckedFieldDraft(kind: kind, type: type, name: name, choices: choices)
  }

  private func checkedChoices(
    of before: CustomField?, _ type: CustomField.ValueType?, _ invalid: inout Invalid
  ) -> [(id: Int64?, name: FieldName)]? {
    guard let type else { return nil }
    guard type.hasChoices else {
      if choices?.isEmpty == false { invalid.add("choices", "field.choices.invalid") }
      return nil
    }
    guard let drafts = choices ?? (before == nil ? [] : nil) else { return nil }
    if drafts.isEmpty { invalid.add("choices", "field.choices.required") }
    if drafts.count > CustomField.choicesLimit { invalid.add("choices", "field.choices.too-many") }
    var names: [(id: Int64?, name: FieldName)] = []
    for draft in drafts.prefix(CustomField.choicesLimit) {
      let known = draft.id.flatMap { before?.choice($0) }
      let typed = draft.name ?? known?.name ?? ""
      if draft.id != nil, known == nil || names.contains(where: { $0.id == draft.id }) {
        invalid.add("choices", "field.choices.unknown")
      }
      // It stands between the choices of a cell in a table.
      if typed.contains(CustomFieldValue.separator) { invalid.add("choices", "field.choices.invalid") }
      guard let name = FieldName(typed) else {
        invalid.add(
          "choices", FieldName.isTooLong(typed) ? "field.choices.too-long" : "field.choices.required")
        continue
      }
      if names.contains(where: { $0.name.key == name.key }) { invalid.add("choices", "field.choices.taken") }
      names.append((draft.id, name))
    }
    return names
  }
}
