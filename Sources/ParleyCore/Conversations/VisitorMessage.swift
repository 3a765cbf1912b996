/// A message as the visitor sees it: with a number of their own, and nothing that is not for them.
package struct VisitorMessage: Sendable, Hashable, Codable {
  package enum Kind: String, Sendable, Hashable, Codable {
    case text, status
  }

  package enum Status: String, Sendable, Hashable, Codable {
    case completed, reopened
  }

  /// Counts what this visitor may see, over all their conversations, from 1.
  package var number: Int64
  package var author: Message.Author
  @Nullable package var agentID: Int64?
  /// Of the visitor's own messages only.
  @Nullable package var clientID: String?
  package var kind: Kind
  package var text: String
  @Nullable package var status: Status?
  package var createdAt: Int64
}

extension VisitorMessage {
  /// Nil for what a visitor must not see: notes, page views, and most status lines. Total over both enumerations, so that
  /// a new kind of entry is hidden until someone decides otherwise here.
  init?(_ message: Message) {
    guard let number = message.visitorNumber else { return nil }
    let status: Status?
    switch message.kind {
    case .text:
      status = nil
    case .status:
      switch message.detail {
      case .completed: status = .completed
      case .reopened: status = .reopened
      case .page, .assigned, .unassigned, .identified, .dealAdded, .dealLinked, .dealUnlinked, nil: return nil
      }
    case .note, .page:
      return nil
    }
    self.number = number
    author = message.author
    agentID = message.agentID
    clientID = message.author == .visitor ? message.clientID : nil
    kind = status == nil ? .text : .status
    text = message.text
    self.status = status
    createdAt = message.createdAt
  }
}
