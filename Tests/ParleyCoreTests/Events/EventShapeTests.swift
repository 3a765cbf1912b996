import Foundation
import Testing

@testable import ParleyCore

@Suite("Events as clients get them")
struct EventShapeTests {
  /// The keys of an object and of the objects in it, as `message.text`.
  private func keys(_ event: Event) throws -> Set<String> {
    try Self.keys(of: JSONDecoder().decode(Tree.self, from: Data(event.json)), "")
  }

  private static func keys(of tree: Tree, _ path: String) -> Set<String> {
    guard case .object(let members) = tree else { return [] }
    return members.reduce(into: []) { keys, member in
      keys.insert(path + member.key)
      keys.formUnion(Self.keys(of: member.value, path + member.key + "."))
    }
  }

  private static let conversation = [
    "id", "status", "assigneeID", "activity", "lastNumber", "lastTextNumber", "agentsSeenNumber",
    "visitorSeenNumber", "lastText", "lastAuthor", "lastAgentID", "lastAt", "createdAt", "siteID",
    "visitorID", "name", "email",
    "pageURL", "pageTitle", "online",
  ]
  private static let message = [
    "id", "conversationID", "number", "kind", "author", "agentID", "clientID", "text", "detail", "createdAt",
  ]

  @Test("an added message has every key of the interface, absent values as null, and no readNumber")
  func messageAdded() async throws {
    let shop = try await Workshop()
    _ = try await shop.conversation()
    let event = try #require(shop.events.first { $0.body.type == "message.added" })
    let expected =
      ["type", "sequence", "message", "conversation"] + Self.conversation.map { "conversation." + $0 }
      + Self.message.map { "message." + $0 }
    #expect(try keys(event) == Set(expected))
  }

  @Test("a visitor's message has the visitor's keys only")
  func visitorMessage() async throws {
    let shop = try await Workshop()
    let (id, _) = try await shop.conversation()
    shop.forgetEvents()
    try await shop.answer("Hi", to: id)
    let event = try #require(shop.events.first { $0.body.type == "message" })
    let message = ["number", "author", "agentID", "clientID", "kind", "text", "status", "createdAt"]
    let expected =
      ["type", "message", "agent", "unread", "agent.id", "agent.name"] + message.map { "message." + $0 }
    #expect(try keys(event) == Set(expected))
  }

  @Test("what is written by hand is what the encoder writes", arguments: Self.handwritten)
  func handwriting(body: EventBody) throws {
    for sequence in [nil, Int64.max] {
      let envelope = EventEnvelope(sequence: sequence, body: body)
      #expect(try String(decoding: envelope.json(), as: UTF8.self) == JSON.text(envelope))
    }
  }

  private static var handwritten: [EventBody] {
    let odd = "\"é\\\n\u{1}𝄞"
    let plain = Message(
      id: 1, conversationID: 2, number: 3, kind: .text, author: .visitor, agentID: nil, clientID: nil,
      text: odd,
      detail: nil, createdAt: -4, visitorNumber: 5)
    var full = plain
    full.agentID = 6
    full.clientID = odd
    full.detail = .page(url: odd, title: odd)
    let quiet = Conversation(
      id: 1, status: .open, assigneeID: nil, activity: 2, lastNumber: 3, lastTextNumber: 4, readNumber: nil,
      agentsSeenNumber: 5, visitorSeenNumber: 6, lastText: odd, lastAuthor: .visitor, lastAgentID: nil,
      lastAt: 7,
      createdAt: 8, siteID: 9, visitorID: 10, name: odd, email: odd, pageURL: odd, pageTitle: odd,
      online: false)
    var busy = quiet
    busy.assigneeID = 11
    busy.readNumber = 12
    busy.lastAgentID = 13
    busy.status = .completed
    busy.online = true
    let seen = VisitorMessage(
      number: 1, author: .visitor, agentID: nil, clientID: nil, kind: .text, text: odd, status: nil,
      createdAt: 2)
    let closed = VisitorMessage(
      number: 1, author: .system, agentID: 3, clientID: odd, kind: .status, text: "", status: .completed,
      createdAt: 2)
    return [
      .messageAdded(plain, quiet), .messageAdded(full, busy), .visitorMessage(seen, agent: nil, unread: 0),
      .visitorMessage(closed, agent: AgentReference(id: 4, name: odd), unread: 100),
    ]
  }

  @Test("a row of the counts names nobody as null")
  func counts() async throws {
    let shop = try await Workshop()
    _ = try await shop.conversation()
    let event = try #require(shop.events.first { $0.body.type == "counts.changed" })
    let json = String(decoding: event.json, as: UTF8.self)
    #expect(json.contains("\"assigneeID\":null"))
    #expect(json.contains("\"status\":\"open\""))
    #expect(json.contains("\"count\":1"))
  }

  @Test(
    "the detail of an entry reads as it was written",
    arguments: [
      (MessageDetail.page(url: "https://a.test/", title: "A"), ["url", "title"]),
      (.assigned(agentID: 1), ["status", "assigneeID"]), (.unassigned, ["status"]), (.completed, ["status"]),
      (.reopened, ["status"]), (.identified(name: "N", email: "e"), ["status", "name", "email"]),
      (.dealAdded(dealID: 1, title: "T"), ["status", "dealID", "title"]),
      (.dealLinked(dealID: 1, title: "T"), ["status", "dealID", "title"]),
      (.dealUnlinked(dealID: 1, title: "T"), ["status", "dealID", "title"]),
    ])
  func details(detail: MessageDetail, keys: [String]) throws {
    let text = try JSON.text(detail)
    #expect(try JSON.value(MessageDetail.self, from: text) == detail)
    #expect(Self.keys(of: try JSON.value(Tree.self, from: text), "") == Set(keys))
  }
}

/// Any JSON value, of which only the objects are of interest.
private enum Tree: Decodable {
  case object([String: Tree])
  case other

  init(from decoder: any Decoder) throws {
    // Not an object: the other case.
    if let members = try? decoder.singleValueContainer().decode([String: Tree].self) {
      self = .object(members)
    } else {
      self = .other
    }
  }
}
