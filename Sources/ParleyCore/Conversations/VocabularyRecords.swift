import SQLite

/// The words that the full-text indexes hold, and what begins as they do.
///
/// FTS5 keeps the rows of short beginnings, and walks them from the newest back. Those of a longer one it gathers from every word that
/// begins so and puts in order before it gives the first: all of the history, for a page of twenty. The words themselves it
/// walks as it does the short beginnings, and of one beginning there are few.
enum VocabularyRecords {
  /// Of the longer beginnings, those that more words have are left to FTS5: to look each of them up would take as long.
  private static let mostWords = 32

  /// An index and the words in it.
  enum Index: String, CaseIterable {
    case visitors, contacts, accounts, deals, messages

    /// The longest beginnings whose rows the index keeps (`prefix` in the schema).
    var keptBeginning: Int {
      switch self {
      case .contacts, .accounts: 6
      case .visitors, .deals, .messages: 3
      }
    }
  }

  /// Makes the tables that the words are read from, which belong to one connection and hold nothing (SQLite FTS5 §8).
  static let tables = Index.allCases.map { index in
    "CREATE VIRTUAL TABLE temp.\(index)_words USING fts5vocab (main, \(index.rawValue.dropLast())_search, instance);"
  }.joined(separator: "\n")

  /// What finds in the index what was typed: each word in a message as a whole, the last also as a beginning; each
  /// elsewhere as a beginning. Empty when nothing typed is part of any word.
  static func expression(
    _ search: PrefixSearch, for index: Index, in snapshot: borrowing Snapshot
  ) throws -> String {
    let whole = index == .messages ? search.unfinishedAfter : 0
    return try search.words.enumerated().map { place, word in
      place < whole ? word.quoted : try beginning(word, for: index, in: snapshot)
    }.joined(separator: " AND ")
  }

  private static func beginning(
    _ word: PrefixSearch.Word, for index: Index, in snapshot: borrowing Snapshot
  ) throws -> String {
    guard let token = word.token, token.utf8.count > index.keptBeginning,
      let words = try words(beginningWith: token, of: index, in: snapshot), !words.isEmpty
    else { return word.quoted + "*" }
    return "(\(words.map { "\"\($0)\"" }.joined(separator: " OR ")))"
  }

  /// Nil where there are too many.
  private static func words(
    beginningWith token: String, of index: Index, in snapshot: borrowing Snapshot
  ) throws -> [String]? {
    let statement = "SELECT term FROM temp.\(index)_words WHERE term >= ? LIMIT 1"
    var words: [String] = []
    var start = token
    while let word = try snapshot.first(statement, start, map: { $0.text(0) }),
      word.utf8.starts(with: token.utf8)
    {
      guard words.count < mostWords else { return nil }
      words.append(word)
      // No word holds a space: this stands behind all places of the word, and before the next one.
      start = word + " "
    }
    return words
  }
}
