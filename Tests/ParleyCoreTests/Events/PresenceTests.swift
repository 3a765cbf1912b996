import Testing

@testable import ParleyCore

@Suite("Presence")
struct PresenceTests {
  @Test("someone is online from their first page to their last")
  func pages() throws {
    let presence = Presence()
    let visitor = try #require(VisitorKey(token: SecretToken.random().text))
    let other = try #require(VisitorKey(token: SecretToken.random().text))
    #expect(presence.connect(visitor))
    #expect(!presence.connect(visitor))
    #expect(presence.isOnline(visitor))
    #expect(!presence.isOnline(other))
    #expect(!presence.disconnect(visitor))
    #expect(presence.isOnline(visitor))
    #expect(presence.disconnect(visitor))
    #expect(!presence.isOnline(visitor))
    #expect(!presence.disconnect(visitor))
    #expect(!presence.isAnyAgentOnline)
    #expect(presence.connect(agent: 7))
    #expect(presence.isAnyAgentOnline)
  }

  @Test("conversations show who is online when they are read")
  func conversations() async throws {
    let shop = try await Workshop()
    let (id, visitor) = try await shop.conversation()
    #expect(try await !shop.parley.conversation(id, by: shop.agent).conversation.online)
    _ = shop.parley.presence.connect(visitor.key)
    let view = try await shop.parley.conversation(id, by: shop.agent)
    #expect(view.conversation.online && view.panel.visitor.online)
  }

  @Test(
    "a visitor's token is 43 characters of base64url",
    arguments: [
      "", "short", String(repeating: "a", count: 42), String(repeating: "a", count: 44),
      String(repeating: "a", count: 42) + "+", String(repeating: "é", count: 43),
    ])
  func tokens(token: String) {
    #expect(VisitorKey(token: token) == nil)
  }
}
