import Testing

@testable import ParleyCore

@Suite("A visitor's messages")
struct VisitorMessageTests {
  let shop: Workshop
  let parley: Parley

  init() async throws {
    shop = try await Workshop()
    parley = shop.parley
  }

  @Test("the first message creates the visitor and opens a conversation")
  func firstMessage() async throws {
    let visitor = shop.newcomer(page: Page(url: "https://acme.test/pricing", title: "Pricing"))
    let post = try await parley.post(text: " Hello\r\nthere ", clientID: "client-1", from: visitor)
    #expect(post.message.number == 1)
    #expect(post.message.text == "Hello\nthere")
    let list = try await parley.conversations(ConversationFilter(assignee: .unassigned), by: shop.agent)
    let conversation = try #require(list.conversations.first)
    #expect(list.conversations.count == 1 && list.next == nil)
    #expect(conversation.lastText == "Hello\nthere")
    #expect(conversation.pageTitle == "Pricing")
    // The page they came from, then what they wrote.
    let thread = try await parley.thread(of: conversation.id, .latest, by: shop.agent)
    #expect(thread.messages.map(\.kind) == [.page, .text])
    #expect(thread.messages.map(\.number) == [1, 2])
  }

  @Test("the agents' event bears the conversation; its activity is the event's own number")
  func activity() async throws {
    try await parley.post(text: "Hello", clientID: "client-1", from: shop.newcomer())
    let event = try #require(shop.events.last { $0.body.type == "message.added" })
    guard case .messageAdded(_, let conversation) = event.body else { return }
    #expect(conversation.activity == event.sequence)
  }

  @Test("who writes on writes into the thread as it is, whatever others did with it meanwhile")
  func writingOn() async throws {
    let visitor = shop.newcomer()
    let elsewhere = VisitorIdentity(
      siteID: visitor.siteID, key: visitor.key, page: Page(url: "https://acme.test/pricing", title: "Pricing")
    )
    try await parley.post(text: "Hello", clientID: "client-0", from: visitor)
    let id = try #require(try await parley.openConversation(of: visitor.key))
    let meanwhile: [@Sendable () async throws -> Void] = [
      { [shop] in try await shop.answer("Hi", to: id) },
      { [parley, shop] in
        _ = try await parley.updateConversation(
          id, ConversationChange(assigneeID: shop.owner.id), by: shop.agent)
      },
      // Stored already; but it tells of another page.
      { [parley] in try await parley.post(text: "Hello", clientID: "client-0", from: elsewhere) },
      { [parley] in try await parley.post(text: "Here too", clientID: "client-elsewhere", from: elsewhere) },
      { [parley] in try await parley.seen(1, from: visitor) },
      { [parley] in try await parley.identify(name: "Vera", email: nil, from: visitor) },
    ]
    for (index, step) in meanwhile.enumerated() {
      try await parley.post(text: "before \(index)", clientID: "client-before-\(index)", from: visitor)
      try await step()
      try await parley.post(text: "after \(index)", clientID: "client-after-\(index)", from: visitor)
      let thread = try await parley.thread(of: id, .latest, by: shop.agent)
      let conversation = try await parley.conversation(id, by: shop.agent).conversation
      #expect(thread.messages.map(\.number) == Array(1...conversation.lastNumber))
      #expect(thread.messages.last?.text == "after \(index)")
      #expect(conversation.lastText == "after \(index)")
      let own = try await parley.opening(after: 0, withMessages: true, for: visitor).messages
      #expect(own.map(\.number) == own.indices.map { Int64($0 + 1) })
    }
    let event = try #require(shop.events.last { $0.body.type == "message.added" })
    guard case .messageAdded(_, let conversation) = event.body else { return }
    #expect(conversation.assigneeID == shop.owner.id && conversation.name == "Vera")
    _ = try await parley.updateConversation(id, ConversationChange(status: .completed), by: shop.agent)
    try await parley.post(text: "Again", clientID: "client-again", from: visitor)
    #expect(try await parley.openConversation(of: visitor.key) != id)
  }

  @Test("a resent message is stored once, and comes back to its sender only")
  func resent() async throws {
    let visitor = shop.newcomer()
    let first = try await parley.post(text: "Hello", clientID: "client-1", from: visitor)
    shop.forgetEvents()
    let second = try await parley.post(text: "Hello", clientID: "client-1", from: visitor)
    #expect(second.message == first.message)
    #expect(shop.events.map(\.audience) == [.visitor(visitor.key, id: first.visitorID)])
    #expect(try await parley.opening(after: 0, withMessages: true, for: visitor).messages.count == 1)
  }

  @Test("a message that is resent after an answer leaves the answer unread")
  func resentAfterAnswer() async throws {
    let visitor = shop.newcomer()
    try await parley.post(text: "Hello", clientID: "client-1", from: visitor)
    let id = try #require(try await parley.openConversation(of: visitor.key))
    try await shop.answer("Hi", to: id)
    shop.forgetEvents()
    try await parley.post(text: "Hello", clientID: "client-1", from: visitor)
    guard case .visitorMessage(_, _, let unread) = shop.events.first?.body else {
      Issue.record("it is answered by the stored message")
      return
    }
    #expect(unread == 1)
  }

