import SQLite
import Testing

@testable import ParleyCore

@Suite("The list of conversations")
struct ConversationListTests {
  let shop: Workshop
  let parley: Parley

  init() async throws {
    shop = try await Workshop()
    parley = shop.parley
  }

  @Test(
    "pages follow each other without a gap or a repetition, newest activity first",
    arguments: [1, 2, 3, 7, 50])
  func paging(limit: Int) async throws {
    var ids: [Int64] = []
    for number in 1...7 { ids.append(try await shop.conversation("Hello \(number)").id) }
    // The first comes to the top again; a note on the second does not move it.
    try await shop.answer("Hi", to: ids[0])
    try await shop.answer("hm", to: ids[1], kind: .note)
    let expected = [ids[0]] + ids.dropFirst().reversed()
    var seen: [Int64] = []
    var next: Int64?
    repeat {
      let page = try await parley.conversations(
        ConversationFilter(), before: next, limit: limit, by: shop.agent)
      #expect(page.conversations.count <= limit)
      seen += page.conversations.map(\.id)
      next = page.next
    } while next != nil
    #expect(seen == expected)
  }

  @Test("each filter shows its own")
  func filters() async throws {
    let (mine, _) = try await shop.conversation()
    let (others, _) = try await shop.conversation()
    let (nobodys, _) = try await shop.conversation()
    let (done, _) = try await shop.conversation()
    try await parley.updateConversation(
      mine, ConversationChange(assigneeID: shop.agent.id), by: shop.agent)
    try await parley.updateConversation(
      others, ConversationChange(assigneeID: shop.owner.id), by: shop.agent)
    try await parley.updateConversation(done, ConversationChange(status: .completed), by: shop.agent)
    let table: [(ConversationFilter, Set<Int64>)] = [
      (ConversationFilter(assignee: .all), [mine, others, nobodys]),
      (ConversationFilter(assignee: .mine), [mine]),
      (ConversationFilter(assignee: .unassigned), [nobodys]),
      (ConversationFilter(assignee: .all, status: .completed), [done]),
      (ConversationFilter(assignee: .mine, status: .completed), []),
      (ConversationFilter(assignee: .unassigned, status: .completed), [done]),
    ]
    for (filter, expected) in table {
      let list = try await parley.conversations(filter, by: shop.agent)
      #expect(Set(list.conversations.map(\.id)) == expected, "\(filter)")
    }
  }

  @Test("what is unread of one's own or of nobody's is counted, up to a hundred")
  func unread() async throws {
    func unread(_ agent: AgentIdentity) async throws -> UnreadConversations {
      try await parley.unreadConversations(by: agent)
    }
    let (mine, visitor) = try await shop.conversation()
    let (others, _) = try await shop.conversation()
    let (nobodys, _) = try await shop.conversation()
    let (done, _) = try await shop.conversation()
    for (id, assignee) in [(mine, shop.agent.id), (others, shop.owner.id)] {
      try await parley.updateConversation(id, ConversationChange(assigneeID: assignee), by: shop.owner)
    }
    try await parley.updateConversation(done, ConversationChange(status: .completed), by: shop.agent)
    #expect(try await unread(shop.agent) == UnreadConversations(count: 2, isExact: true))
    try await parley.read(nobodys, upTo: 99, by: shop.agent)
    #expect(try await unread(shop.agent).count == 1)
    #expect(try await unread(shop.owner).count == 2)
    try await shop.answer("Hi", to: mine)
    #expect(try await unread(shop.agent).count == 0)
    try await parley.post(text: "And?", clientID: .client(), from: visitor)
    #expect(try await unread(shop.agent).count == 1)
    for _ in 0..<99 { _ = try await shop.conversation() }
    #expect(try await unread(shop.agent) == UnreadConversations(count: 100, isExact: true))
    _ = try await shop.conversation()
    #expect(try await unread(shop.agent) == UnreadConversations(count: 100, isExact: false))
  }

  @Test("the counts are those of a recount after anything that happened", arguments: [1, 2, 3])
  func counts(seed: UInt64) async throws {
    var dice = Dice(state: seed)
    var visitors: [VisitorIdentity] = []
    for _ in 0..<6 { visitors.append(try await shop.conversation().visitor) }
    for _ in 0..<60 {
      let visitor = visitors.randomElement(using: &dice)!
      let open = try await parley.openConversation(of: visitor.key)
      let all = try await parley.conversations(
        ConversationFilter(status: .completed), limit: 100, by: shop.agent
      ).conversations.map(\.id)
      let id = open ?? all.randomElement(using: &dice)!
      let assignees: [Int64?] = [nil, shop.agent.id, shop.owner.id]
      do {
        switch Int.random(in: 0..<5, using: &dice) {
        case 0:
          let assignee = assignees.randomElement(using: &dice)!
          try await parley.updateConversation(
            id, ConversationChange(assigneeID: .some(assignee)), by: shop.agent)
        case 1:
          try await parley.updateConversation(id, ConversationChange(status: .completed), by: shop.agent)
        case 2: try await parley.updateConversation(id, ConversationChange(status: .open), by: shop.agent)
        case 3: try await parley.post(text: "Hello", clientID: .client(), from: visitor)
        default: try await shop.answer("Hi", to: id)
        }
      } catch ParleyError.otherConversationOpen {
        // One of the outcomes, and it must leave the counts alone.
      }
    }
    let kept = try await parley.counts(by: shop.agent).filter { $0.count > 0 }
    let recounted = try await parley.read { snapshot in
      try snapshot.rows(
        "SELECT status, assignee_id, count(*) FROM conversations GROUP BY status, assignee_id"
      ) { row in
        CountRow(
          status: Conversation.Status(rawValue: row.text(0))!, assigneeID: row.optionalInt64(1),
          count: row.int(2))
      }
    }
    #expect(Set(kept) == Set(recounted))
    // And whoever only followed the events knows the same.
    var followed: [String: CountRow] = [:]
    for event in shop.events {
      guard case .countsChanged(let rows) = event.body else { continue }
      for row in rows { followed["\(row.status) \(row.assigneeID ?? 0)"] = row }
    }
    #expect(Set(followed.values.filter { $0.count > 0 }) == Set(recounted))
  }

  @Test("an unknown assignee is refused, and nothing has happened")
  func unknownAssignee() async throws {
    let (id, _) = try await shop.conversation()
    shop.forgetEvents()
    await #expect(
      throws: ParleyError.invalid(Invalid(fields: ["assigneeID": "conversation.assignee.unknown"]))
    ) {
      try await parley.updateConversation(
        id, ConversationChange(assigneeID: 999, status: .completed), by: shop.agent)
    }
    #expect(shop.events.isEmpty)
    #expect(try await parley.conversation(id, by: shop.agent).conversation.status == .open)
  }

  @Test("what a conversation is already changes nothing and tells nobody")
  func noChange() async throws {
    let (id, _) = try await shop.conversation()
    shop.forgetEvents()
    try await parley.updateConversation(
      id, ConversationChange(assigneeID: .some(nil), status: .open), by: shop.agent)
    #expect(shop.events.isEmpty)
  }
}

/// The same throws each time: a linear congruential generator (Knuth, MMIX), of which the upper bits are used.
private struct Dice: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 32
  }
}
