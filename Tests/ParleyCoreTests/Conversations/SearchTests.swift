import Testing

@testable import ParleyCore

@Suite("Searching conversations")
struct SearchTests {
  let shop: Workshop
  let parley: Parley

  init() async throws {
    shop = try await Workshop()
    parley = shop.parley
  }

  private func found(_ text: String) async throws -> [SearchResult] {
    try await parley.searchConversations(text, by: shop.agent).results
  }

  @Test(
    "a message is found by its words, as people write them",
    arguments: [
      ("Où est le café crème ?", "cafe creme"), ("Où est le café crème ?", "CAFÉ"),
      ("Où est le café crème ?", "crè"), ("ask anna@example.com please", "anna@example.com"),
      ("ask anna@example.com please", "anna@exam"), ("ask anna@example.com please", "example"),
      ("he said \"never again\"", "\"never again\""), ("AND OR NOT NEAR", "not near"),
      ("price: 20*5 (net)", "20*5"), ("price: 20*5 (net)", "(net)"), ("path a-b^c {x}", "a-b^c {x}"),
      ("first and last", "last first"), ("Привет, мир", "привет"), ("text:hidden", "text:hidden"),
    ])
  func found(text: String, query: String) async throws {
    let (id, _) = try await shop.conversation(text)
    _ = try await shop.conversation("something else entirely")
    let results = try await found(query)
    #expect(results.map(\.conversation.id) == [id])
    #expect(results.first?.hit.parts.contains { $0.match } == true)
    #expect(results.first?.hit.field == .message)
    #expect(results.first?.hit.messageNumber == 1)
  }

  @Test(
    "what is no word, or is not there, finds nothing and breaks nothing",
    arguments: [
      "", " ", "\"", "*", "()", "^", "-", "NEAR(", "text:", "nowhere", "hello nowhere", "';--", "\u{0}",
      "\"\"\"", "OR", "a\u{E000}b",
    ])
  func nothing(query: String) async throws {
    _ = try await shop.conversation("hello there")
    #expect(try await found(query).isEmpty)
  }

  @Test(
    "a hit before what joins the character before it is marked all the same",
    arguments: ["a1\u{FE0F}\u{20E3}", "a1\u{200D}"])
  func joined(text: String) async throws {
    _ = try await shop.conversation(text + " times")
    let parts = try await found("a1").first?.hit.parts
    #expect(parts?.first == .init(text: "a1", match: true))
    #expect(parts?.map(\.text).joined() == text + " times")
  }

