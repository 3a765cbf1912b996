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

  /// Texts and what uses them: the inbox, which has a file an area, and the widget, which brings its own.
  private struct Catalogue {
    let folder: String
    /// By the language, then by the area; the widget has one area.
    var languages: [String: [String: [String: Text]]] = [:]
    let code: String

    init(folder: String, usedBy isUser: (TextFile) -> Bool) throws {
      self.folder = folder
      code = SourceTree.web.filter(isUser).map(\.text).joined(separator: "\n")
      for file in SourceTree.files(under: folder, endings: ["json"]) {
        let parts = file.path.dropFirst(folder.count + 1).dropLast(".json".count).split(separator: "/")
        let texts = try JSONDecoder().decode([String: Text].self, from: Data(file.text.utf8))
        languages[String(parts[0]), default: [:]][parts.count > 1 ? String(parts[1]) : ""] = texts
      }
    }

    /// Every text of the original language.
    func english() throws -> [String: Text] {
      try #require(languages["en"]).values.reduce(into: [:]) { all, area in
        all.merge(area) { first, _ in first }
      }
    }
  }

  private static func catalogues() throws -> [Catalogue] {
    [
      try Catalogue(folder: "web/locales") { !$0.path.hasPrefix("web/widget") },
      try Catalogue(folder: "web/widget/locales") { $0.path.hasPrefix("web/widget") },
    ]
  }

  @Test("every language says the same things in the same areas, with the same parameters")
  func sameKeys() throws {
    for catalogue in try Self.catalogues() {
      let english = try #require(catalogue.languages["en"])
      #expect(catalogue.languages["fr"] != nil)
      for (language, areas) in catalogue.languages {
        #expect(Set(areas.keys) == Set(english.keys), "\(catalogue.folder)/\(language)")
        for (area, texts) in areas {
          let place = "\(catalogue.folder)/\(language)/\(area)"
          let originals = english[area] ?? [:]
          #expect(Set(texts.keys).symmetricDifference(originals.keys).sorted() == [], "\(place)")
          for (key, text) in texts {
            guard let original = originals[key] else { continue }
            // A plural form may leave out the number, where the word says it.
            let differing = text.parameters.symmetricDifference(original.parameters)
            #expect(differing.subtracting(["count"]).isEmpty, "\(place): \(key)")
          }
        }
      }
    }
  }

  @Test("a line of French never begins with a sign that belongs to the word before it")
  func unbreakableSpaces() {
    for file in SourceTree.files(under: "web/locales/fr", endings: ["json"]) {
      let found = file.text.split(separator: "\n").filter { $0.contains(#/ [:;!?»]|« /#) }
      #expect(found.isEmpty, "\(file.path): \(found.joined(separator: "\n"))")
    }
  }

  @Test("a text stands in one area only")
  func oneArea() throws {
    for catalogue in try Self.catalogues() {
      let keys = try #require(catalogue.languages["en"]).values.flatMap(\.keys)
      #expect(keys.count == Set(keys).count, "\(catalogue.folder)")
    }
  }

  @Test("every text that a page names is there, and each that is there is used")
  func keysInUse() throws {
    for catalogue in try Self.catalogues() {
      let english = try catalogue.english()
      let code = catalogue.code
      let named =
        code.matches(of: /data-(?:t(?:-\w+)?|text|label|hint)="([\w-]+(?:\.[\w-]+)+)"/).map {
          String($0.output.1)
        }
        + code.matches(of: /\b(?:t|say)\(\s*['"]([\w.-]+)['"]/).map { String($0.output.1) }
      for key in Set(named).sorted() {
        #expect(english[key] != nil, "a page names \(key) of \(catalogue.folder)")
      }
      // Keys that are put together, such as t(`status.${status}`), are known by how they begin.
      let beginnings = Set(code.matches(of: /`([\w-]+\.(?:[\w-]+\.)*)\$\{/).map { String($0.output.1) })
      let quoted = Set(code.matches(of: /['"`]([\w-]+(?:\.[\w-]+)+)['"`]/).map { String($0.output.1) })
      for key in english.keys.sorted() {
        let isUsed =
          quoted.contains(key) || beginnings.contains(where: key.hasPrefix)
          || quoted.contains(where: { key.hasPrefix($0 + ".") })
        #expect(isUsed, "no page uses \(key) of \(catalogue.folder)")
      }
    }
  }
}
