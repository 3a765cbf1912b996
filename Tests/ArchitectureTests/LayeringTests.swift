import Foundation
import Testing

/// Which way the modules may depend. SwiftPM lets a target import what it reaches only transitively, so the table of the
/// design is kept here, and every file's imports are held against it.
@Suite("The layers")
struct LayeringTests {
  /// What a module may import of ours, and of the system.
  private static let table: [String: Set<String>] = [
    // Bytes and values: no I/O and no clock. Glibc is there for `memchr`.
    "HTTPWire": ["Glibc"],
    "HTTPServer": ["HTTPWire", "CLinux", "Glibc", "Synchronization", "Foundation", "Dispatch"],
    "SQLite": ["CSQLite", "Glibc", "Synchronization", "Foundation", "Dispatch"],
    "ParleyCore": ["SQLite", "CLinux", "Glibc", "Synchronization", "Foundation", "Dispatch"],
    "ParleyServer": ["ParleyCore", "HTTPServer", "HTTPWire", "Glibc", "Synchronization", "Foundation"],
    // A client: of the server it takes the poller and the clock.
    "bench": ["HTTPServer", "HTTPWire", "Glibc", "Foundation"],
    // The one place where everything is put together.
    "parley": [
      "ParleyServer", "ParleyCore", "HTTPServer", "Glibc", "Synchronization", "Foundation", "Dispatch",
    ],
  ]

  @Test("a file imports what its layer allows, and nothing else")
  func imports() throws {
    for file in SourceTree.sources {
      let allowed = try #require(Self.table[file.module], "the layer of \(file.module) is not in the table")
      for statement in Self.imports(of: file) {
        #expect(
          allowed.contains(statement.module),
          "\(file.place(statement.line)): \(file.module) may not import \(statement.module)")
      }
    }
  }

  @Test("no type of SQLite stands in the interface of ParleyCore")
  func sqliteStaysInternal() {
    for file in SourceTree.sources where file.module == "ParleyCore" {
      for statement in Self.imports(of: file) where statement.module == "SQLite" {
        #expect(
          statement.access == nil || statement.access == "internal",
          "\(file.place(statement.line)) imports SQLite as \(statement.access ?? "")")
      }
    }
  }

  @Test("a module does not bear the name of a type that it holds")
  func moduleNames() throws {
    let declaration = try Regex(#"\b(?:class|struct|enum|actor|protocol|typealias) +([A-Z]\w*)"#)
    for file in SourceTree.sources {
      for match in file.text.matches(of: declaration) {
        #expect(match.output[1].substring.map(String.init) != file.module, "in \(file.path)")
      }
    }
  }

  private struct Import {
    let module: String
    let access: String?
    let line: Int
  }

  private static func imports(of file: TextFile) -> [Import] {
    let statement =
      /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?([A-Za-z_]\w*)/
    return file.lines.compactMap { number, text in
      text.firstMatch(of: statement).map {
        Import(module: String($0.output.2), access: $0.output.1.map(String.init), line: number)
      }
    }
  }
}
