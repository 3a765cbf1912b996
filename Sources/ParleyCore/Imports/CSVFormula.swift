/// What a spreadsheet would take for a formula.
///
/// Led by an apostrophe a cell is a text (OWASP, "CSV injection"): what a visitor typed must not run at the desk of who exports it.
/// That goes for the beginning of a field and, since a spreadsheet may divide lines by another separator than the file has, for what
/// stands behind one of those or a line end within it. What is led by apostrophes already before such a sign gets one more, so
/// that reading it undoes one, and only one.
enum CSVFormula {
  static func guarded(_ field: String) -> String {
    guard mayHold(field) else { return field }
    var result = String.UnicodeScalarView()
    walk(field) { apostrophes, isFormula in
      apostrophes + (isFormula ? 1 : 0)
    } into: {
      result.append($0)
    }
    return String(result)
  }

  /// What was guarded, as it was before.
  static func unguarded(_ field: String) -> String {
    guard mayHold(field) else { return field }
    var result = String.UnicodeScalarView()
    walk(field) { apostrophes, isFormula in
      apostrophes - (isFormula && apostrophes > 0 ? 1 : 0)
    } into: {
      result.append($0)
    }
    return String(result)
  }

  /// Most fields hold no such sign at all.
  private static func mayHold(_ field: String) -> Bool {
    field.unicodeScalars.contains { signs.contains($0) || leadingSigns.contains($0) }
  }

  /// Gives a field's scalars one by one, with as many apostrophes at each place where a cell might begin as `count` says: it is asked
  /// with how many stand there, and whether a formula would begin behind them.
  private static func walk(
    _ field: String, count: (Int, Bool) -> Int, into append: (Unicode.Scalar) -> Void
  ) {
    var rest = field.unicodeScalars[...]
    var isFirst = true
    while isFirst || !rest.isEmpty {
      let apostrophes = rest.prefix { $0 == "'" }
      rest = rest[apostrophes.endIndex...]
      let isFormula =
        rest.first.map { signs.contains($0) || (isFirst && leadingSigns.contains($0)) } ?? false
      for _ in 0..<count(apostrophes.count, isFormula) { append("'") }
      isFirst = false
      while let scalar = rest.popFirst() {
        append(scalar)
        if separators.contains(scalar) { break }
      }
    }
  }

  private static let signs: Set<Unicode.Scalar> = ["=", "+", "-", "@", "＝", "＋", "－", "＠"]
  private static let leadingSigns: Set<Unicode.Scalar> = ["\t", "\r", "\n"]
  private static let separators: Set<Unicode.Scalar> = [";", "\t", "\r", "\n"]
}
