import Testing

@testable import ParleyCore

@Suite("Sites and their origins")
struct SiteTests {
  @Test(
    "an origin is normalised",
    arguments: [
      ("https://Acme.TEST", "https://acme.test"), ("https://acme.test/", "https://acme.test"),
      ("https://acme.test:443", "https://acme.test"), ("http://acme.test:80/", "http://acme.test"),
      ("http://acme.test:443", "http://acme.test:443"), ("http://localhost:8081", "http://localhost:8081"),
      ("http://127.0.0.1:8080", "http://127.0.0.1:8080"), ("http://[::1]:8080", "http://[::1]:8080"),
      (" https://xn--bcher-kva.test ", "https://xn--bcher-kva.test"),
    ])
  func normalised(typed: String, origin: String) {
    #expect(Origin(typed)?.text == origin)
  }

  @Test(
    "what is no origin of the web is none",
    arguments: [
      "", "null", "acme.test", "ftp://acme.test", "https://", "https://acme.test/path", "https://acme.test?x",
      "https://user@acme.test", "https://acme.test:0", "https://acme.test:65536", "https://acme.test:",
      "https://acme.test:8a", "https://*.acme.test", "https://acme test", "javascript:alert(1)",
      "https://acme.test#x", "https://a\"b.test", "https://a;b.test", "https://[::1", "file:///etc",
    ])
  func refused(typed: String) {
    #expect(Origin(typed) == nil)
  }

  @Test("the widget opens on a site's origins only")
  func allows() async throws {
    let shop = try await Workshop()
    let site = try await shop.parley.addSite(
      SiteDraft(name: "Shop", origins: ["https://Shop.test/", "https://shop.test", "http://localhost:8081"]),
      by: shop.owner)
    #expect(site.origins == ["http://localhost:8081", "https://shop.test"])
    let found = try #require(try await shop.parley.site(key: site.key))
    #expect(found == site)
    for allowed in ["https://shop.test", "https://shop.test:443", "http://localhost:8081"] {
      #expect(found.allows(origin: allowed), "\(allowed)")
    }
    for other in ["http://shop.test", "https://shop.test.evil.test", "https://www.shop.test", "null", ""] {
      #expect(!found.allows(origin: other), "\(other)")
    }
    #expect(try await shop.parley.site(key: "nothing") == nil)
  }

  @Test("a site that was read before a change is not remembered after it")
  func memory() {
    let memory = SiteMemory()
    var site = Site.blank
    site.key = "key"
    let version = memory.version
    memory.remember(site, asOf: version)
    #expect(memory.site(key: "key") == site)
    memory.forget()
    #expect(memory.site(key: "key") == nil)
    memory.remember(site, asOf: version)
    #expect(memory.site(key: "key") == nil)
  }

  private static let longest = String(repeating: "g", count: 500)
  private static let tooLong = longest + "g"

  @Test(
    "a greeting is changed in the languages that are named, and may be empty in any",
    arguments: [
      (GreetingsChange(), Greetings(en: "Hello", fr: "Bonjour")),
      (GreetingsChange(en: "Hi"), Greetings(en: "Hi", fr: "Bonjour")),
      (GreetingsChange(fr: " Salut\r\nà tous "), Greetings(en: "Hello", fr: "Salut\nà tous")),
      (GreetingsChange(en: "", fr: " "), Greetings(en: "", fr: "")),
      (GreetingsChange(en: longest, fr: longest), Greetings(en: longest, fr: longest)),
    ])
  func greetings(change: GreetingsChange, after: Greetings) async throws {
    let shop = try await Workshop()
    let site = try await shop.parley.addSite(
      SiteDraft(name: "Shop", greetings: GreetingsChange(en: "Hello", fr: "Bonjour")), by: shop.owner)
    #expect(try await shop.parley.site(key: site.key) == site)
    let changed = try await shop.parley.updateSite(site.id, SiteDraft(greetings: change), by: shop.owner)
    #expect(changed.greetings == after)
    #expect(try await shop.parley.site(key: site.key) == changed)
  }

  @Test(
    "a greeting that is too long is refused in its language",
    arguments: [
      (GreetingsChange(en: tooLong), ["greetings.en"]), (GreetingsChange(fr: tooLong), ["greetings.fr"]),
      (GreetingsChange(en: tooLong, fr: tooLong), ["greetings.en", "greetings.fr"]),
    ])
  func greetingsTooLong(change: GreetingsChange, fields: [String]) async throws {
    let shop = try await Workshop()
    let codes = Dictionary(uniqueKeysWithValues: fields.map { ($0, "site.greeting.too-long") })
    await #expect(throws: ParleyError.invalid(Invalid(code: "site.invalid", fields: codes))) {
      try await shop.parley.updateSite(shop.site.id, SiteDraft(greetings: change), by: shop.owner)
    }
  }

  @Test("a new site greets in every language")
  func standardGreetings() async throws {
    let shop = try await Workshop()
    let added = try await shop.parley.addSite(SiteDraft(name: "Shop"), by: shop.owner)
    for site in [shop.site, added] {
      #expect(!site.greetings.en.isEmpty && !site.greetings.fr.isEmpty)
    }
  }

  @Test("a change touches what it names, and says all that is wrong at once")
  func changes() async throws {
    let shop = try await Workshop()
    let changed = try await shop.parley.updateSite(
      shop.site.id, SiteDraft(color: "#A1B2C3", position: .left), by: shop.owner)
    #expect(changed.name == shop.site.name && changed.greetings == shop.site.greetings)
    #expect(changed.color == "#a1b2c3" && changed.position == .left)
    #expect(shop.agentsTypes == ["site.changed"])
    let wrong = SiteDraft(
      name: " ", greetings: GreetingsChange(en: Self.tooLong, fr: Self.tooLong), color: "red",
      origins: ["acme"])
    let fields = [
      "name": "site.name.required", "greetings.en": "site.greeting.too-long",
      "greetings.fr": "site.greeting.too-long", "color": "site.color.invalid",
      "origins": "site.origins.invalid",
    ]
    await #expect(throws: ParleyError.invalid(Invalid(code: "site.invalid", fields: fields))) {
      try await shop.parley.updateSite(shop.site.id, wrong, by: shop.owner)
    }
    await #expect(throws: ParleyError.notFound) {
      try await shop.parley.updateSite(999, SiteDraft(), by: shop.owner)
    }
  }
}
