import Foundation

/// The checkout that these tests were compiled from, as files of text.
struct SourceTree: Sendable {
  /// The directory that holds `Package.swift`.
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The Swift files of the product.
  static let sources = files(under: "Sources", endings: ["swift"])

  /// The pages and their scripts, as they are served.
  static let web = files(under: "web", endings: ["html", "js", "css"])

  static func files(under folder: String, endings: Set<String>) -> [TextFile] {
    let top = root.appending(path: folder)
    guard let paths = FileManager.default.enumerator(atPath: top.path()) else { return [] }
    return paths.compactMap { $0 as? String }.sorted()
      .filter { endings.contains(URL(filePath: $0).pathExtension) }
      .map { TextFile(path: folder + "/" + $0, text: read(top.appending(path: $0))) }
  }

  static func file(_ path: String) -> TextFile {
    TextFile(path: path, text: read(root.appending(path: path)))
  }

  private static func read(_ url: URL) -> String {
    do {
      return try String(contentsOf: url, encoding: .utf8)
    } catch {
      preconditionFailure("\(url.path()) cannot be read: \(error)")
    }
  }
}

/// A file of the checkout: where it stands and what it says.
struct TextFile: Sendable {
  /// Relative to the root, such as `Sources/HTTPWire/Frame.swift`.
  let path: String
  let text: String

  /// The target that a file under `Sources` belongs to.
  var module: String { String(path.split(separator: "/")[1]) }
  var name: String { String(path.split(separator: "/").last ?? "") }

  /// Does any of these words stand in it? A cheap question before the dear one of a pattern on every line.
  func mentions(_ words: String...) -> Bool {
    words.contains { text.utf8.firstRange(of: $0.utf8) != nil }
  }

  /// Each line with its number, the first being 1.
  var lines: [(number: Int, text: Substring)] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
      ($0.offset + 1, $0.element)
    }
  }

  /// Where a line stands, as editors understand it.
  func place(_ line: Int) -> String { "\(path):\(line)" }
}
