import Foundation
import SQLite
import Synchronization

@testable import ParleyCore

/// A Parley on a database of its own, at a fixed moment, and what it publishes.
final class Scene: Sendable {
  /// 2026-11-23 17:30 UTC.
  static let now: Int64 = 1_795_455_000_000

  let parley: Parley
  private let directory: URL
  private let published: Recorder

  init() throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "parley-\(UUID().uuidString)")
    let published = Recorder()
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    self.directory = directory
    self.published = published
    parley = try Parley(
      path: directory.appending(path: "parley.db").path, now: { Scene.now }, publish: { published.add($0) })
  }

  deinit {
    // A directory that stays behind is the system's to tidy.
    _ = try? FileManager.default.removeItem(at: directory)
  }

  /// What was published so far, in order.
  var events: [Event] { published.events.withLock { $0 } }

  /// The types of what was published to agents since the call before.
  func takeAgentEvents() -> [String] {
    published.events.withLock { events in
      defer { events = [] }
      return events.filter(\.isForTheTeam).map(\.body.type)
    }
  }

  func count(_ sql: String) async throws -> Int {
    try await parley.read { try $0.first(sql) { $0.int(0) } ?? 0 }
  }

  /// What should hold of every database and does not.
  func faults() async throws -> [String] {
    try await parley.read { snapshot in
      try InvariantRecords.all.filter { try $0.violations(in: snapshot) > 0 }.map(\.name)
        + InvariantRecords.referenceFaults(in: snapshot).map(\.detail)
    }
  }

  func text(_ sql: String) async throws -> String? {
    try await parley.read { try $0.first(sql) { $0.text(0) } }
  }

  /// How many rows there are of what saving a deal may create.
  func rows() async throws -> Rows {
    Rows(
      contacts: try await count("SELECT count(*) FROM contacts"),
      accounts: try await count("SELECT count(*) FROM accounts"),
      deals: try await count("SELECT count(*) FROM deals"),
      statusLines: try await count("SELECT count(*) FROM messages WHERE kind = 'status'"),
      idempotencyKeys: try await count("SELECT count(*) FROM idempotency_keys"))
  }

  struct Rows: Equatable {
    var contacts = 0
    var accounts = 0
    var deals = 0
    var statusLines = 0
    var idempotencyKeys = 0
  }

  private final class Recorder: Sendable {
    let events = Mutex<[Event]>([])

    func add(_ more: [Event]) {
      events.withLock { $0 += more }
    }
  }
}

/// A workspace with two agents, the default pipeline and a site, without the cost of hashing passwords.
struct Office {
  let scene: Scene
  let maya: AgentIdentity
  let tom: AgentIdentity
  let pipeline: Pipeline
  let siteID: Int64

  init() async throws {
    let scene = try Scene()
    self.scene = scene
    (maya, tom, pipeline, siteID) = try await scene.parley.write { transaction, changes in
      let workspace = Workspace(name: "Brasswick", timeZone: "Europe/London", defaultCurrency: "USD")
      try WorkspaceRecords.insert(workspace, at: changes.now, in: transaction)
      let maya = try Self.agent("Maya", .owner, in: transaction)
      let tom = try Self.agent("Tom", .agent, in: transaction)
      guard let dollar = Currency(code: "USD") else { throw ParleyError.notFound }
      let pipeline = try PipelineRecords.insertDefault(currency: dollar, in: transaction)
      let site = try SiteRecords.insert(.first(named: "Brasswick"), at: changes.now, in: transaction)
      return (maya, tom, pipeline, site.id)
    }
  }

  static func agent(
    _ name: String, _ role: Agent.Role, in transaction: borrowing Transaction
  ) throws -> AgentIdentity {
    guard let email = EmailAddress("\(name)@parley.example") else { throw ParleyError.notFound }
    let id = try AgentRecords.insert(
      name: name, email: email, role: role, passwordHash: "", at: Scene.now, in: transaction)
    return AgentIdentity(id: id, name: name, role: role)
  }

  var parley: Parley { scene.parley }

  /// A visitor who wrote, and maybe said who they are.
  func conversation(name: String? = nil, email: String? = nil) async throws -> (
    conversation: Conversation, visitorID: Int64
  ) {
    let identity = VisitorIdentity(siteID: siteID, key: VisitorKey(hash: UUID().uuidString))
    let visitorID = try await parley.post(text: "Hello", clientID: "client-00001", from: identity).visitorID
    if name != nil || email != nil { try await parley.identify(name: name, email: email, from: identity) }
    let list = try await parley.conversations(ConversationFilter(), by: maya).conversations
    guard let conversation = list.first(where: { $0.visitorID == visitorID }) else {
      throw ParleyError.notFound
    }
    return (conversation, visitorID)
  }

  /// A draft that nothing is wrong with: a new contact of a new account.
  func draft(
    title: String? = "A Duo", value: DealDraft.Value? = .init(minor: 1_140_000, currency: "GBP"),
    conversationID: Int64? = nil,
    contact: ContactChoice? = .new(name: "Nora Fitzgerald", email: "nora@harbour.example"),
    account: AccountChoice? = .new(name: "Harbour & Rye")
  ) -> DealDraft {
    DealDraft(
      title: title, value: value, ownerID: maya.id, forecastedCloseOn: "2026-12-01", pipelineID: pipeline.id,
      stageID: pipeline.stages[0].id, description: "", conversationID: conversationID, contact: contact,
      account: account)
  }

  /// Saves a draft under a key of its own.
  @discardableResult
  func add(_ draft: DealDraft, by agent: AgentIdentity? = nil) async throws(ParleyError) -> AddedDeal {
    try await parley.addDeal(draft, idempotencyKey: .fresh(), by: agent ?? maya)
  }

  /// Saves a draft, and answers the field errors where there are any.
  func faults(of draft: DealDraft) async throws -> [String: String] {
    do throws(ParleyError) {
      try await add(draft)
      return [:]
    } catch {
      guard case .invalid(let invalid) = error else { throw error }
      return invalid.fields
    }
  }
}

extension Event {
  /// Whether it is for whoever of the team may see what it is about.
  var isForTheTeam: Bool {
    switch audience {
    case .agents, .pipeline: true
    case .outside, .agent, .visitor, .session: false
    }
  }
}

extension IdempotencyKey {
  static func fresh() -> IdempotencyKey {
    guard let key = IdempotencyKey(UUID().uuidString) else { preconditionFailure("a UUID is a key") }
    return key
  }
}
