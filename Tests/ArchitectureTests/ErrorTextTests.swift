import Foundation
import Testing

/// Whoever meets an error reads why, in their language: each code that the server can answer with has a text.
@Suite("The words of errors")
struct ErrorTextTests {
  private static let languages = ["en", "fr"]

  /// Codes stand where use cases fail, fields are at fault, steps of automations cannot be done, and in the switches that give each
  /// error its code.
  private static func codes() -> Set<String> {
    let places: [(pattern: Regex<(Substring, Substring)>, isSwitch: Bool)] = [
      (#/StepFailure\("([^"\\]+)"\)/#, false), (#/code: "([^"\\]+)"/#, false),
      (#/add\(\s*"[^"]*",\s*"([^"\\]+)"\)/#, false), (#/case [^:\n]*: "([^"\\]+)"/#, true),
    ]
    var codes: Set<String> = []
    for folder in ["Sources/ParleyCore", "Sources/ParleyServer"] {
      for file in SourceTree.files(under: folder, endings: ["swift"]) {
        let givesCodes = file.text.contains("var code: String")
        for (pattern, isSwitch) in places where !isSwitch || givesCodes {
          codes.formUnion(file.text.matches(of: pattern).map { String($0.output.1) })
        }
      }
    }
    return codes.filter { $0.contains(".") && $0.allSatisfy { $0.isLetter || $0 == "." || $0 == "-" } }
  }

  @Test("each code has a text in each language")
  func texts() throws {
    let codes = Self.codes()
    #expect(codes.contains("automation.webhook.refused") && codes.contains("storage.unavailable"))
    #expect(codes.contains("deal.role.required") && codes.contains("automation.contact.missing"))
    for language in Self.languages {
      var texts: Set<String> = []
      for file in SourceTree.files(under: "web/locales/\(language)", endings: ["json"]) {
        let words = try JSONSerialization.jsonObject(with: Data(file.text.utf8)) as? [String: Any]
        texts.formUnion(words.map { Array($0.keys) } ?? [])
      }
      let missing = codes.filter { code in
        // One of a kind of record may say more.
        !texts.contains("error.\(code)") && !texts.contains { $0.hasPrefix("error.\(code).") }
      }
      #expect(missing.sorted() == [], "\(language)")
    }
  }
}
