import Testing

@testable import ParleyCore

@Suite("An agent's messages")
struct AgentMessageTests {
  let shop: Workshop
  let parley: Parley

  init() async throws {
    shop = try await Workshop()
    parley = shop.parley
  }

  @Test("the first who answers an unassigned conversation becomes its assignee; the next does not")
  func firstAnswer() async throws {
    let (id, _) = try await shop.conversation()
    try await shop.answer("Hi", to: id, by: shop.agent)
    try await shop.answer("Me too", to: id, by: shop.owner)
    let view = try await parley.conversation(id, by: shop.agent)
    #expect(view.conversation.assigneeID == shop.agent.id)
    let thread = try await parley.thread(of: id, .latest, by: shop.agent)
    #expect(thread.messages.map(\.detail) == [nil, .assigned(agentID: shop.agent.id), nil, nil])
  }

  @Test("a note assigns nothing and moves nothing")
  func note() async throws {
    let (id, _) = try await shop.conversation()
    let before = try await parley.conversation(id, by: shop.agent).conversation
    try await shop.answer("Careful with this one", to: id, kind: .note)
    let after = try await parley.conversation(id, by: shop.agent).conversation
    #expect(after.assigneeID == nil)
    #expect(after.activity == before.activity)
    #expect(after.lastText == before.lastText)
    #expect(after.lastTextNumber == before.lastTextNumber)
    #expect(after.lastNumber == before.lastNumber + 1)
  }

  @Test("nothing of a note, a page view or an assignment reaches the visitor, who hears the rest")
  func hiddenFromVisitor() async throws {
    let (id, visitor) = try await shop.conversation()
    shop.forgetEvents()
    try await shop.answer("the secret note", to: id, kind: .note)
    try await parley.visit(Page(url: "https://acme.test/secret", title: "secret page"), from: visitor)
    try await parley.updateConversation(
      id, ConversationChange(assigneeID: shop.owner.id), by: shop.agent)
    try await shop.answer("the answer", to: id)
    let heard = shop.events.filter {
      if case .visitor = $0.audience { true } else { false }
    }.map { String(decoding: $0.json, as: UTF8.self) }
    #expect(heard.count == 1)
    #expect(heard.contains { $0.contains("the answer") })
    #expect(!heard.contains { $0.contains("secret") || $0.contains("assigned") })
    let opening = try await parley.opening(after: 0, withMessages: true, for: visitor)
    #expect(opening.messages.map(\.text) == ["Hello", "the answer"])
    #expect(opening.messages.map(\.number) == [1, 2])
    #expect(opening.agents == [AgentReference(id: shop.agent.id, name: shop.agent.name)])
    let history = try await parley.history(before: 100, for: visitor)
    #expect(history.messages == opening.messages)
  }

  @Test("the visitor does not get the agent's client id, and the agent does")
  func clientID() async throws {
    let (id, visitor) = try await shop.conversation()
    let message = try await shop.answer("Hi", to: id)
    #expect(message.clientID != nil)
    let opening = try await parley.opening(after: 1, withMessages: true, for: visitor)
    #expect(opening.messages.map(\.clientID) == [nil])
  }

  @Test("a text reopens a completed conversation and says so to both sides")
  func reopens() async throws {
    let (id, visitor) = try await shop.conversation()
    try await parley.updateConversation(id, ConversationChange(status: .completed), by: shop.owner)
    try await shop.answer("One more thing", to: id)
    #expect(try await parley.conversation(id, by: shop.agent).conversation.status == .open)
    let opening = try await parley.opening(after: 0, withMessages: true, for: visitor)
    #expect(opening.messages.map(\.status) == [nil, .completed, .reopened, nil])
  }

  @Test("a text to an old conversation is refused while a newer one is open, and names it")
  func otherOpen() async throws {
    let (old, visitor) = try await shop.conversation()
    try await parley.updateConversation(old, ConversationChange(status: .completed), by: shop.agent)
    try await parley.post(text: "Again", clientID: .client(), from: visitor)
    let new = try #require(try await parley.openConversation(of: visitor.key))
    await #expect(throws: ParleyError.otherConversationOpen(conversationID: new)) {
      try await shop.answer("Hi", to: old)
    }
    await #expect(throws: ParleyError.otherConversationOpen(conversationID: new)) {
      try await parley.updateConversation(old, ConversationChange(status: .open), by: shop.agent)
    }
    // A note is welcome there.
    try await shop.answer("Old story", to: old, kind: .note)
  }

  @Test("a resent answer is stored once, and comes back to that agent only")
  func resent() async throws {
    let (id, _) = try await shop.conversation()
    let draft = AgentMessageDraft(clientID: "client-1", conversationID: id, text: "Hi")
    let first = try await parley.post(draft, by: shop.agent)
    shop.forgetEvents()
    let second = try await parley.post(draft, by: shop.agent)
    #expect(second == first)
    #expect(shop.events.map(\.audience) == [.agent(shop.agent.id)])
    let thread = try await parley.thread(of: id, .latest, by: shop.agent)
    #expect(thread.messages.filter { $0.author == .agent }.count == 1)
  }

  @Test("an unknown conversation is not found, and the machine says nothing in any")
  func refusals() async throws {
    let (id, _) = try await shop.conversation()
    await #expect(throws: ParleyError.notFound) { try await shop.answer("Hi", to: 999) }
    await #expect(throws: ParleyError.permissionDenied) {
      try await shop.answer("Hi", to: id, by: .machine)
    }
  }
}
