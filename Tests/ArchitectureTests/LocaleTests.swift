import Foundation
import Testing

/// The texts of the pages: flat keys, each a text or an object of plural forms, the same in every language.
@Suite("The languages")
struct LocaleTests {
  private enum Text: Decodable {
    case one(String)
    case plural([String: String])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      do {
        self = .one(try container.decode(String.self))
      } catch {
        self = .plural(try container.decode([String: String].self))
      }
    }

    /// The names in braces, such as `{name}`; of plural forms, those of any.
    var parameters: Set<String> {
      let texts =
        switch self {
        case .one(let text): [text]
        case .plural(let forms): Array(forms.values)
        }
      return Set(texts.flatMap { $0.matches(of: /\{(\w+)\}/).map { String($0.output.1) } })
    }
  }

  /// Each language under `web/`, by its file.
  private static func languages(in folder: String) throws -> [String: [String: Text]] {
    var languages: [String: [String: Text]] = [:]
    for file in SourceTree.files(under: folder, endings: ["json"]) {
      languages[file.name] = try JSONDecoder().decode([String: Text].self, from: Data(file.text.utf8))
    }
    return languages
  }

  @Test("every language says the same things, with the same parameters")
  func sameKeys() throws {
    let languages = try Self.languages(in: "web/locales")
    guard let english = languages["en.json"] else { return }
    #expect(languages["fr.json"] != nil)
    for (name, texts) in languages {
      #expect(Set(texts.keys).symmetricDifference(english.keys).sorted() == [], "\(name) against en.json")
      for (key, text) in texts {
        guard let original = english[key] else { continue }
        // A plural form may leave out the number, where the word says it.
        #expect(
          text.parameters.symmetricDifference(original.parameters).subtracting(["count"]).isEmpty,
          "\(name): \(key)")
      }
    }
  }

  @Test("every text that a page names is there, and each that is there is used")
  func keysInUse() throws {
    guard let english = try Self.languages(in: "web/locales")["en.json"] else { return }
    let code = SourceTree.web.map(\.text).joined(separator: "\n")
    let named =
      code.matches(of: /data-t(?:-\w+)?="([\w.-]+)"/).map { String($0.output.1) }
      + code.matches(of: /\bt\(\s*['"]([\w.-]+)['"]/).map { String($0.output.1) }
    for key in Set(named).sorted() {
      #expect(english[key] != nil, "a page names \(key)")
    }
    // Keys that are put together, such as t(`status.${status}`), are known by how they begin.
    let beginnings = Set(code.matches(of: /`([\w-]+\.(?:[\w-]+\.)*)\$\{/).map { String($0.output.1) })
    let quoted = Set(code.matches(of: /['"`]([\w-]+(?:\.[\w-]+)+)['"`]/).map { String($0.output.1) })
    for key in english.keys.sorted() {
      #expect(
        quoted.contains(key) || beginnings.contains(where: key.hasPrefix), "no page uses \(key)")
    }
  }
}
