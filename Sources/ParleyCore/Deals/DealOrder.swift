/// How a list of deals or the cards of a column stand. Each is total: what is equal stands by its id.
package enum DealOrder: String, Sendable, Hashable, Codable, CaseIterable {
  /// As people put them on the board.
  case rank
  case newest
  /// The largest first, currency by currency.
  case value
  /// The first close date first; those without one last.
  case close
  /// The latest activity first.
  case activity
  case title
}

/// Where a page of deals begins: behind the deal with these values of what the list stands by.
package struct DealCursor: Sendable, Hashable {
  enum Key: Sendable, Hashable {
    case integer(Int64)
    case text(String)
  }

  /// The last is the deal's id.
  let keys: [Key]

  init(keys: [Key]) {
    self.keys = keys
  }

  /// Reads a page's `next`: a JSON array of strings and integers. Nil for anything else, or one of another order.
  package init?(_ text: String, for order: DealOrder) {
    // What cannot be read is no cursor; the caller says so.
    guard let keys = try? JSON.value([Key].self, from: text),
      keys.map(\.isText) == order.keys.map(\.isText) + [false]
    else { return nil }
    self.keys = keys
  }

  var text: String {
    get throws { try JSON.text(keys) }
  }

  /// Whether it stands before another in the same order.
  func precedes(_ other: DealCursor, in order: DealOrder) -> Bool {
    for (own, other) in zip(keys, other.keys) where own != other {
      return own.isLess(than: other) != order.isDescending
    }
    return false
  }
}

extension DealCursor.Key {
  var isText: Bool {
    switch self {
    case .integer: false
    case .text: true
    }
  }

  /// As the database compares them: texts by their bytes.
  func isLess(than other: DealCursor.Key) -> Bool {
    switch (self, other) {
    case (.integer(let own), .integer(let other)): own < other
    case (.text(let own), .text(let other)): own.utf8.lexicographicallyPrecedes(other.utf8)
    case (.integer, .text): true
    case (.text, .integer): false
    }
  }
}

extension DealCursor.Key: Codable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    // No integer: then it is a text, or an error.
    if let integer = try? container.decode(Int64.self) {
      self = .integer(integer)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .integer(let integer): try container.encode(integer)
    case .text(let text): try container.encode(text)
    }
  }
}
