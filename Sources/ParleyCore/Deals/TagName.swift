/// A tag's name as it reads, and the form by which two of them are the same.
struct TagName: Sendable, Hashable {
  let text: String
  /// Without the differences of case, width and composition.
  let key: String

  /// In Unicode scalars.
  static let limit = 50

  /// Nil when it is empty or too long.
  init?(_ typed: String) {
    guard let name = AccountName(typed), name.text.unicodeScalars.count <= Self.limit else { return nil }
    text = name.text
    key = name.key
  }

  static func == (left: TagName, right: TagName) -> Bool { left.key == right.key }

  func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
