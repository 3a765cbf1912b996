import Testing

@testable import ParleyCore

@Suite("Reading and seeing")
struct SeenTests {
  let shop: Workshop
  let parley: Parley

  init() async throws {
    shop = try await Workshop()
    parley = shop.parley
  }

  @Test("what one agent reads is their own mark, and the team's to the visitor")
  func reading() async throws {
    let (id, visitor) = try await shop.conversation()
    shop.forgetEvents()
    try await parley.read(id, upTo: 1, by: shop.agent)
    #expect(try await parley.conversation(id, by: shop.agent).conversation.readNumber == 1)
    #expect(try await parley.conversation(id, by: shop.owner).conversation.readNumber == 0)
    #expect(try await parley.opening(after: 0, withMessages: true, for: visitor).agentsSeenNumber == 1)
    #expect(shop.events.map(\.body.type) == ["conversation.read", "conversation.seen", "seen"])
    #expect(shop.events.first?.audience == .agent(shop.agent.id))
    shop.forgetEvents()
    try await parley.read(id, upTo: 1, by: shop.agent)
    #expect(shop.events.isEmpty)
  }

  @Test("nobody reads further than the thread goes", arguments: [Int64.max, 2])
  func readingTooFar(number: Int64) async throws {
    let (id, _) = try await shop.conversation()
    try await parley.read(id, upTo: number, by: shop.agent)
    #expect(try await parley.conversation(id, by: shop.agent).conversation.readNumber == 1)
  }

  @Test("a mark never goes back", arguments: [Int64.min, -1, 0, 1])
  func readingBack(number: Int64) async throws {
    let (id, visitor) = try await shop.conversation()
    try await parley.post(text: "More", clientID: .client(), from: visitor)
    try await parley.read(id, upTo: 2, by: shop.agent)
    try await parley.read(id, upTo: number, by: shop.agent)
    #expect(try await parley.conversation(id, by: shop.agent).conversation.readNumber == 2)
  }

  @Test("a conversation stays read when its visitor goes to another page")
  func pageView() async throws {
    let (id, visitor) = try await shop.conversation()
    try await parley.read(id, upTo: 1, by: shop.agent)
    try await parley.visit(Page(url: "https://acme.test/", title: "Home"), from: visitor)
    let conversation = try await parley.conversation(id, by: shop.agent).conversation
    #expect(conversation.lastNumber == 2)
    #expect(conversation.lastTextNumber == 1)
  }

  @Test("a visitor's unread are the agents' texts after their mark; seeing them tells the agents")
  func seeing() async throws {
    let (id, visitor) = try await shop.conversation()
    try await shop.answer("One", to: id)
    try await shop.answer("hidden", to: id, kind: .note)
    try await shop.answer("Two", to: id)
    #expect(try await parley.opening(after: 0, withMessages: false, for: visitor).unread == 2)
    try await parley.seen(2, from: visitor)
    #expect(try await parley.opening(after: 0, withMessages: false, for: visitor).unread == 1)
    shop.forgetEvents()
    try await parley.seen(.max, from: visitor)
    let opening = try await parley.opening(after: 0, withMessages: false, for: visitor)
    #expect(opening.unread == 0)
    #expect(opening.seenNumber == 3)
    // Hello, the assignment, One, the note, Two.
    #expect(try await parley.conversation(id, by: shop.agent).conversation.visitorSeenNumber == 5)
    #expect(shop.events.map(\.body.type) == ["conversation.seen", "seen"])
    shop.forgetEvents()
    try await parley.seen(1, from: visitor)
    #expect(shop.events.isEmpty)
  }

  @Test("who writes has seen what was there")
  func writing() async throws {
    let (id, visitor) = try await shop.conversation()
    try await shop.answer("One", to: id)
    try await parley.post(text: "Two", clientID: .client(), from: visitor)
    let opening = try await parley.opening(after: 0, withMessages: false, for: visitor)
    #expect(opening.unread == 0)
    #expect(opening.seenNumber == 3)
  }

  @Test("someone who never wrote sees nothing and leaves nothing")
  func stranger() async throws {
    let stranger = shop.newcomer()
    try await parley.seen(5, from: stranger)
    try await parley.visit(Page(url: "https://acme.test/", title: "Home"), from: stranger)
    #expect(shop.events.isEmpty)
    #expect(try await parley.opening(after: 0, withMessages: true, for: stranger) == VisitorOpening())
  }
}
