import Testing

@testable import ParleyCore

@Suite("Who a visitor is")
struct PersonTests {
  let shop: Workshop
  let parley: Parley

  init() async throws {
    shop = try await Workshop()
    parley = shop.parley
  }

  @Test("a visitor who says who they are is shown so, and the thread says it")
  func identifies() async throws {
    let (id, visitor) = try await shop.conversation()
    shop.forgetEvents()
    try await parley.identify(name: " Vera  Visitor ", email: "vera@home.test", from: visitor)
    let conversation = try await parley.conversation(id, by: shop.agent).conversation
    #expect(conversation.name == "Vera Visitor")
    #expect(conversation.email == "vera@home.test")
    let thread = try await parley.thread(of: id, .latest, by: shop.agent)
    #expect(thread.messages.last?.detail == .identified(name: "Vera Visitor", email: "vera@home.test"))
    #expect(shop.events.map(\.body.type) == ["message.added", "visitor.changed", "visitor"])
    shop.forgetEvents()
    try await parley.identify(name: "Vera Visitor", email: nil, from: visitor)
    #expect(shop.events.isEmpty)
  }

  @Test("an e-mail address that belongs to a contact links it, however it is written")
  func linksContact() async throws {
    let contact = try await shop.contact("Carla Contact", "carla@client.test")
    let (id, visitor) = try await shop.conversation()
    try await parley.identify(name: "C.", email: "Carla@Client.TEST", from: visitor)
    let view = try await parley.conversation(id, by: shop.agent)
    #expect(view.panel.contact?.id == contact.id)
    #expect(view.conversation.name == "Carla Contact")
    #expect(view.conversation.email == "carla@client.test")
    // The visitor is told what they said, and nothing of what the company knows.
    let opening = try await parley.opening(after: 0, withMessages: true, for: visitor)
    #expect(opening.name == "C.")
    #expect(opening.email == "Carla@Client.TEST")
    let heard = shop.events.filter {
      if case .visitor = $0.audience { true } else { false }
    }
    #expect(!heard.contains { String(decoding: $0.json, as: UTF8.self).contains("Contact") })
  }

  @Test("another address is another person")
  func unlinks() async throws {
    _ = try await shop.contact("Carla Contact", "carla@client.test")
    let (id, visitor) = try await shop.conversation()
    try await parley.identify(name: nil, email: "carla@client.test", from: visitor)
    try await parley.identify(name: "Bob", email: "bob@client.test", from: visitor)
    let view = try await parley.conversation(id, by: shop.agent)
    #expect(view.panel.contact == nil)
    #expect(view.conversation.name == "Bob")
  }

  @Test("an agent puts right what is known, without a line in the thread; every page hears of it")
  func agentEdits() async throws {
    let (id, _) = try await shop.conversation()
    let visitorID = try await parley.conversation(id, by: shop.agent).conversation.visitorID
    shop.forgetEvents()
    let visitor = try await parley.updateVisitor(
      visitorID, VisitorChange(name: "Vera", phone: "+33 1 23"), by: shop.agent)
    #expect(visitor.name == "Vera")
    #expect(visitor.phone == "+33 1 23")
    #expect(shop.events.map(\.body.type) == ["visitor.changed", "conversation.changed", "visitor"])
    #expect(try await parley.thread(of: id, .latest, by: shop.agent).messages.count == 1)
  }

  @Test(
    "what cannot be is refused, all at once",
    arguments: [
      (VisitorChange(email: "nobody"), ["email": "visitor.email.invalid"]),
      (
        VisitorChange(
          name: String(repeating: "n", count: 201), email: "@", phone: String(repeating: "1", count: 51)),
        [
          "name": "visitor.name.too-long", "email": "visitor.email.invalid",
          "phone": "visitor.phone.too-long",
        ]
      ),
    ])
  func refusals(change: VisitorChange, fields: [String: String]) async throws {
    let (id, _) = try await shop.conversation()
    let visitorID = try await parley.conversation(id, by: shop.agent).conversation.visitorID
    await #expect(throws: ParleyError.invalid(Invalid(code: "visitor.invalid", fields: fields))) {
      try await parley.updateVisitor(visitorID, change, by: shop.agent)
    }
  }

  @Test("another page is an entry of the open conversation and moves nothing; another title of it is none")
  func pages() async throws {
    let (id, visitor) = try await shop.conversation()
    let before = try await parley.conversation(id, by: shop.agent).conversation
    for title in ["Pricing", "(1) Pricing", "(1) Pricing"] {
      try await parley.visit(Page(url: "https://acme.test/pricing", title: title), from: visitor)
    }
    let after = try await parley.conversation(id, by: shop.agent).conversation
    #expect(after.activity == before.activity)
    #expect(after.pageTitle == "(1) Pricing")
    let thread = try await parley.thread(of: id, .latest, by: shop.agent)
    #expect(thread.messages.map(\.kind) == [.text, .page])
    #expect(
      shop.agentsTypes.suffix(4) == [
        "visitor.changed", "message.added", "visitor.changed", "conversation.changed",
      ])
  }

  @Test("who opens a page learns whether it is another one than is known")
  func openedPage() async throws {
    var (_, visitor) = try await shop.conversation()
    var stranger = shop.newcomer()
    for (url, isOther) in [("https://acme.test/pricing", true), ("javascript:alert(1)", false)] {
      visitor.page = Page(url: url, title: "Pricing")
      let opening = try await parley.opening(after: 0, withMessages: false, for: visitor)
      #expect(opening.isOnAnotherPage == isOther)
      if isOther { try await parley.visit(Page(url: url, title: "Pricing"), from: visitor) }
      #expect(try await !parley.opening(after: 0, withMessages: false, for: visitor).isOnAnotherPage)
    }
    stranger.page = Page(url: "https://acme.test/pricing", title: "Pricing")
    #expect(try await !parley.opening(after: 0, withMessages: false, for: stranger).isOnAnotherPage)
  }

  @Test(
    "an address that no browser shows is no page",
    arguments: ["javascript:alert(1)", "data:text/html,x", "/a"])
  func wrongPages(url: String) async throws {
    let (id, visitor) = try await shop.conversation()
    try await parley.visit(Page(url: url, title: "x"), from: visitor)
    #expect(try await parley.conversation(id, by: shop.agent).conversation.pageURL == "")
  }

  @Test("the panel shows the person's other conversations, by whichever browser they wrote")
  func previous() async throws {
    _ = try await shop.contact("Carla Contact", "carla@client.test")
    let (first, phone) = try await shop.conversation("from the phone")
    let (second, desk) = try await shop.conversation("from the desk")
    try await parley.identify(name: nil, email: "carla@client.test", from: phone)
    try await parley.identify(name: nil, email: "carla@client.test", from: desk)
    _ = try await shop.conversation("someone else")
    let panel = try await parley.conversation(second, by: shop.agent).panel
    #expect(panel.previous.map(\.id) == [first])
    #expect(panel.previousTotal == 1)
  }
}
