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
    // Wherever else a code is named: as one of two, or handed on.
    let named = #/"([a-z]+(?:\.[a-zA-Z-]+)+\.(?:required|invalid|too-long|too-many|unknown|taken))"/#
    for folder in ["Sources/ParleyCore", "Sources/ParleyServer"] {
      for file in SourceTree.files(under: folder, endings: ["swift"]) {
        codes.formUnion(file.text.matches(of: named).map { String($0.output.1) })
      }
    }
    codes.formUnion(automationCodes())
    return codes.filter { $0.contains(".") && $0.allSatisfy { $0.isLetter || $0 == "." || $0 == "-" } }
  }

  /// The checks of automations name a field and what is wrong with it.
  private static func automationCodes() -> Set<String> {
    let one = #/fault\((?:trigger, )?"(\w+)", (?:[^"\n]* \? )?"([\w-]+)"(?: : "([\w-]+)")?\)/#
    let ofTests = #/Fault\(member: "(\w+)", reason: "([\w-]+)"\)/#
    let shared = #/[^a-z](text|tags|days)\("(\w+)", /#
    let faults = [
      "text": ["required", "too-long", "unknown-tag"], "tags": ["unknown-tag"], "days": ["invalid"],
    ]
    var codes: Set<String> = []
    let files = SourceTree.files(under: "Sources/ParleyCore/Automations", endings: ["swift"])
    for file in files where file.path.hasSuffix("Check.swift") || file.path.hasSuffix("Fault.swift") {
      for (_, field, fault, other) in file.text.matches(of: one).map(\.output) {
        codes.formUnion([fault, other].compactMap { $0 }.map { "automation.\(field).\($0)" })
      }
      for (_, field, fault) in file.text.matches(of: ofTests).map(\.output) {
        codes.insert("automation.\(field).\(fault)")
      }
      for (_, check, field) in file.text.matches(of: shared).map(\.output) {
        codes.formUnion((faults[String(check)] ?? []).map { "automation.\(field).\($0)" })
      }
    }
    return codes
  }

  @Test("no code is put together where its text could not be looked for")
  func literal() {
    let put = #/"[a-z]+\.[^"\s]*\\\([^"\n]*/#
    // The names of fields and columns, and what the checks of automations are looked over for above.
    let known = [
      "\"field.\\(", "\"fields.\\(", "\"tasks.\\(", "\"tests.\\(", "\"automation.\\(field).\\(reason)",
    ]
    var found: [String] = []
    for folder in ["Sources/ParleyCore", "Sources/ParleyServer"] {
      for file in SourceTree.files(under: folder, endings: ["swift"]) {
        let texts = file.text.matches(of: put).map { String($0.output) }
        found += texts.filter { text in !known.contains { text.hasPrefix($0) } }.map { "\(file.path): \($0)" }
      }
    }
    #expect(found == [])
  }

  @Test("each code has a text in each language")
  func texts() throws {
    let codes = Self.codes()
    let ofSteps = Self.automationCodes()
    #expect(codes.contains("automation.webhook.refused") && codes.contains("storage.unavailable"))
    #expect(codes.contains("automation.title.unknown-tag") && codes.contains("contact.email.required"))
    #expect(codes.contains("deal.role.required") && codes.contains("automation.contact.missing"))
    for language in Self.languages {
      var texts: Set<String> = []
      for file in SourceTree.files(under: "web/locales/\(language)", endings: ["json"]) {
        let words = try JSONSerialization.jsonObject(with: Data(file.text.utf8)) as? [String: Any]
        texts.formUnion(words.map { Array($0.keys) } ?? [])
      }
      let missing = codes.filter { code in
        if texts.contains("error.\(code)") { return false }
        // What only a row of a table can be at fault in is said where its faults are listed.
        if code.hasPrefix("import."), texts.contains("import.fault.\(code)") { return false }
        // At a step it may be said in general: that something is missing, or too long.
        let reason = code.split(separator: ".").last ?? ""
        if ofSteps.contains(code), texts.contains("automation.fault.\(reason)") { return false }
        // One of a kind of record may say more.
        return !texts.contains { $0.hasPrefix("error.\(code).") }
      }
      #expect(missing.sorted() == [], "\(language)")
    }
  }
}
