/// What a site's widget greets visitors with, in each language that the widget speaks.
///
/// The widget shows the visitor's own language's. Where that is empty it shows the other's, and where both are empty a text
/// of its own.
package struct Greetings: Sendable, Hashable, Codable {
  package var en: String
  package var fr: String

  /// What a new site greets with. The French exclamation and question marks stand after a narrow no-break space.
  static let standard = Greetings(
    en: "Hello! How can we help?", fr: "Bonjour\u{202F}! Comment pouvons-nous vous aider\u{202F}?")
}

/// The greetings to change; what is nil stays.
package struct GreetingsChange: Sendable, Hashable, Codable {
  package var en: String?
  package var fr: String?

  package init(en: String? = nil, fr: String? = nil) {
    self.en = en
    self.fr = fr
  }

  /// In Unicode scalars.
  private static let limit = 500

  func applied(to greetings: Greetings, _ invalid: inout Invalid) -> Greetings {
    var greetings = greetings
    if let en { greetings.en = Self.checked(en, "greetings.en", &invalid) }
    if let fr { greetings.fr = Self.checked(fr, "greetings.fr", &invalid) }
    return greetings
  }

  private static func checked(_ typed: String, _ field: String, _ invalid: inout Invalid) -> String {
    let greeting = typed.onManyLines
    if greeting.unicodeScalars.count > limit { invalid.add(field, "site.greeting.too-long") }
    return greeting
  }
}
