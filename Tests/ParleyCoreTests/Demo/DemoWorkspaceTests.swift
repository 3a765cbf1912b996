import Foundation
import SQLite
import Testing

@testable import ParleyCore

@Suite("The demo workspace")
struct DemoWorkspaceTests {
  private static let website = "http://127.0.0.1:8081"

  private func demo() throws -> DemoWorkspace {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../..")
    return try DemoWorkspace(contentsOf: root.appending(path: "fixtures/demo/workspace.json").path)
  }

  @Test("it loads into an empty database, once, and publishes nothing")
  func loads() async throws {
    let scene = try Scene()
    let demo = try demo()
    try await scene.parley.load(demo, website: Self.website)
    #expect(try await scene.count("SELECT count(*) FROM agents") == 3)
    #expect(try await scene.count("SELECT count(*) FROM accounts") == demo.accounts.count)
    #expect(try await scene.count("SELECT count(*) FROM contacts") == demo.contacts.count)
    #expect(try await scene.count("SELECT count(*) FROM visitors") == demo.visitors.count)
    #expect(try await scene.count("SELECT count(*) FROM conversations") == demo.conversations.count)
    #expect(try await scene.count("SELECT count(*) FROM deals") == demo.deals.count)
    #expect(scene.events.isEmpty)
    await #expect(throws: ParleyError.setUpDone) {
      try await scene.parley.load(demo, website: Self.website)
    }
    #expect(try await scene.count("SELECT count(*) FROM deals") == demo.deals.count)
  }

  /// Each is a count of rows that contradict what the product holds to.
  @Test(
    "what it leaves is what the product would have left",
    arguments: [
      "the counts of conversations": """
      SELECT count(*) FROM (SELECT status, ifnull(assignee_id, 0) AS assignee, count(*) AS n FROM conversations GROUP BY 1, 2) r
        FULL JOIN (SELECT * FROM conversation_counts WHERE count > 0) c
          ON c.status = r.status AND c.assignee_id = r.assignee
        WHERE r.n IS NOT c.count
      """,
      "the numbers of entries": """
      SELECT count(*) FROM conversations c WHERE last_number <> (SELECT count(*) FROM messages WHERE conversation_id = c.id)
        OR last_number <> (SELECT max(number) FROM messages WHERE conversation_id = c.id)
      """,
      "the numbers that visitors see": """
      SELECT count(*) FROM visitors v
        WHERE last_number <> (SELECT count(visitor_number) FROM messages WHERE visitor_id = v.id)
          OR last_number <> (SELECT ifnull(max(visitor_number), 0) FROM messages WHERE visitor_id = v.id)
      """,
      "the last texts": """
      SELECT count(*) FROM conversations c JOIN messages m
          ON m.conversation_id = c.id AND m.number = c.last_text_number
        WHERE c.last_text <> substr(m.text, 1, 140) OR c.last_author <> m.author OR c.last_at <> m.created_at
      """,
      "one activity a conversation": "SELECT count(*) - count(DISTINCT activity) FROM conversations",
      "the order of activity": """
      SELECT count(*) FROM conversations a JOIN conversations b ON a.activity < b.activity
        WHERE a.last_at > b.last_at AND a.status = 'open' AND b.status = 'open'
      """,
      "activity within the log": """
      SELECT count(*) FROM conversations WHERE activity > (SELECT seq FROM sqlite_sequence WHERE name = 'events')
      """,
      "times in the future or backwards": """
      SELECT count(*) FROM messages a LEFT JOIN messages b
          ON b.conversation_id = a.conversation_id AND b.number = a.number + 1
        WHERE a.created_at > 1795455000000 OR b.created_at < a.created_at
      """,
      "marks beyond the thread": """
      SELECT count(*) FROM conversations c LEFT JOIN conversation_reads r ON r.conversation_id = c.id
        WHERE c.agents_seen_number > c.last_number OR c.visitor_seen_number > c.last_number
          OR r.number > c.last_number
      """,
      "visitors who are other contacts than their address says": """
      SELECT count(*) FROM visitors v JOIN contacts c ON c.email_key = lower(v.email)
        WHERE v.contact_id IS NOT c.id
      """,
      "texts that cannot be found": """
      SELECT (SELECT count(*) FROM messages WHERE kind IN ('text', 'note')) - count(*) FROM message_search_docsize
      """,
      "broken references": "SELECT count(*) FROM pragma_foreign_key_check",
    ])
  func invariants(rule: String, sql: String) async throws {
    let scene = try Scene()
    try await scene.parley.load(try demo(), website: Self.website)
    #expect(try await scene.count(sql) == 0, "\(rule)")
  }

  @Test("the team has work to do: unread, unassigned, mine and completed conversations")
  func work() async throws {
    let scene = try Scene()
    try await scene.parley.load(try demo(), website: Self.website)
    let maya = AgentIdentity(id: 1, name: "Maya Lindqvist", role: .owner)
    for assignee in [ConversationFilter.Assignee.mine, .unassigned, .all] {
      let list = try await scene.parley.conversations(
        ConversationFilter(assignee: assignee, status: .open), by: maya
      ).conversations
      #expect(list.count >= 3)
      #expect(list.map(\.activity) == list.map(\.activity).sorted(by: >))
      #expect(list.contains { $0.lastTextNumber > $0.readNumber ?? 0 && $0.lastAuthor == .visitor })
    }
    let completed = try await scene.parley.conversations(
      ConversationFilter(assignee: .all, status: .completed), by: maya)
    #expect(completed.conversations.count >= 8)
  }

  @Test("its agents can sign in")
  func signIn() async throws {
    let scene = try Scene()
    let demo = try demo()
    try await scene.parley.load(demo, website: Self.website)
    for email in demo.agentEmails {
      _ = try await scene.parley.signIn(email: email, password: demo.password, from: "127.0.0.1")
    }
  }

  @Test("its deals stand in every stage, in several currencies, some overdue")
  func deals() async throws {
    let scene = try Scene()
    try await scene.parley.load(try demo(), website: Self.website)
    let maya = AgentIdentity(id: 1, name: "Maya Lindqvist", role: .owner)
    var deals: [Deal] = []
    var filter = DealFilter()
    filter.status = .all
    let page = try await scene.parley.deals(filter, order: .rank, after: nil, limit: 100, by: maya)
    deals = page.deals
    #expect(deals.count == page.count && page.next == nil)
    let pipelines = try await scene.parley.pipelines(by: maya)
    #expect(Set(deals.map(\.stage)) == Set(pipelines.flatMap(\.stages)) && pipelines.count == 2)
    #expect(deals.contains { $0.rotting } && deals.contains { !$0.tags.isEmpty })
    #expect(deals.contains { $0.nextTask?.overdue ?? false })
    #expect(deals.filter { $0.status == .lost }.allSatisfy { !$0.lostReason.isEmpty })
    #expect(deals.allSatisfy { ($0.status == .open) == ($0.closedAt == nil) })
    #expect(try await scene.differingTotals() == 0)
    #expect(Set(deals.map(\.value.currency.exponent)) == [0, 2, 3])
    #expect(Set(deals.map(\.status)) == [.open, .won, .lost])
    #expect(deals.contains { $0.overdue } && deals.contains { !$0.overdue && $0.forecastedCloseOn != nil })
    #expect(Set(deals.flatMap(\.secondaryContacts).map(\.role)) == ["Contributor", "Decision Maker"])
    #expect(deals.contains { $0.description.count > 1000 })
  }

  @Test("a website that is no origin is refused, and leaves nothing")
  func website() async throws {
    let scene = try Scene()
    let demo = try demo()
    await #expect(throws: ParleyError.self) { try await scene.parley.load(demo, website: "nonsense") }
    #expect(try await scene.count("SELECT count(*) FROM workspace") == 0)
  }
}
