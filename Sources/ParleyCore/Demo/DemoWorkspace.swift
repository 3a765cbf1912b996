import Foundation

/// A made-up company at work, as `fixtures/demo/workspace.json` tells it: for trying Parley out, and for tests.
///
/// Its times are relative, so that it always happened just now.
package struct DemoWorkspace: Sendable, Decodable {
  struct Agent: Sendable, Decodable {
    var key: String
    var name: String
    var email: String
    var role: ParleyCore.Agent.Role
  }

  struct Site: Sendable, Decodable {
    var key: String
    var name: String
    var greetings: Greetings
    var color: String
    var position: ParleyCore.Site.Position
  }

  struct Field: Sendable, Decodable {
    var kind: RecordKind
    var name: String
    var type: CustomField.ValueType
    var choices: [String]?
  }

  struct Group: Sendable, Decodable {
    var name: String
    /// Agents' keys.
    var members: [String]
    /// By the names of pipelines.
    var rights: [String: PipelineRights]
  }

  struct View: Sendable, Decodable {
    /// An agent's key.
    var by: String
    var kind: ParleyCore.View.Kind
    var name: String
    /// Ids in it are those that an empty database gives, as in automations.
    var query: String
    var columns: [String]
    var isShared: Bool
  }

  struct Account: Sendable, Decodable {
    var name: String
    var url: String
    var phone: String?
    /// An agent's key.
    var owner: String?
    var fields: DemoFields.Values?
    var tasks: [Task]?
  }

  struct Contact: Sendable, Decodable {
    var email: String
    var first: String
    var last: String
    var phone: String
    var job: String
    /// An account's name.
    var account: String?
    var tags: [String]?
    var fields: DemoFields.Values?
    var notes: [Note]?
    var tasks: [Task]?
  }

  /// A contact that has become part of another.
  struct Merge: Sendable, Decodable {
    /// An agent's key.
    var by: String
    var daysAgo: Int64
    /// As it was.
    var contact: Contact
    /// A contact's e-mail.
    var into: String
  }

  struct Visitor: Sendable, Decodable {
    var key: String
    /// A contact's e-mail.
    var contact: String?
    var name: String
    var email: String
    var phone: String?
    var language: String
    var timeZone: String
    /// A key of `browsers`.
    var browser: String
  }

  struct Conversation: Sendable, Decodable {
    /// A visitor's key.
    var visitor: String
    /// How long ago its last entry was.
    var minutesAgo: Int64
    /// No agent has read what the visitor wrote last.
    var unread: Bool
    var thread: [DemoEntry]
  }

  struct Stage: Sendable, Decodable {
    var name: String
    var color: String
    var probability: Int
    var rottingDays: Int?
  }

  struct Pipeline: Sendable, Decodable {
    var name: String
    var currency: Currency
    var assignment: ParleyCore.Pipeline.Assignment
    /// What everyone may do in it, if that is not everything.
    var everyone: PipelineRights?
    var stages: [Stage]
  }

  struct Note: Sendable, Decodable {
    /// An agent's key.
    var by: String
    var text: String
    var daysAgo: Int64
  }

  struct Task: Sendable, Decodable {
    var title: String
    var kind: String
    /// An agent's key.
    var assignee: String
    /// Negative for a day that has passed.
    var dueInDays: Int?
    var doneDaysAgo: Int64?
    var outcome: String?
  }

  struct Deal: Sendable, Decodable {
    struct Secondary: Sendable, Decodable {
      /// A contact's.
      var email: String
      var role: String
    }

    var key: String
    var title: String
    var value: Money
    /// An agent's key.
    var owner: String
    /// A pipeline's name; absent for the first.
    var pipeline: String?
    /// A stage's name.
    var stage: String
    var status: ParleyCore.Deal.Status
    /// Negative for a date that has passed.
    var closesInDays: Int?
    /// A contact's e-mail.
    var contact: String
    /// An account's name.
    var account: String?
    var description: String
    var secondary: [Secondary]
    /// When it was added; absent for one that is added in a thread.
    var daysAgo: Int64?
    /// When it was last worked on, if not when it was added.
    var activeDaysAgo: Int64?
    /// When it was won or lost.
    var closedDaysAgo: Int64?
    var lostReason: String?
    var tags: [String]?
    var fields: DemoFields.Values?
    var notes: [Note]?
    var tasks: [Task]?
  }

  var workspace: Workspace
  /// Every agent's.
  package var password: String
  var agents: [Agent]
  var site: Site
  /// Titles by path.
  var pages: [String: String]
  /// What browsers call themselves, by a short name.
  var browsers: [String: String]
  /// Of each kind in their order.
  var fields: [Field]
  var groups: [Group]
  var views: [View]
  var accounts: [Account]
  var contacts: [Contact]
  var visitors: [Visitor]
  var conversations: [Conversation]
  /// In their order.
  var pipelines: [Pipeline]
  var deals: [Deal]
  var merges: [Merge]
  var automations: [DemoAutomation]

  /// - Throws: what Foundation throws for a file that cannot be read, or is not what it should be.
  package init(contentsOf path: String) throws {
    self = try JSONDecoder().decode(Self.self, from: try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// Who may sign in.
  package var agentEmails: [String] { agents.map(\.email) }
}
