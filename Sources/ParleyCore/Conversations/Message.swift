/// An entry of a thread: what someone wrote, a page that the visitor went to, or something that was done.
package struct Message: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable, Codable {
    case text
    /// Among agents: never reaches the visitor.
    case note
    case page
    case status
  }

  package enum Author: String, Sendable, Hashable, Codable {
    case visitor, agent, system
  }

  package var id: Int64
  package var conversationID: Int64
  /// Its place in the thread, from 1.
  package var number: Int64
  package var kind: Kind
  package var author: Author
  /// Who wrote it or did it, if an agent did.
  @Nullable package var agentID: Int64?
  /// Made by the client that wrote it: what is sent twice is stored once.
  @Nullable package var clientID: String?
  package var text: String
  @Nullable package var detail: MessageDetail?
  package var createdAt: Int64
  /// Its place in what the visitor may see, over all their conversations; nil for what is hidden from them. Not in the JSON.
  package var visitorNumber: Int64? = nil

  /// In Unicode scalars.
  package static let textLimit = 10_000
}

extension Message {
  /// The deal that it names.
  var dealID: Int64? {
    switch detail {
    case .dealAdded(let id, _), .dealLinked(let id, _), .dealUnlinked(let id, _): id
    case .page, .assigned, .unassigned, .completed, .reopened, .identified, nil: nil
    }
  }

  /// As it reads for who may not see the deal.
  var withoutTitle: Message {
    var message = self
    switch detail {
    case .dealAdded(let id, _): message.detail = .dealAdded(dealID: id, title: "")
    case .dealLinked(let id, _): message.detail = .dealLinked(dealID: id, title: "")
    case .dealUnlinked(let id, _): message.detail = .dealUnlinked(dealID: id, title: "")
    case .page, .assigned, .unassigned, .completed, .reopened, .identified, nil: break
    }
    return message
  }
}

extension Message: Codable {
  private enum CodingKeys: String, CodingKey {
    case id, conversationID, number, kind, author, agentID, clientID, text, detail, createdAt
  }
}

/// What an entry of the kinds `page` and `status` says.
package enum MessageDetail: Sendable, Hashable {
  case page(url: String, title: String)
  case assigned(agentID: Int64)
  case unassigned
  case completed
  case reopened
  /// The visitor said who they are.
  case identified(name: String, email: String)
  /// The title is empty for who may not see the deal, and where there is none any more.
  case dealAdded(dealID: Int64, title: String)
  /// The conversation was added to a deal that was there already, or taken from it again.
  case dealLinked(dealID: Int64, title: String)
  case dealUnlinked(dealID: Int64, title: String)
}

extension MessageDetail: Codable {
  private enum Key: String, CodingKey {
    case url, title, status, assigneeID, name, email, dealID
  }

  private enum Status: String, Codable {
    case assigned, unassigned, completed, reopened, identified
    case dealAdded = "deal-added"
    case dealLinked = "deal-linked"
    case dealUnlinked = "deal-unlinked"
  }

  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    guard let status = try object.decodeIfPresent(Status.self, forKey: .status) else {
      let url = try object.decode(String.self, forKey: .url)
      self = .page(url: url, title: try object.decode(String.self, forKey: .title))
      return
    }
    switch status {
    case .assigned: self = .assigned(agentID: try object.decode(Int64.self, forKey: .assigneeID))
    case .unassigned: self = .unassigned
    case .completed: self = .completed
    case .reopened: self = .reopened
    case .identified:
      let name = try object.decode(String.self, forKey: .name)
      self = .identified(name: name, email: try object.decode(String.self, forKey: .email))
    case .dealAdded, .dealLinked, .dealUnlinked:
      let dealID = try object.decode(Int64.self, forKey: .dealID)
      let title = try object.decode(String.self, forKey: .title)
      self =
        switch status {
        case .dealLinked: .dealLinked(dealID: dealID, title: title)
        case .dealUnlinked: .dealUnlinked(dealID: dealID, title: title)
        default: .dealAdded(dealID: dealID, title: title)
        }
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    switch self {
    case .page(let url, let title):
      try object.encode(url, forKey: .url)
      try object.encode(title, forKey: .title)
    case .assigned(let agentID):
      try object.encode(Status.assigned, forKey: .status)
      try object.encode(agentID, forKey: .assigneeID)
    case .unassigned:
      try object.encode(Status.unassigned, forKey: .status)
    case .completed:
      try object.encode(Status.completed, forKey: .status)
    case .reopened:
      try object.encode(Status.reopened, forKey: .status)
    case .identified(let name, let email):
      try object.encode(Status.identified, forKey: .status)
      try object.encode(name, forKey: .name)
      try object.encode(email, forKey: .email)
    case .dealAdded(let dealID, let title):
      try encode(.dealAdded, dealID, title, to: &object)
    case .dealLinked(let dealID, let title):
      try encode(.dealLinked, dealID, title, to: &object)
    case .dealUnlinked(let dealID, let title):
      try encode(.dealUnlinked, dealID, title, to: &object)
    }
  }

  private func encode(
    _ status: Status, _ dealID: Int64, _ title: String, to object: inout KeyedEncodingContainer<Key>
  ) throws {
    try object.encode(status, forKey: .status)
    try object.encode(dealID, forKey: .dealID)
    try object.encode(title, forKey: .title)
  }
}
