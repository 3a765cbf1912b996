import SQLite

/// What to change of a visitor; what is nil stays.
package struct VisitorChange: Sendable, Hashable, Codable {
  package var name: String?
  package var email: String?
  package var phone: String?

  package init(name: String? = nil, email: String? = nil, phone: String? = nil) {
    self.name = name
    self.email = email
    self.phone = phone
  }

  fileprivate static let nameLimit = 200
  fileprivate static let phoneLimit = 50

  /// Cleaned for storage. An empty text takes away what was there.
  fileprivate func checked() throws(ParleyError) -> VisitorChange {
    let change = VisitorChange(
      name: name?.onOneLine, email: email?.trimmed, phone: phone?.onOneLine)
    var invalid = Invalid(code: "visitor.invalid")
    if let name = change.name, name.unicodeScalars.count > Self.nameLimit {
      invalid.add("name", "visitor.name.too-long")
    }
    if let email = change.email, !email.isEmpty, EmailAddress(email) == nil {
      invalid.add("email", "visitor.email.invalid")
    }
    if let phone = change.phone, phone.unicodeScalars.count > Self.phoneLimit {
      invalid.add("phone", "visitor.phone.too-long")
    }
    try invalid.check()
    return change
  }
}

extension Parley {
  /// A visitor says who they are. Creates them in the database if need be; an e-mail that belongs to a contact links it. The
  /// open conversation gets a line that says so.
  ///
  /// - Throws: `invalid` with `visitor.invalid`.
  /// - Returns: the visitor's id.
  @discardableResult
  package func identify(
    name: String?, email: String?, from identity: VisitorIdentity
  ) async throws(ParleyError) -> Int64 {
    let change = try VisitorChange(name: name, email: email).checked()
    let identity = identity.cleaned
    return try await write { [presence] transaction, changes in
      var stored = try Self.visitor(identity, presence, in: transaction, changes)
      try Self.change(&stored, change, saidBy: nil, presence, in: transaction, changes)
      return stored.visitor.id
    }
  }

  /// An agent puts right what is known of a visitor. An e-mail that belongs to a contact links it.
  ///
  /// - Throws: `notFound`, and `invalid` with `visitor.invalid`.
  @discardableResult
  package func updateVisitor(
    _ id: Int64, _ change: VisitorChange, by agent: AgentIdentity
  ) async throws(ParleyError) -> Visitor {
    let change = try change.checked()
    return try await write { [presence] transaction, changes in
      guard var stored = try VisitorRecords.find(id, presence, in: transaction.snapshot) else {
        throw ParleyError.notFound
      }
      try Self.change(&stored, change, saidBy: agent, presence, in: transaction, changes)
      return stored.visitor
    }
  }

  private static func change(
    _ stored: inout StoredVisitor, _ change: VisitorChange, saidBy agent: AgentIdentity?,
    _ presence: Presence,
    in transaction: borrowing Transaction, _ changes: Changes
  ) throws {
    let before = stored.visitor
    stored.visitor.name = change.name ?? before.name
    stored.visitor.email = change.email ?? before.email
    stored.visitor.phone = change.phone ?? before.phone
    if stored.visitor.email != before.email {
      // Another address is another person until a contact says otherwise.
      stored.visitor.contactID = try EmailAddress(stored.visitor.email).flatMap {
        try VisitorRecords.contactID(email: $0, in: transaction.snapshot)
      }
    }
    guard stored.visitor != before else { return }
    try VisitorRecords.save(stored.visitor, in: transaction)
    var told: Int64?
    if agent == nil,
      let open = try ConversationRecords.findOpen(ofVisitor: before.id, presence, in: transaction.snapshot)
    {
      var thread = ConversationThread(conversation: open, visitor: stored)
      let detail = MessageDetail.identified(name: stored.visitor.name, email: stored.visitor.email)
      try thread.append(.status(detail, by: nil), in: transaction, changes)
      told = open.id
    }
    try changes.recordPerson(stored, butNot: told, presence, in: transaction)
  }
}

extension Parley {
  /// Makes a contact who the visitor of a conversation is, for a use case that just found out.
  static func link(
    _ thread: inout ConversationThread, to contactID: Int64, _ presence: Presence,
    in transaction: borrowing Transaction, _ changes: Changes
  ) throws {
    guard thread.visitor.visitor.contactID != contactID else { return }
    thread.visitor.visitor.contactID = contactID
    try VisitorRecords.save(thread.visitor.visitor, in: transaction)
    try changes.recordPerson(thread.visitor, butNot: nil, presence, in: transaction)
    thread = try ConversationThread.load(thread.conversation.id, presence, in: transaction)
  }
}

extension Changes {
  static let shownConversations = 20

  /// Records that a visitor is someone else now, or is called otherwise: the visitor, and their latest conversations, which
  /// show the name. An entry that has just told of one conversation is not repeated. Automations that waited to know them go on.
  func recordPerson(
    _ stored: StoredVisitor, butNot told: Int64?, _ presence: Presence, in transaction: borrowing Transaction
  ) throws {
    let visitor = stored.visitor
    try record(.visitorChanged(visitor), for: .agents, in: transaction)
    let conversations = try ConversationRecords.list(
      ofVisitor: visitor.id, limit: Self.shownConversations, presence, in: transaction.snapshot)
    for conversation in conversations where conversation.id != told {
      try record(.conversationChanged(conversation), for: .agents, in: transaction)
    }
    if visitor.contactID != nil || EmailAddress(visitor.email) != nil,
      try RunRecords.wake(awaitingVisitor: visitor.id, at: now, in: transaction)
    {
      wakesRuns = true
    }
    let identity = EventBody.visitorIdentity(name: visitor.name, email: visitor.email)
    try record(identity, for: stored.audience, in: transaction)
  }

  /// Records that the latest conversations of a contact show another name or address now.
  func recordConversations(
    ofContact id: Int64, _ presence: Presence, in transaction: borrowing Transaction
  ) throws {
    let conversations = try ConversationRecords.list(
      ofContact: id, limit: Self.shownConversations, presence, in: transaction.snapshot)
    for conversation in conversations {
      try record(.conversationChanged(conversation), for: .agents, in: transaction)
    }
  }
}
