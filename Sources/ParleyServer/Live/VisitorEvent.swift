import HTTPServer
import ParleyCore

/// What the server says on a widget's socket beside a visitor's own events, which the core encodes.
enum VisitorEvent: Sendable {
  case ready(VisitorReady)
  case history([VisitorMessage], hasEarlier: Bool)
  case refused(clientID: String, ErrorBody)
  /// Nil for the visitor's own typing, which only the other tabs would hear.
  case typing(AgentIdentity, on: Bool)
  case online(Bool)
  case pong
}

extension VisitorEvent: Encodable {
  private enum Key: String, CodingKey {
    case type, messages, hasEarlier, clientID, error, agent, on, online
  }

  func encode(to encoder: any Encoder) throws {
    if case .ready(let ready) = self {
      try ready.encode(to: encoder)
      return
    }
    var object = encoder.container(keyedBy: Key.self)
    switch self {
    case .ready:
      return
    case .history(let messages, let hasEarlier):
      try object.encode("history", forKey: .type)
      try object.encode(messages, forKey: .messages)
      try object.encode(hasEarlier, forKey: .hasEarlier)
    case .refused(let clientID, let error):
      try object.encode("refused", forKey: .type)
      try object.encode(clientID, forKey: .clientID)
      try object.encode(error, forKey: .error)
    case .typing(let agent, let on):
      try object.encode("typing", forKey: .type)
      try object.encode(AgentName(id: agent.id, name: agent.name), forKey: .agent)
      try object.encode(on, forKey: .on)
    case .online(let online):
      try object.encode("online", forKey: .type)
      try object.encode(online, forKey: .online)
    case .pong:
      try object.encode("pong", forKey: .type)
    }
  }

  private struct AgentName: Encodable {
    let id: Int64
    let name: String
  }
}
