import HTTPServer
import ParleyCore

/// What the server says on an inbox's socket beside the logged events, which the core encodes.
enum ServerEvent: Sendable {
  case ready(sequence: Int64)
  case startOver(sequence: Int64)
  case refused(clientID: String, ErrorBody)
  /// `by` is nil for the visitor.
  case typing(conversationID: Int64, by: Int64?, on: Bool)
  case presence(visitors: [Int64: Bool], agents: [Int64: Bool])
  case sessionEnded
  case pong
}

extension ServerEvent: Encodable {
  private enum Key: String, CodingKey {
    case type, sequence, clientID, error, conversationID, by, on, visitors, agents
  }

  func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    switch self {
    case .ready(let sequence):
      try object.encode("ready", forKey: .type)
      try object.encode(sequence, forKey: .sequence)
    case .startOver(let sequence):
      try object.encode("startOver", forKey: .type)
      try object.encode(sequence, forKey: .sequence)
    case .refused(let clientID, let error):
      try object.encode("refused", forKey: .type)
      try object.encode(clientID, forKey: .clientID)
      try object.encode(error, forKey: .error)
    case .typing(let conversationID, let agentID, let on):
      try object.encode("typing", forKey: .type)
      try object.encode(conversationID, forKey: .conversationID)
      if let agentID {
        try object.encode(agentID, forKey: .by)
      } else {
        try object.encode("visitor", forKey: .by)
      }
      try object.encode(on, forKey: .on)
    case .presence(let visitors, let agents):
      try object.encode("presence", forKey: .type)
      try object.encode(ServerEvent.named(visitors), forKey: .visitors)
      try object.encode(ServerEvent.named(agents), forKey: .agents)
    case .sessionEnded:
      try object.encode("session.ended", forKey: .type)
    case .pong:
      try object.encode("pong", forKey: .type)
    }
  }

  /// A dictionary with keys that are no strings would be encoded as an array.
  private static func named(_ presence: [Int64: Bool]) -> [String: Bool] {
    Dictionary(uniqueKeysWithValues: presence.map { (String($0.key), $0.value) })
  }
}

extension EncodedMessage {
  /// Encodes an event of ours once, for any number of outboxes.
  init(encoding event: some Encodable) {
    do {
      self.init(text: try JSON.bytes(event))
    } catch {
      preconditionFailure("strings, integers and truth values always encode: \(type(of: event))")
    }
  }
}
