import Testing

/// Rules of the house that a compiler does not know.
@Suite("The rules of the house")
struct HouseRulesTests {
  @Test("no source file is longer than 400 lines")
  func length() {
    for file in SourceTree.sources {
      #expect(file.lines.count <= 400, "\(file.path) wants to be two")
    }
  }

  @Test("a failure that is let go says why")
  func swallowedErrors() {
    for file in SourceTree.sources where file.mentions("try?") {
      var before: Substring = ""
      for (number, text) in file.lines {
        if text.contains(/\btry\?/) && !text.trimmed.hasPrefix("//") {
          #expect(
            text.contains("//") || before.trimmed.hasPrefix("//"),
            "\(file.place(number)) hides an error without a comment")
        }
        before = text
      }
    }
  }

  @Test("a promise that the compiler cannot check bears its proof")
  func uncheckedPromises() {
    for file in SourceTree.sources where file.mentions("@unchecked", "(unsafe)") {
      var commented = false
      for (number, text) in file.lines {
        if text.contains(/@unchecked Sendable|nonisolated\(unsafe\)/) && !text.trimmed.hasPrefix("//") {
          #expect(commented || text.contains("//"), "\(file.place(number)) promises without a proof")
        }
        commented = text.trimmed.hasPrefix("//")
      }
    }
  }

  @Test("SQL stands with the records, and nowhere else")
  func sql() {
    for file in SourceTree.sources
    where file.mentions("SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "PRAGMA") {
      if file.module == "SQLite" || file.path.contains("/Storage/") || file.name.hasSuffix("Records.swift") {
        continue
      }
      // A statement begins a string, or a line of a longer one.
      let statement =
        /(?:^\s*|")(?:SELECT\s|INSERT (?:OR \w+ )?INTO\s|UPDATE \w+ SET\s|DELETE FROM\s|CREATE (?:TABLE|INDEX)\s|PRAGMA\s)/
      for (number, text) in file.lines {
        #expect(!text.contains(statement), "\(file.place(number)) holds SQL")
      }
    }
  }

  @Test("nothing is left to be done later")
  func leftovers() {
    for file in SourceTree.sources + SourceTree.web where file.mentions("TODO", "FIXME", "XXX", "HACK") {
      for (number, text) in file.lines {
        #expect(!text.contains(/\b(?:TODO|FIXME|XXX|HACK)\b/), "\(file.place(number)) is unfinished")
      }
    }
  }
}

extension Substring {
  /// Without the blanks before and after.
  var trimmed: Substring {
    drop(while: \.isWhitespace)
  }
}