  @Test("a message resent after its conversation was completed opens no new one")
  func resentAfterCompletion() async throws {
    let visitor = shop.newcomer()
    try await parley.post(text: "Hello", clientID: "client-1", from: visitor)
    let id = try #require(try await parley.openConversation(of: visitor.key))
    try await parley.updateConversation(id, ConversationChange(status: .completed), by: shop.agent)
    try await parley.post(text: "Hello", clientID: "client-1", from: visitor)
    #expect(try await parley.openConversation(of: visitor.key) == nil)
  }

  @Test("the same client id of another visitor is another message")
  func sameClientID() async throws {
    let first = try await parley.post(text: "One", clientID: "client-1", from: shop.newcomer())
    let second = try await parley.post(text: "Two", clientID: "client-1", from: shop.newcomer())
    #expect(first.visitorID != second.visitorID)
    #expect(second.message.text == "Two")
  }

  @Test("first messages from two tabs at once make one visitor and one conversation, numbered without gaps")
  func twoTabs() async throws {
    let visitor = shop.newcomer()
    try await withThrowingTaskGroup { group in
      for tab in 0..<2 {
        for index in 0..<25 {
          group.addTask { [parley] in
            try await parley.post(text: "\(index)", clientID: "client-\(tab)-\(index)", from: visitor)
          }
        }
      }
      try await group.waitForAll()
    }
    let list = try await parley.conversations(ConversationFilter(), by: shop.agent)
    #expect(list.conversations.count == 1)
    let opening = try await parley.opening(after: 0, withMessages: true, for: visitor)
    #expect(opening.messages.map(\.number) == Array(1...50))
    let page = try await parley.thread(of: list.conversations[0].id, .latest, limit: 200, by: shop.agent)
    #expect(page.messages.map(\.number) == Array(1...50))
  }

  @Test("after completion the next message begins a new conversation; the visitor's numbers go on")
  func nextConversation() async throws {
    let (first, visitor) = try await shop.conversation()
    try await parley.updateConversation(first, ConversationChange(status: .completed), by: shop.agent)
    try await parley.post(text: "Me again", clientID: .client(), from: visitor)
    let second = try #require(try await parley.openConversation(of: visitor.key))
    #expect(second != first)
    let opening = try await parley.opening(after: 0, withMessages: true, for: visitor)
    #expect(opening.messages.map(\.number) == [1, 2, 3])
    #expect(opening.messages.map(\.status) == [nil, .completed, nil])
    #expect(opening.status == .open)
  }

  @Test(
    "a text has 1 to 10,000 characters",
    arguments: [
      ("", "message.text.required"), (" \n\t\u{0} ", "message.text.required"),
      (String(repeating: "x", count: 10_001), "message.text.too-long"),
    ])
  func refusedTexts(text: String, code: String) async throws {
    let visitor = shop.newcomer()
    await #expect(throws: ParleyError.invalid(Invalid(code: code, fields: ["text": code]))) {
      try await parley.post(text: text, clientID: "client-1", from: visitor)
    }
    #expect(try await parley.opening(after: 0, withMessages: true, for: visitor).visitorID == nil)
  }

  @Test("the longest text is stored whole", arguments: ["x", "é", "👍🏽"])
  func longestText(unit: String) async throws {
    let text = String(repeating: unit, count: 10_000 / unit.unicodeScalars.count)
    let post = try await parley.post(text: text, clientID: "client-1", from: shop.newcomer())
    #expect(post.message.text == text)
  }

  @Test(
    "the list shows the beginning of a text, whatever its characters are made of",
    arguments: [
      (String(repeating: "x", count: 141), 140), (String(repeating: "👍🏽", count: 141), 280),
      ("e" + String(repeating: "\u{301}", count: 9_999), 560),
    ])
  func lastText(text: String, scalars: Int) async throws {
    let (id, _) = try await shop.conversation(text)
    let lastText = try await parley.conversation(id, by: shop.agent).conversation.lastText
    #expect(lastText.unicodeScalars.count == scalars)
  }

  @Test(
    "a client id has 8 to 64 characters of its alphabet",
    arguments: ["", "short", "has space", "accénted!", String(repeating: "a", count: 65)])
  func refusedClientIDs(id: String) async {
    await #expect(throws: ParleyError.self) {
      try await parley.post(text: "Hello", clientID: id, from: shop.newcomer())
    }
  }

  @Test("a visitor's token opens nothing on another site")
  func otherSite() async throws {
    let (_, visitor) = try await shop.conversation("A secret")
    let other = try await parley.addSite(SiteDraft(name: "Other"), by: shop.owner)
    let stranger = VisitorIdentity(siteID: other.id, key: visitor.key)
    await #expect(throws: ParleyError.permissionDenied) {
      try await parley.post(text: "Hello", clientID: "client-1", from: stranger)
    }
    #expect(try await parley.opening(after: 0, withMessages: true, for: stranger).messages.isEmpty)
    #expect(try await parley.history(before: 100, for: stranger).messages.isEmpty)
  }
}
