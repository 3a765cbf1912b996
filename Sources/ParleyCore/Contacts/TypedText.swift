/// What people type, cleaned for storage. Lengths of typed text are counted in Unicode scalars: never more than a page's
/// `maxlength` counts (UTF-16 units), and bounded in bytes, which a count of characters is not.
extension String {
  /// Without whitespace and control characters at its ends.
  var trimmed: String {
    let isFiller: (Character) -> Bool = { $0.isWhitespace || $0.isControl }
    guard let start = firstIndex(where: { !isFiller($0) }), let end = lastIndex(where: { !isFiller($0) })
    else {
      return ""
    }
    return String(self[start...end])
  }

  /// Trimmed, and every run of whitespace or control characters within made one space. A single space of another kind
  /// stays as it is: in French one stands before a colon and within a number.
  var onOneLine: String {
    var result = ""
    var gap: Character?
    for character in trimmed {
      if character.isControl || character.isNewline || character.isWhitespace {
        let keepsItsKind = gap == nil && !character.isControl && !character.isNewline
        gap = keepsItsKind ? character : " "
      } else {
        if let space = gap { result.append(space) }
        gap = nil
        result.append(character)
      }
    }
    return result
  }

  /// Trimmed text of several lines: line ends become `\n`, other control characters except the tab go.
  var onManyLines: String {
    var result = ""
    for character in self {
      if character.isNewline {
        result.append("\n")
      } else if character == "\t" || !character.isControl {
        result.append(character)
      }
    }
    return result.trimmed
  }
}

extension Character {
  fileprivate var isControl: Bool {
    unicodeScalars.contains { $0.properties.generalCategory == .control }
  }
}
