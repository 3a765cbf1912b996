import Foundation
import SQLite
import Synchronization

@testable import ParleyCore

/// A workspace of its own for one test: a real database in a temporary directory, a clock that the test moves, and every
/// event that was published.
final class Workshop: Sendable {
  let directory: String
  let parley: Parley
  let owner: AgentIdentity
  let agent: AgentIdentity
  let site: Site
  private let published: Published
  private let time: Time

  var path: String { directory + "/parley.sqlite" }

  init(retainedEvents: Int64 = 100_000) async throws {
    directory = NSTemporaryDirectory() + "/parley-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let published = Published()
    let time = Time()
    let parley = try Parley(
      path: directory + "/parley.sqlite", readers: 2, retainedEvents: retainedEvents,
      now: { time.milliseconds.withLock { $0 } }, publish: { published.add($0) })
    (owner, agent, site) = try await parley.write { transaction, changes in
      try WorkspaceRecords.insert(
        Workspace(name: "Acme", timeZone: "Europe/Paris", defaultCurrency: "USD"), at: changes.now,
        in: transaction)
      let owner = try Self.agent("Olga Owner", "olga@acme.test", .owner, changes.now, in: transaction)
      let agent = try Self.agent("Adam Agent", "adam@acme.test", .agent, changes.now, in: transaction)
      try PipelineRecords.insertDefault(currency: Currency(code: "USD")!, in: transaction)
      let site = try SiteRecords.insert(.first(named: "Acme"), at: changes.now, in: transaction)
      return (owner, agent, site)
    }
    self.parley = parley
    self.published = published
    self.time = time
  }

  deinit {
    do {
      try FileManager.default.removeItem(atPath: directory)
    } catch {
      print("left behind: \(directory)")
    }
  }

  /// No password: signing in is tested where it is meant.
  private static func agent(
    _ name: String, _ email: String, _ role: Agent.Role, _ now: Int64, in transaction: borrowing Transaction
  ) throws -> AgentIdentity {
    let id = try AgentRecords.insert(
      name: name, email: EmailAddress(email)!, role: role, passwordHash: "*", at: now, in: transaction)
    return AgentIdentity(id: id, name: name, role: role)
  }

  func advance(by milliseconds: Int64) {
    time.milliseconds.withLock { $0 += milliseconds }
  }

  /// What was published, in order.
  var events: [Event] { published.events.withLock { $0 } }

  /// What was published of the agents' events, by type.
  var agentsTypes: [String] {
    events.filter(\.isForTheTeam).map(\.body.type)
  }

  func forgetEvents() {
    published.events.withLock { $0 = [] }
  }

  /// A visitor who has not written yet.
  func newcomer(page: Page? = nil) -> VisitorIdentity {
    VisitorIdentity(
      siteID: site.id, key: VisitorKey(token: SecretToken.random().text)!, language: "fr",
      timeZone: "Europe/Paris", userAgent: "Test", page: page)
  }

  /// A conversation that a newcomer began with this text.
  @discardableResult
  func conversation(_ text: String = "Hello") async throws -> (id: Int64, visitor: VisitorIdentity) {
    let visitor = newcomer()
    try await parley.post(text: text, clientID: .client(), from: visitor)
    let id = try await parley.openConversation(of: visitor.key)!
    return (id, visitor)
  }

  @discardableResult
  func answer(
    _ text: String, to id: Int64, kind: AgentMessageDraft.Kind = .text, by author: AgentIdentity? = nil
  ) async throws -> Message {
    let draft = AgentMessageDraft(clientID: .client(), conversationID: id, kind: kind, text: text)
    return try await parley.post(draft, by: author ?? agent)
  }

  func contact(_ name: String, _ email: String) async throws -> Contact {
    try await parley.write { transaction, changes in
      try ContactRecords.findOrCreate(
        EmailAddress(email)!, name: PersonName(full: name), phone: "", now: changes.now, in: transaction
      ).contact
    }
  }
}

private final class Published: Sendable {
  let events = Mutex<[Event]>([])
  func add(_ new: [Event]) { events.withLock { $0.append(contentsOf: new) } }
}

private final class Time: Sendable {
  let milliseconds = Mutex<Int64>(1_700_000_000_000)
}

extension String {
  /// An id as clients make them.
  static func client() -> String { "c-" + String(SecretToken.random().text.prefix(20)) }
}
