import Foundation
import Testing

/// What the policy of the pages forbids: `default-src 'self'`, text only as text.
@Suite("The rules of the pages")
struct PageRulesTests {
  private static let scripts = SourceTree.web.filter { $0.path.hasSuffix(".js") }
  private static let pages = SourceTree.web.filter { $0.path.hasSuffix(".html") }

  @Test("a script makes no markup and no code from text")
  func untrustedText() {
    for file in Self.scripts {
      let forbidden =
        /\.(?:innerHTML|outerHTML|srcdoc)\b|insertAdjacentHTML|document\.write|\beval\(|new Function\(|setTimeout\(['"`]|javascript:/
      for (number, text) in file.lines where !text.trimmed.hasPrefix("//") && !text.trimmed.hasPrefix("*") {
        #expect(!text.contains(forbidden), "\(file.place(number)) makes markup or code from text")
      }
    }
  }

  @Test("a script sets styles where the policy allows it")
  func scriptedStyles() {
    for file in Self.scripts where file.mentions("setAttribute", "cssText", "createElement") {
      for (number, text) in file.lines {
        #expect(
          !text.contains(/setAttribute\(['"`]style|\.cssText\b|createElement\(['"`]style['"`]\)/),
          "\(file.place(number)) sets an inline style")
      }
    }
  }

  @Test("a page holds no inline script, style or handler")
  func inlineCode() {
    for file in Self.pages {
      #expect(!file.text.contains(/<style\b/), "\(file.path) holds a style")
      #expect(!file.text.contains(/<script\b(?![^>]*\bsrc=)[^>]*>/), "\(file.path) holds a script")
      for (number, text) in file.lines {
        #expect(
          !text.contains(/\s(?:on\w+|style)=/), "\(file.place(number)) holds an inline handler or style")
      }
    }
  }

  @Test("what a script imports is there")
  func imports() {
    for file in Self.scripts {
      let statement = /(?:from\s+|import\s+|import\()['"](\.{1,2}\/[^'"]+|\/[^'"]+)['"]/
      let folder = URL(filePath: "/" + file.path).deletingLastPathComponent()
      for match in file.text.matches(of: statement) {
        let name = String(match.output.1)
        let target =
          name.hasPrefix("/") ? "/web" + name : folder.appending(path: name).standardized.path()
        #expect(
          FileManager.default.fileExists(atPath: SourceTree.root.path() + target.dropFirst()),
          "\(file.path) imports \(name)")
      }
    }
  }

  @Test("a stylesheet asks nothing of other hosts")
  func foreignHosts() {
    for file in SourceTree.web {
      #expect(!file.text.contains(/url\(['"]?(?:https?:)?\/\//), "\(file.path) loads from another host")
    }
  }
}
