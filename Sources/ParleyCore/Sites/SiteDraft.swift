/// A site to be added, or what to change of one; what is nil has its default, or stays.
package struct SiteDraft: Sendable, Hashable, Codable {
  package var name: String?
  package var greetings: GreetingsChange?
  package var color: String?
  package var position: Site.Position?
  package var origins: [String]?

  package init(
    name: String? = nil, greetings: GreetingsChange? = nil, color: String? = nil,
    position: Site.Position? = nil, origins: [String]? = nil
  ) {
    self.name = name
    self.greetings = greetings
    self.color = color
    self.position = position
    self.origins = origins
  }

  private static let nameLimit = 100
  private static let originsLimit = 50

  /// A site with this applied.
  ///
  /// - Throws: `invalid` with `site.invalid` and every field that is at fault.
  func applied(to site: Site) throws(ParleyError) -> Site {
    var site = site
    var invalid = Invalid(code: "site.invalid")
    if let name { site.name = name.onOneLine }
    if site.name.isEmpty { invalid.add("name", "site.name.required") }
    if site.name.unicodeScalars.count > Self.nameLimit { invalid.add("name", "site.name.too-long") }
    if let greetings { site.greetings = greetings.applied(to: site.greetings, &invalid) }
    if let color {
      site.color = color.lowercased()
      if !Site.isColor(site.color) { invalid.add("color", "site.color.invalid") }
    }
    if let position { site.position = position }
    if let origins {
      if origins.count > Self.originsLimit { invalid.add("origins", "site.origins.too-many") }
      let parsed = origins.prefix(Self.originsLimit).map { Origin($0) }
      if parsed.contains(nil) { invalid.add("origins", "site.origins.invalid") }
      site.origins = Set(parsed.compactMap(\.?.text)).sorted()
    }
    try invalid.check()
    return site
  }
}

extension Site {
  /// `#rrggbb`, in small letters.
  static func isColor(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.count == 7 && bytes[0] == UInt8(ascii: "#")
      && bytes.dropFirst().allSatisfy {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
      }
  }

  /// What a new site is before its draft is applied. Its key is random, so that one site's does not tell another's.
  static var blank: Site {
    Site(
      id: 0, key: String(SecretToken.random().text.prefix(16)), name: "", greetings: .standard,
      color: "#2563eb", position: .right, origins: [])
  }

  /// The site that a new workspace begins with. It may open nowhere until its origins are named.
  static func first(named name: String) -> Site {
    var site = blank
    site.name = name
    return site
  }
}
