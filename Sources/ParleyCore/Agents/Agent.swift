/// Someone of the team who answers visitors.
package struct Agent: Sendable, Hashable, Codable {
  package enum Role: String, Sendable, Hashable, Codable {
    /// Also administers the workspace, the agents and the sites.
    case owner
    case agent
  }

  package var id: Int64
  package var name: String
  package var email: String
  package var role: Role
  /// As of when it was read.
  package var online: Bool
}

/// Who asks: every use case of an agent takes this and checks what it allows.
package struct AgentIdentity: Sendable, Hashable {
  package let id: Int64
  package let name: String
  package let role: Agent.Role
  /// The automation that acts in the agent's name; nil for the agent themself.
  package let automationID: Int64?

  package init(id: Int64, name: String, role: Agent.Role, automationID: Int64? = nil) {
    self.id = id
    self.name = name
    self.role = role
    self.automationID = automationID
  }

  /// Whoever has the machine's command line: an owner who is no agent. For administration, not for conversations.
  package static let machine = AgentIdentity(id: 0, name: "", role: .owner)

  func requireOwner() throws(ParleyError) {
    guard role == .owner else { throw .permissionDenied }
  }
}

/// How an agent likes the inbox.
package struct Preferences: Sendable, Hashable, Codable {
  package enum SendWith: String, Sendable, Hashable, Codable {
    case enter
    case controlEnter = "ctrl-enter"
  }

  package enum Language: String, Sendable, Hashable, Codable {
    /// The browser's.
    case auto
    case english = "en"
    case french = "fr"
  }

  package enum Theme: String, Sendable, Hashable, Codable {
    case auto, light, dark
  }

  package var sendWith = SendWith.enter
  package var sound = true
  package var notifications = false
  package var language = Language.auto
  package var theme = Theme.auto

  package init() {}
}

/// The preferences to change; what is nil stays.
package struct PreferencesChange: Sendable, Hashable, Codable {
  package var sendWith: Preferences.SendWith?
  package var sound: Bool?
  package var notifications: Bool?
  package var language: Preferences.Language?
  package var theme: Preferences.Theme?
}

/// The company's own settings.
package struct Workspace: Sendable, Hashable, Codable {
  package var name: String
  /// An IANA time zone: in it days begin and end.
  package var timeZone: String
  /// An ISO 4217 code.
  package var defaultCurrency: String
  /// Where reports by week divide.
  package var weekStartsOn = WeekStart.monday

  /// ISO 8601's Monday, or Sunday.
  package enum WeekStart: String, Sendable, Hashable, Codable {
    case monday, sunday
  }
}
