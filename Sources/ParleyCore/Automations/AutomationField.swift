import SQLite

/// A field of one's own as automations name it: `fields.ID`.
struct AutomationField: Sendable, Hashable {
  let id: Int64

  init(id: Int64) {
    self.id = id
  }

  init?(_ name: String) {
    guard name.hasPrefix("fields."), let id = Int64(name.dropFirst("fields.".count)) else { return nil }
    self.init(id: id)
  }

  var name: String { "fields.\(id)" }

  /// What is meant by what a step sets the field to; an empty text empties it.
  ///
  /// - Throws: `StepFailure`.
  func entry(of value: AutomationValue, in snapshot: borrowing Snapshot) throws -> FieldEntries {
    guard let field = try FieldRecords.field(id, in: snapshot) else {
      throw StepFailure("automation.field.unknown")
    }
    let currency = try WorkspaceRecords.workspace(in: snapshot).flatMap { Currency(code: $0.defaultCurrency) }
    do throws(FieldFault) {
      return [id: FieldEntry(try value.entry(as: field, currency: currency))]
    } catch {
      throw StepFailure(error.code)
    }
  }
}

extension AutomationValue {
  /// - Parameter currency: of an amount that names none.
  func entry(as field: CustomField, currency: Currency?) throws(FieldFault) -> CustomFieldValue? {
    switch self {
    case .text(let text): try CustomFieldValue(typed: text, as: field, currency: currency)
    case .id(let id): try CustomFieldValue(.integer(id), as: field)
    case .ids(let ids): try CustomFieldValue(.integers(ids), as: field)
    case .money(let money):
      try CustomFieldValue(.money(minor: money.minor, currency: money.currency), as: field)
    }
  }
}

extension FieldEntry {
  /// What enters a value again.
  init(_ value: CustomFieldValue?) {
    switch value {
    case nil: self = .nothing
    case .text(let text): self = .text(text)
    case .number(let number): self = .text(number.description)
    case .currency(let money): self = .money(minor: money.minorUnits, currency: money.currency.code)
    case .date(let date): self = .text(date.description)
    case .choice(let id): self = .integer(id)
    case .choices(let ids): self = .integers(ids)
    case .checked: self = .truth(true)
    }
  }
}

extension CustomFieldValues {
  /// The fields that have another value, by how automations name them.
  func names(ofChangesTo other: CustomFieldValues) -> [String] {
    Set(byField.keys).union(other.byField.keys).sorted()
      .filter { self[$0] != other[$0] }.map { AutomationField(id: $0).name }
  }
}
