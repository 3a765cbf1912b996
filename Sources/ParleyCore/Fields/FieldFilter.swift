/// A condition on a field of one's own, as someone asks for it: `FieldCondition` reads it by the field's type.
package struct FieldFilter: Sendable, Hashable {
  package var fieldID: Int64
  /// The beginnings of words of a text, the id of a choice, or `true` for what is checked.
  package var value: String?
  /// Both included: decimals, minor units of whatever currency, or dates.
  package var from: String?
  package var to: String?

  package init(fieldID: Int64, value: String? = nil, from: String? = nil, to: String? = nil) {
    self.fieldID = fieldID
    self.value = value
    self.from = from
    self.to = to
  }

  /// How many a filter may have.
  package static let limit = 20
}
