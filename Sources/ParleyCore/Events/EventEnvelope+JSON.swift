/// What there is of each message, written without the encoder between: it is encoded while every other writer waits, where the encoder
/// was a sixth of all that a message costs. A test holds it against what the encoder makes of the same.
extension EventEnvelope {
  func json() throws -> [UInt8] {
    switch body {
    case .messageAdded(let message, let conversation):
      var json = begun()
      json.append(#","message":"# as StaticString)
      try message.append(to: &json)
      json.append(#","conversation":"# as StaticString)
      conversation.append(to: &json)
      json.append("}" as StaticString)
      return json
    case .visitorMessage(let message, let agent, let unread):
      var json = begun()
      json.append(#","message":"# as StaticString)
      message.append(to: &json)
      json.append(#","agent":"# as StaticString)
      json += try agent.map { try JSON.bytes($0) } ?? Array("null".utf8)
      json.append(#","unread":"#, Int64(unread))
      json.append("}" as StaticString)
      return json
    default:
      return try JSON.bytes(self)
    }
  }

  private func begun() -> [UInt8] {
    var json: [UInt8] = []
    json.reserveCapacity(1024)
    json.append(#"{"type":"#, body.type)
    if let sequence { json.append(#","sequence":"#, sequence) }
    return json
  }
}

extension Message {
  fileprivate func append(to json: inout [UInt8]) throws {
    json.append(#"{"id":"#, id)
    json.append(#","conversationID":"#, conversationID)
    json.append(#","number":"#, number)
    json.append(#","kind":"#, kind.rawValue)
    json.append(#","author":"#, author.rawValue)
    json.append(#","agentID":"#, orNull: agentID)
    json.append(#","clientID":"#, orNull: clientID)
    json.append(#","text":"#, text)
    json.append(#","detail":"# as StaticString)
    json += try detail.map { try JSON.bytes($0) } ?? Array("null".utf8)
    json.append(#","createdAt":"#, createdAt)
    json.append("}" as StaticString)
  }
}

extension VisitorMessage {
  fileprivate func append(to json: inout [UInt8]) {
    json.append(#"{"number":"#, number)
    json.append(#","author":"#, author.rawValue)
    json.append(#","agentID":"#, orNull: agentID)
    json.append(#","clientID":"#, orNull: clientID)
    json.append(#","kind":"#, kind.rawValue)
    json.append(#","text":"#, text)
    json.append(#","status":"#, orNull: status?.rawValue)
    json.append(#","createdAt":"#, createdAt)
    json.append("}" as StaticString)
  }
}

extension Conversation {
  fileprivate func append(to json: inout [UInt8]) {
    json.append(#"{"id":"#, id)
    json.append(#","status":"#, status.rawValue)
    json.append(#","assigneeID":"#, orNull: assigneeID)
    json.append(#","activity":"#, activity)
    json.append(#","lastNumber":"#, lastNumber)
    json.append(#","lastTextNumber":"#, lastTextNumber)
    if let readNumber { json.append(#","readNumber":"#, readNumber) }
    json.append(#","agentsSeenNumber":"#, agentsSeenNumber)
    json.append(#","visitorSeenNumber":"#, visitorSeenNumber)
    json.append(#","lastText":"#, lastText)
    json.append(#","lastAuthor":"#, lastAuthor.rawValue)
    json.append(#","lastAgentID":"#, orNull: lastAgentID)
    json.append(#","lastAt":"#, lastAt)
    json.append(#","createdAt":"#, createdAt)
    json.append(#","siteID":"#, siteID)
    json.append(#","visitorID":"#, visitorID)
    json.append(#","name":"#, name)
    json.append(#","email":"#, email)
    json.append(#","pageURL":"#, pageURL)
    json.append(#","pageTitle":"#, pageTitle)
    json.append(online ? #","online":true}"# : #","online":false}"# as StaticString)
  }
}

extension [UInt8] {
  fileprivate mutating func append(_ name: StaticString, _ value: Int64) {
    append(name)
    appendJSON(value)
  }

  fileprivate mutating func append(_ name: StaticString, _ value: String) {
    append(name)
    appendJSON(value)
  }

  fileprivate mutating func append(_ name: StaticString, orNull value: Int64?) {
    append(name)
    if let value { appendJSON(value) } else { append("null" as StaticString) }
  }

  fileprivate mutating func append(_ name: StaticString, orNull value: String?) {
    append(name)
    if let value { appendJSON(value) } else { append("null" as StaticString) }
  }
}
