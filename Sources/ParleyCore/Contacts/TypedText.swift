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
    if isPlainLine { return self }
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
    if isPlainLines { return hasPlainEnds ? self : trimmed }
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

extension String {
  /// Its first characters, as many as there may be.
  func bounded(_ limit: Int) -> String {
    utf8.count <= limit ? self : String(prefix(limit))
  }
}

// Nearly all that is typed is clean already, and to see that needs no look at characters: it is what a visitor's message costs.
extension String {
  /// Whether it is of ASCII's letters and signs, with single spaces within.
  private var isPlainLine: Bool {
    var last = UInt8(ascii: " ")
    for byte in utf8 {
      guard (0x20...0x7E).contains(byte), byte != 0x20 || last != 0x20 else { return false }
      last = byte
    }
    return isEmpty || last != 0x20
  }

  /// Whether every line end in it is `\n`, and no other control character stands in it but the tab.
  private var isPlainLines: Bool {
    utf8.allSatisfy { byte in
      switch byte {
      case 0x0A, 0x09, 0x20...0x7E: true
      // The two with which the other control characters and line ends of Unicode begin: U+0080 … U+00BF, U+2000 … U+2FFF.
      case 0xC2, 0xE2: false
      default: byte >= 0x80
      }
    }
  }

  private var hasPlainEnds: Bool {
    let visible: ClosedRange<UInt8> = 0x21...0x7E
    return utf8.first.map(visible.contains) ?? true && utf8.last.map(visible.contains) ?? true
  }
}

extension Character {
  fileprivate var isControl: Bool {
    unicodeScalars.contains { $0.properties.generalCategory == .control }
  }
}
