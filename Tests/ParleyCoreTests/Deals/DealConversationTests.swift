import SQLite
import Testing

@testable import ParleyCore

@Suite("The conversations of a deal")
struct DealConversationTests {
  @Test("a conversation added to a deal stands beside it, with a line in its thread and one in the history")
  func link() async throws {
    let office = try await Office()
    let first = try await office.conversation(email: "nora@harbour.example").conversation
    let second = try await office.conversation(email: "nora@harbour.example").conversation
    let deal = try await office.add(office.draft(conversationID: first.id)).deal
    _ = office.scene.takeAgentEvents()
    let linked = try await office.parley.linkConversation(second.id, to: deal.id, by: office.tom)
    #expect(linked.conversationID == first.id && linked.linkedConversationIDs == [second.id])
    #expect(office.scene.takeAgentEvents() == ["message.added", "record.changed", "deal.changed"])
    let line = try await office.parley.thread(of: second.id, .latest, by: office.maya).messages.last
    #expect(line?.detail == .dealLinked(dealID: deal.id, title: deal.title) && line?.agentID == office.tom.id)
    let entry = try await office.parley.history(of: deal.id, before: nil, limit: 1, by: office.maya).changes[
      0]
    #expect(entry.field == .conversation && entry.from == nil && entry.agent?.name == "Tom")
    #expect(entry.to?.contains("nora@harbour.example") == true)
    let conversations = try await office.parley.conversations(ofDeal: deal.id, by: office.maya)
    #expect(conversations.map(\.id) == [first.id, second.id])
    let panel = try await office.parley.conversation(second.id, by: office.maya).panel
    #expect(panel.deals.map(\.id) == [deal.id])
  }

  @Test("what is said twice is done once, and what is taken away can be added again")
  func twice() async throws {
    let office = try await Office()
    let first = try await office.conversation(email: "nora@harbour.example").conversation
    let second = try await office.conversation().conversation
    let deal = try await office.add(office.draft(conversationID: first.id)).deal
    let linked = try await office.parley.linkConversation(second.id, to: deal.id, by: office.tom)
    _ = office.scene.takeAgentEvents()
    #expect(try await office.parley.linkConversation(second.id, to: deal.id, by: office.tom) == linked)
    #expect(try await office.parley.linkConversation(first.id, to: deal.id, by: office.tom) == linked)
    #expect(try await office.parley.unlinkConversation(first.id, from: deal.id, by: office.tom) == linked)
    #expect(office.scene.takeAgentEvents().isEmpty)
    let unlinked = try await office.parley.unlinkConversation(second.id, from: deal.id, by: office.maya)
    #expect(unlinked.linkedConversationIDs.isEmpty && unlinked.conversationID == first.id)
    #expect(office.scene.takeAgentEvents() == ["message.added", "record.changed", "deal.changed"])
    let line = try await office.parley.thread(of: second.id, .latest, by: office.maya).messages.last
    #expect(line?.detail == .dealUnlinked(dealID: deal.id, title: deal.title))
    let again = try await office.parley.linkConversation(second.id, to: deal.id, by: office.tom)
    #expect(again.linkedConversationIDs == [second.id])
  }

  @Test("neither a conversation nor a deal that does not exist can be added, nor one too many")
  func refusals() async throws {
    let office = try await Office()
    let deal = try await office.add(office.draft()).deal
    let conversation = try await office.conversation().conversation
    await #expect(throws: ParleyError.notFound) {
      try await office.parley.linkConversation(conversation.id, to: 99, by: office.tom)
    }
    await #expect(
      throws: ParleyError.invalid(
        Invalid(code: "deal.invalid", fields: ["conversation": "deal.conversation.unknown"]))
    ) {
      try await office.parley.linkConversation(99, to: deal.id, by: office.tom)
    }
    for _ in 0..<Deal.linkedConversationsLimit {
      let other = try await office.conversation().conversation
      _ = try await office.parley.linkConversation(other.id, to: deal.id, by: office.tom)
    }
    await #expect(
      throws: ParleyError.invalid(
        Invalid(code: "deal.invalid", fields: ["conversation": "deal.conversation.too-many"]))
    ) {
      try await office.parley.linkConversation(conversation.id, to: deal.id, by: office.tom)
    }
  }

  @Test("a removed deal lets its conversations go")
  func removal() async throws {
    let office = try await Office()
    let deal = try await office.add(office.draft()).deal
    let conversation = try await office.conversation().conversation
    _ = try await office.parley.linkConversation(conversation.id, to: deal.id, by: office.tom)
    try await office.parley.removeDeal(deal.id, by: office.maya)
    #expect(try await office.scene.count("SELECT count(*) FROM deal_conversations") == 0)
    #expect(try await office.parley.conversation(conversation.id, by: office.maya).panel.deals.isEmpty)
  }

  @Test(
    "a text is activity of the conversation's open deals; it is told of a deal only when it ends its rotting",
    arguments: [true, false])
  func activity(isByVisitor: Bool) async throws {
    let office = try await Office()
    let key = VisitorIdentity(siteID: office.siteID, key: VisitorKey(hash: "visitor"))
    try await office.parley.post(text: "Hello", clientID: "client-00001", from: key)
    let conversation = try await office.parley.conversations(ConversationFilter(), by: office.maya)
      .conversations[0]
    let (origin, linked) = (
      try await office.add(office.draft(conversationID: conversation.id)).deal,
      try await office.add(office.draft()).deal
    )
    let (won, other) = (
      try await office.add(office.draft(conversationID: conversation.id)).deal,
      try await office.add(office.draft()).deal
    )
    _ = try await office.parley.editDeal(won.id, DealChange(status: .won), by: office.maya)
    _ = try await office.parley.linkConversation(conversation.id, to: linked.id, by: office.maya)
    try await office.parley.write { transaction, _ in
      try transaction.execute("UPDATE stages SET rotting_days = 1")
      try transaction.execute("UPDATE deals SET last_activity_at = ?", Scene.now - 25 * 60 * 60 * 1000)
    }
    func write(_ number: Int) async throws {
      if isByVisitor {
        try await office.parley.post(text: "And?", clientID: "client-1000\(number)", from: key)
      } else {
        try await office.parley.post(
          AgentMessageDraft(clientID: "client-1000\(number)", conversationID: conversation.id, text: "And?"),
          by: office.maya)
      }
    }
    try await office.parley.post(
      AgentMessageDraft(
        clientID: "client-20000", conversationID: conversation.id, kind: .note, text: "Among us"),
      by: office.maya)
    #expect(try await office.parley.deal(origin.id, by: office.maya).rotting)
    _ = office.scene.takeAgentEvents()
    try await write(1)
    #expect(office.scene.takeAgentEvents().filter { $0 == "deal.changed" }.count == 2)
    try await write(2)
    #expect(office.scene.takeAgentEvents().filter { $0 == "deal.changed" }.isEmpty)
    for (deal, isActive) in [(origin, true), (linked, true), (won, false), (other, false)] {
      let now = try await office.parley.deal(deal.id, by: office.maya)
      #expect((now.lastActivityAt == Scene.now) == isActive)
    }
  }
}
