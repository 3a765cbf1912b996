/// What someone has typed so far to find a record by the beginnings of words, as an FTS5 expression.
struct PrefixSearch: Sendable, Hashable {
  /// What was typed, on one line, cut at 100 Unicode scalars.
  let text: String

  /// Finds every word typed as the beginning of a word. Empty when nothing typed is part of any word.
  let beginnings: String
  /// Finds every word typed as a whole word.
  let wholeWords: String
  /// Finds every word typed as a whole word, and the last one also as a beginning: it may be unfinished. A single letter
  /// is not taken for a beginning, since too much begins so.
  let unfinished: String

  /// Behind a beginning it sorts after every text that begins so: it is the last code point, and no character.
  static let afterAll = "\u{10FFFF}"

  private static let mostScalars = 100
  private static let mostWords = 8

  init(_ typed: String) {
    text = String(typed.onOneLine.unicodeScalars.prefix(Self.mostScalars))
    // Quoted strings, so that nothing typed is read as an operator (SQLite FTS5 §3.1). One with punctuation within, such
    // as "ada.k", finds its parts side by side.
    let words = text.split(whereSeparator: \.isWhitespace)
      .filter { $0.unicodeScalars.contains(where: Self.isPartOfWords) }
      .prefix(Self.mostWords)
      .map { "\"\($0.replacing("\"", with: "\"\""))\"" }
    wholeWords = words.joined(separator: " ")
    beginnings = words.map { $0 + "*" }.joined(separator: " ")
    // Two quotes and at least two characters.
    let isBeginning = (words.last?.count ?? 0) >= 4
    unfinished = isBeginning ? wholeWords + "*" : wholeWords
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
