/// Several names in one cell of a table: apart by `;`, or by `,` where there is none. One that holds a separator or begins with a
/// quotation mark stands between quotation marks, those within it doubled.
enum ListCell {
  static func text(_ items: [String]) -> String {
    items.map { item in
      let mustBeQuoted = item.contains { $0 == ";" || $0 == "," } || item.first == "\""
      return mustBeQuoted ? "\"\(item.replacing("\"", with: "\"\""))\"" : item
    }.joined(separator: "; ")
  }

  /// Without what is empty.
  static func items(_ text: String) -> [String] {
    let items = items(text, apartBy: ";")
    return items.count == 1 && !text.contains(";") ? self.items(text, apartBy: ",") : items
  }

  private static func items(_ text: String, apartBy separator: Character) -> [String] {
    var items: [String] = []
    var rest = text.trimmed[...]
    while !rest.isEmpty {
      var item = ""
      if rest.first == "\"", let (quoted, end) = quoted(rest) {
        item = quoted
        rest = rest[end...]
      }
      let plain = rest.prefix { $0 != separator }
      rest = rest[plain.endIndex...].dropFirst()
      item = (item + plain).trimmed
      if !item.isEmpty { items.append(item) }
      rest = rest.drop(while: \.isWhitespace)
    }
    return items
  }

  /// What stands between the quotation marks at the start of a text, and where they end; nil if they do not.
  private static func quoted(_ text: Substring) -> (text: String, end: Substring.Index)? {
    var result = ""
    var rest = text.dropFirst()
    while let quote = rest.firstIndex(of: "\"") {
      result += rest[..<quote]
      rest = rest[rest.index(after: quote)...]
      guard rest.first == "\"" else { return (result, rest.startIndex) }
      result.append("\"")
      rest = rest.dropFirst()
    }
    return nil
  }
}
