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
    #expect(try await scene.count("SELECT count(*) FROM merges") == demo.merges.count && !demo.merges.isEmpty)
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
    let maya = AgentIdentity(id: 1, name: "Maya Lindqvist", role: .owner)
    _ = try await scene.parley.searchConversations("hello", by: maya)
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
    #expect(try await scene.disagreements() == [])
    #expect(Set(deals.map(\.value.currency.exponent)) == [0, 2, 3])
    #expect(Set(deals.map(\.status)) == [.open, .won, .lost])
    #expect(deals.contains { $0.overdue } && deals.contains { !$0.overdue && $0.forecastedCloseOn != nil })
    #expect(Set(deals.flatMap(\.secondaryContacts).map(\.role)) == ["Contributor", "Decision Maker"])
    #expect(deals.contains { $0.description.count > 1000 })
  }

  /// Each is a count of what there is at least so much of.
  private static let life: [(what: String, sql: String, least: Int)] = [
    ("fields of one's own in use", "SELECT count(DISTINCT field_id) FROM deal_fields", 6),
    ("those of contacts", "SELECT count(DISTINCT field_id) FROM contact_fields", 3),
    ("those of accounts", "SELECT count(DISTINCT field_id) FROM account_fields", 4),
    (
      "groups with members and rights",
      """
      SELECT count(*) FROM agent_groups WHERE is_everyone = 0 AND id IN (SELECT group_id FROM agent_group_members)
        AND id IN (SELECT group_id FROM pipeline_rights)
      """, 2
    ),
    ("pages with a view for everyone", "SELECT count(DISTINCT kind) FROM views WHERE is_shared = 1", 3),
    (
      "agents with a task that is late",
      "SELECT count(DISTINCT assignee_id) FROM tasks WHERE due_on < date(1795455000, 'unixepoch') AND done_at IS NULL",
      3
    ),
    (
      "agents with a task for later",
      "SELECT count(DISTINCT assignee_id) FROM tasks WHERE due_on > date(1795455000, 'unixepoch') AND done_at IS NULL",
      3
    ),
    ("tasks of contacts and accounts", "SELECT count(*) FROM tasks WHERE deal_id IS NULL", 6),
    (
      "months in which deals were won",
      "SELECT count(DISTINCT strftime('%m', closed_at / 1000, 'unixepoch')) FROM deals WHERE status = 'won'",
      3
    ),
    ("currencies of what was won", "SELECT count(DISTINCT currency) FROM deals WHERE status = 'won'", 3),
    ("reasons for losing", "SELECT count(DISTINCT lost_reason) FROM deals WHERE status = 'lost'", 4),
    ("automations that have run", "SELECT count(DISTINCT automation_id) FROM automation_runs", 4),
    ("ends that runs have come to", "SELECT count(DISTINCT status) FROM automation_runs", 3),
    ("agents who were told something", "SELECT count(DISTINCT agent_id) FROM notifications", 3),
  ]

  @Test("no page of it is empty")
  func liveliness() async throws {
    let scene = try Scene()
    try await scene.parley.load(try demo(), website: Self.website)
    for (what, sql, least) in Self.life {
      #expect(try await scene.count(sql) >= least, "\(what)")
    }
  }

  @Test("its views ask for what there is")
  func views() async throws {
    let scene = try Scene()
    try await scene.parley.load(try demo(), website: Self.website)
    let maya = AgentIdentity(id: 1, name: "Maya Lindqvist", role: .owner)
    let fields = try await scene.parley.fields(by: maya)
    for view in try await scene.parley.views(by: maya) {
      for condition in view.query.split(separator: "&") where condition.hasPrefix("field.") {
        let parts = condition.dropFirst("field.".count).split(separator: "=").map(String.init)
        let field = try #require(fields.first { String($0.id) == parts[0] })
        #expect("\(field.kind)s" == view.kind.rawValue)
        #expect(
          field.type == .checkbox ? parts[1] == "true" : field.choices.contains { String($0.id) == parts[1] })
      }
      for column in view.columns where column.hasPrefix("field-") {
        #expect(fields.contains { "field-\($0.id)" == column && "\($0.kind)s" == view.kind.rawValue })
      }
    }
  }

  @Test("a website that is no origin is refused, and leaves nothing")
  func website() async throws {
    let scene = try Scene()
    let demo = try demo()
    await #expect(throws: ParleyError.self) { try await scene.parley.load(demo, website: "nonsense") }
    #expect(try await scene.count("SELECT count(*) FROM workspace") == 0)
  }
}
