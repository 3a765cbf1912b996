/// A field of one's own that deals, contacts or accounts have beside those that all of them have.
package struct CustomField: Sendable, Hashable, Codable, Identifiable {
  package enum ValueType: String, Sendable, Hashable, Codable, CaseIterable {
    /// On one line.
    case text
    case longText = "long-text"
    /// An exact decimal.
    case number
    case currency
    case date
    case choice
    /// Any number of the choices.
    case choices
    case checkbox

    /// Whether its values are of a list that the field has.
    package var hasChoices: Bool { self == .choice || self == .choices }
  }

  package struct Choice: Sendable, Hashable, Codable, Identifiable {
    package var id: Int64
    package var name: String
  }

  package var id: Int64
  /// What has it.
  package var kind: RecordKind
  package var name: String
  /// It never changes: what is stored would have to be guessed anew.
  package var type: ValueType
  /// In their order; none but for a `choice` or `choices`.
  package var choices: [Choice]
  /// Its place among those of its kind, from 1.
  package var position: Int

  /// Of each kind.
  static let limit = 100
  static let choicesLimit = 200
  /// Who has a value in it is counted up to so many.
  static let countLimit = 100_000
  /// In Unicode scalars.
  static let nameLimit = 100
  static let textLimit = 1000
  static let longTextLimit = 10_000

  func choice(_ id: Int64) -> Choice? {
    choices.first { $0.id == id }
  }

  func choice(named typed: String) -> Choice? {
    guard let key = FieldName(typed)?.key else { return nil }
    return choices.first { FieldName($0.name)?.key == key }
  }
}

/// The name of a field or of a choice, and the form by which two of them are the same.
struct FieldName: Sendable, Hashable {
  /// On one line.
  let text: String
  let key: String

  /// Nil when it is empty or too long.
  init?(_ typed: String) {
    guard let name = AccountName(typed), name.text.unicodeScalars.count <= CustomField.nameLimit else {
      return nil
    }
    text = name.text
    key = name.key
  }

  /// Why a name cannot be one; else there is nothing in it.
  static func isTooLong(_ typed: String) -> Bool {
    typed.unicodeScalars.count > CustomField.nameLimit
  }
}