  @Test("the parts are the text around the hit, in order, with the hit marked")
  func parts() async throws {
    _ = try await shop.conversation("the quick brown fox")
    let parts = try await found("quick fox").first?.hit.parts
    #expect(
      parts == [
        .init(text: "the ", match: false), .init(text: "quick", match: true),
        .init(text: " brown ", match: false), .init(text: "fox", match: true),
      ])
  }

  @Test("an agent finds notes")
  func notes() async throws {
    let (id, _) = try await shop.conversation()
    try await shop.answer("beware of the dog", to: id, kind: .note)
    #expect(try await found("beware").map(\.conversation.id) == [id])
  }

  @Test(
    "a person is found by the name and the address they gave, or that their contact has",
    arguments: [
      "vera", "Véra Vis", "vera@home", "carla", "client.test",
    ])
  func people(query: String) async throws {
    _ = try await shop.contact("Carla Contact", "carla@client.test")
    let (known, contactsVisitor) = try await shop.conversation()
    try await parley.identify(name: "C.", email: "carla@client.test", from: contactsVisitor)
    let (new, visitor) = try await shop.conversation()
    try await parley.identify(name: "Vera Visitor", email: "vera@home.test", from: visitor)
    let results = try await found(query)
    let expected = query.lowercased().hasPrefix("v") ? new : known
    #expect(results.map(\.conversation.id) == [expected])
    #expect(results.first?.hit.field == .person)
    #expect(results.first?.hit.messageNumber == nil)
  }

  @Test("a conversation is a result once, at its newest hit, over all pages", arguments: [1, 2, 3, 100])
  func oncePerConversation(limit: Int) async throws {
    var conversations: [(id: Int64, visitor: VisitorIdentity)] = []
    for number in 0..<5 { conversations.append(try await shop.conversation("needle \(number)")) }
    for round in 0..<4 {
      for (_, visitor) in conversations {
        try await parley.post(text: "needle again \(round)", clientID: .client(), from: visitor)
        try await parley.post(text: "hay", clientID: .client(), from: visitor)
      }
    }
    // This one is also found by its person.
    try await parley.identify(name: "Nora Needle", email: nil, from: conversations[2].visitor)
    var seen: [Int64] = []
    var numbers: [Int64?] = []
    var cursor: String?
    repeat {
      let page = try await parley.searchConversations("needle", from: cursor, limit: limit, by: shop.agent)
      seen += page.results.map(\.conversation.id)
      numbers += page.results.map(\.hit.messageNumber)
      cursor = page.next
    } while cursor != nil
    #expect(seen == [2, 4, 3, 1, 0].map { conversations[$0].id })
    #expect(numbers == [nil, 8, 8, 8, 8])
  }

  @Test(
    "a cursor that is none of ours is refused",
    arguments: ["x1", "m", "", "m1x", "-", "m1.", "m1.!", "m1..2"])
  func cursors(cursor: String) async {
    await #expect(throws: ParleyError.invalid(Invalid(fields: ["before": "search.cursor.invalid"]))) {
      try await parley.searchConversations("hello", from: cursor, by: shop.agent)
    }
  }

  @Test("a renamed visitor is found by the new name and no more by the old")
  func renamed() async throws {
    let (_, visitor) = try await shop.conversation()
    try await parley.identify(name: "Oldname", email: nil, from: visitor)
    try await parley.identify(name: "Newname", email: nil, from: visitor)
    // The thread's status lines are not searched.
    #expect(try await found("Oldname").isEmpty)
    #expect(try await found("Newname").count == 1)
  }

  /// So that a page costs what it shows: FTS5 would first gather all the messages that any of the words has.
  @Test(
    "a long beginning is looked for by the words that begin so",
    arguments: [
      ("plan", #"("plan" OR "plane" OR "plans")"#),
      ("yearly PLAN", #""yearly" AND ("plan" OR "plane" OR "plans")"#),
      ("plan yearl", #""plan" AND ("yearly")"#), ("Numér", #"("numero" OR "numeros")"#), ("pla", #""pla"*"#),
      ("p", #""p""#), ("nowhere", #""nowhere"*"#), ("anna@exam", #""anna@exam"*"#), ("приве", #""приве"*"#),
      ("item", #""item"*"#),
    ])
  func expression(typed: String, expected: String) async throws {
    _ = try await shop.conversation("the yearly plan, or plans for a plane: Numéro, numeros, Привет")
    _ = try await shop.conversation((0..<40).map { "item\($0)" }.joined(separator: " "))
    _ = try await found(typed)
    let expression = try await parley.read {
      try VocabularyRecords.expression(PrefixSearch(typed), for: .messages, in: $0)
    }
    #expect(expression == expected)
  }

  @Test(
    "what begins as the last word does is found newest first, by few words or many",
    arguments: [1, 5, 32, 33, 60])
  func beginnings(words: Int) async throws {
    var conversations: [Int64] = []
    for number in 0..<2 * words {
      conversations.append(try await shop.conversation("article\(number % words) here").id)
    }
    let page = try await parley.searchConversations("here ARTIC", limit: 100, by: shop.agent)
    #expect(page.results.map(\.conversation.id) == Array(conversations.reversed().prefix(100)))
    #expect(page.results.first?.hit.parts.first == .init(text: "article\(words - 1)", match: true))
  }

  @Test("who was told that their message is stored finds it, however many write and search meanwhile")
  func atOnce() async throws {
    try await withThrowingTaskGroup { group in
      for writer in 0..<8 {
        let visitor = shop.newcomer()
        group.addTask { [parley, shop] in
          for number in 0..<60 {
            let word = "writer\(writer)number\(number)"
            try await parley.post(text: word, clientID: .client(), from: visitor)
            guard number % 10 == 0 else { continue }
            #expect(try await parley.searchConversations(word, by: shop.agent).results.count == 1)
          }
        }
      }
      try await group.waitForAll()
    }
    for writer in 0..<8 { #expect(try await found("writer\(writer)number59").count == 1) }
  }

  @Test(
    "what was written before a restart is found after it; until then the data is whole",
    arguments: [1, 255, 256, 257, 300])
  func restart(count: Int) async throws {
    let visitor = shop.newcomer()
    for number in 1...count {
      try await parley.post(text: "number\(number)", clientID: .client(), from: visitor)
    }
    await parley.close()
    #expect(try Parley.check(shop.path).faults == [])
    let restarted = try Parley(path: shop.path, now: { 1_700_000_000_000 }, publish: { _ in })
    for number in [1, count] {
      #expect(try await restarted.searchConversations("number\(number)", by: shop.agent).results.count == 1)
    }
    try await restarted.post(text: "afterwards", clientID: .client(), from: visitor)
    #expect(try await restarted.searchConversations("afterwards", by: shop.agent).results.count == 1)
    await restarted.close()
    #expect(try Parley.check(shop.path).faults == [])
  }

  @Test("the index stays in few pieces, however often a little is added to it, and finds all of it")
  func pieces() async throws {
    let visitor = shop.newcomer()
    var most = 0
    for number in 1...300 {
      try await parley.post(text: "number\(number) of a talk", clientID: .client(), from: visitor)
      // Each search puts into the index what was written since the last.
      #expect(try await found("number\(number)").count == 1)
      most = max(most, try await parley.read { try SearchRecords.piecesOfMessages(in: $0) })
    }
    // FTS5 itself, which merges 16 pieces at the latest, would let it come to 19.
    #expect((2...10).contains(most))
    #expect(try await found("number1").count == 1)
  }

  @Test("texts are put into the index by their number, or sooner by their length")
  func bounds() async throws {
    let visitor = shop.newcomer()
    let indexed = { [parley] in
      try await parley.read { try SearchRecords.lastIndexedMessage(in: $0) }
    }
    for number in 1...255 {
      try await parley.post(text: "short\(number)", clientID: .client(), from: visitor)
    }
    #expect(try await indexed() == 0)
    try await parley.post(text: "the last", clientID: .client(), from: visitor)
    let before = try await indexed()
    #expect(before > 0)
    let long = String(repeating: "long ", count: 800)
    for _ in 1...8 { try await parley.post(text: long, clientID: .client(), from: visitor) }
    #expect(try await indexed() == before)
    try await parley.post(text: long, clientID: .client(), from: visitor)
    #expect(try await indexed() == before + 9)
  }

  @Test("a write that comes to nothing leaves what is found as it was")
  func undone() async throws {
    let (id, _) = try await shop.conversation("kept")
    #expect(try await found("kept").count == 1)
    await #expect(throws: ParleyError.self) {
      try await parley.write { [presence = parley.presence] transaction, changes in
        var thread = try ConversationThread.load(id, presence, in: transaction)
        try thread.append(.text("undone", clientID: "client-undone"), in: transaction, changes)
        throw ParleyError.notFound
      }
    }
    #expect(try await found("undone").isEmpty)
    try await shop.conversation("later")
    #expect(try await found("later").count == 1)
    #expect(try await found("kept").count == 1)
  }
}
