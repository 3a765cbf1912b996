import ParleyCore

/// What a widget needs to begin: how it looks, whether anyone is there, and where the visitor's conversation stands.
struct VisitorReady: Encodable, Sendable {
  struct Appearance: Encodable, Sendable {
    let name: String
    let greetings: Greetings
    let color: String
    let position: Site.Position

    init(_ site: Site) {
      name = site.name
      greetings = site.greetings
      color = site.color
      position = site.position
    }
  }

  private struct Person: Encodable, Sendable {
    let name: String
    let email: String
  }

  private struct Name: Encodable, Sendable {
    let name: String
  }

  private let type = "ready"
  private let site: Appearance
  private let online: Bool
  private let visitor: Person
  private let agents: [String: Name]
  private let lastNumber: Int64
  private let seenNumber: Int64
  private let agentsSeenNumber: Int64
  private let unread: Int
  private let status: VisitorOpening.Status
  private let startOver: Bool
  private let hasEarlier: Bool
  private let messages: [VisitorMessage]

  init(site: Site, online: Bool, opening: VisitorOpening) {
    self.site = Appearance(site)
    self.online = online
    visitor = Person(name: opening.name, email: opening.email)
    agents = Dictionary(uniqueKeysWithValues: opening.agents.map { (String($0.id), Name(name: $0.name)) })
    lastNumber = opening.lastNumber
    seenNumber = opening.seenNumber
    agentsSeenNumber = opening.agentsSeenNumber
    unread = opening.unread
    status = opening.status
    startOver = opening.startOver
    hasEarlier = opening.hasEarlier
    messages = opening.messages
  }
}
