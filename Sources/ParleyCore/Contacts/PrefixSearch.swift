import Foundation

/// What someone has typed so far to find a record by the beginnings of words, as an FTS5 expression.
struct PrefixSearch: Sendable, Hashable {
  /// What was typed, on one line, cut at 100 Unicode scalars.
  let text: String

  /// One of the words typed.
  struct Word: Sendable, Hashable {
    /// Finds it as a whole word.
    let quoted: String
    /// As the indexes hold it, in small letters without accents; nil where only the tokenizer knows.
    let token: String?
  }

  /// What was typed that is part of words.
  let words: [Word]
  /// Finds every word typed as the beginning of a word. Empty when nothing typed is part of any word.
  let beginnings: String
  /// Finds every word typed as a whole word.
  let wholeWords: String
  /// How many words come before those that are taken for a beginning too: the last, which may be unfinished. A single letter
  /// is not, since too much begins so.
  let unfinishedAfter: Int

  /// Behind a beginning it sorts after every text that begins so: it is the last code point, and no character.
  static let afterAll = "\u{10FFFF}"

  private static let mostScalars = 100
  private static let mostWords = 8

  init(_ typed: String) {
    text = String(typed.onOneLine.unicodeScalars.prefix(Self.mostScalars))
    // Quoted strings, so that nothing typed is read as an operator (SQLite FTS5 §3.1). One with punctuation within, such
    // as "ada.k", finds its parts side by side.
    words = text.split(whereSeparator: \.isWhitespace)
      .filter { $0.unicodeScalars.contains(where: Self.isPartOfWords) }
      .prefix(Self.mostWords)
      .map { Word(quoted: "\"\($0.replacing("\"", with: "\"\""))\"", token: Self.token($0)) }
    wholeWords = words.map(\.quoted).joined(separator: " ")
    beginnings = words.map { $0.quoted + "*" }.joined(separator: " ")
    // Two quotes and at least two characters.
    let isBeginning = (words.last?.quoted.count ?? 0) >= 4
    unfinishedAfter = isBeginning ? words.count - 1 : words.count
  }

  /// As the tokenizer folds letters and digits of ASCII, and letters of it with accents.
  private static func token(_ word: Substring) -> String? {
    var token = ""
    for scalar in word.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9":
        token += scalar.properties.lowercaseMapping
      case "\u{C0}"..."\u{17F}", "\u{1E00}"..."\u{1EFF}":
        let parts = String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars
        guard parts.count > 1, let letter = parts.first, letter.isASCII else { return nil }
        token += letter.properties.lowercaseMapping
      default: return nil
      }
    }
    return token
  }

  /// The tokenizer unicode61 takes letters and numbers (and private use) for words, the rest for what separates them.
  private static func isPartOfWords(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber, .privateUse:
      true
    default: false
    }
  }
}
