import SQLite

/// A conversation that a transaction adds to, with its visitor. Everything that enters a thread goes through `append`, so
/// its numbers are dense and everyone whom an entry concerns hears of it, and nobody else.
struct ConversationThread {
  var conversation: Conversation
  var visitor: StoredVisitor
  /// Whether the last text found no open deal, and nothing was written since that might have brought one.
  var hasNoDeals = false

  static func load(
    _ id: Int64, _ presence: Presence, in transaction: borrowing Transaction
  ) throws -> ConversationThread {
    guard let conversation = try ConversationRecords.find(id, presence, in: transaction.snapshot),
      let visitor = try VisitorRecords.find(conversation.visitorID, presence, in: transaction.snapshot)
    else { throw ParleyError.notFound }
    return ConversationThread(conversation: conversation, visitor: visitor)
  }

  /// The visitor's open conversation; a new one where there is none.
  static func open(
    for visitor: StoredVisitor, _ presence: Presence, in transaction: borrowing Transaction,
    _ changes: Changes
  ) throws -> ConversationThread {
    if let conversation = try ConversationRecords.findOpen(
      ofVisitor: visitor.visitor.id, presence, in: transaction.snapshot)
    {
      return ConversationThread(conversation: conversation, visitor: visitor)
    }
    let id = try ConversationRecords.insert(
      for: visitor.visitor, activity: changes.nextSequence(in: transaction), at: changes.now, in: transaction)
    var thread = try load(id, presence, in: transaction)
    let page = Page(url: visitor.visitor.pageURL, title: visitor.visitor.pageTitle)
    if !page.url.isEmpty { try thread.append(.page(page), in: transaction, changes) }
    try changes.recordCounts([CountKey(thread.conversation)], in: transaction)
    changes.notice(Fact(.conversationStarted, in: thread))
    return thread
  }

  /// Stores an entry as the next of the thread, and records what everyone gets of it.
  @discardableResult
  mutating func append(
    _ entry: Entry, in transaction: borrowing Transaction, _ changes: Changes
  ) throws -> Message {
    conversation.lastNumber += 1
    if entry.isForVisitor { visitor.lastNumber += 1 }
    var message = Message(
      id: 0, conversationID: conversation.id, number: conversation.lastNumber, kind: entry.kind,
      author: entry.author, agentID: entry.agent?.id, clientID: entry.clientID, text: entry.text,
      detail: entry.detail, createdAt: changes.now,
      visitorNumber: entry.isForVisitor ? visitor.lastNumber : nil)
    message.id = try MessageRecords.insert(message, ofVisitor: visitor.visitor.id, in: transaction)
    if entry.kind == .text || entry.kind == .note { changes.makeFindable(entry.text, in: transaction) }
    if entry.movesConversation {
      conversation.activity = try changes.nextSequence(in: transaction)
    }
    if entry.kind == .text { noteText(message) }
    // Only what leaves a line in the thread changes the status or the assignee.
    if entry.kind == .status {
      try ConversationRecords.save(conversation, in: transaction)
    } else {
      try ConversationRecords.saveProgress(conversation, in: transaction)
    }
    if entry.isForVisitor { try VisitorRecords.saveNumbers(visitor, in: transaction) }
    try record(message, of: entry, in: transaction, changes)
    if entry.kind == .text, !hasNoDeals { try noteActivityOfDeals(in: transaction, changes) }
    notice(message, changes)
    return message
  }

  private func notice(_ message: Message, _ changes: Changes) {
    switch (message.kind, message.author, message.detail) {
    case (.text, .visitor, _):
      var fact = Fact(.visitorWrote, in: self)
      fact.number = message.number
      changes.notice(fact)
    case (.page, _, .page(let url, _)):
      var fact = Fact(.pageVisited, in: self)
      fact.name = url
      changes.notice(fact)
    case (.status, _, .completed):
      changes.notice(Fact(.conversationCompleted, in: self))
    default: break
    }
  }

  private mutating func noteText(_ message: Message) {
    conversation.lastTextNumber = message.number
    conversation.lastText = Conversation.lastText(of: message.text)
    conversation.lastAuthor = message.author == .agent ? .agent : .visitor
    conversation.lastAgentID = message.agentID
    conversation.lastAt = message.createdAt
    if message.author == .visitor {
      // Whoever writes has the thread before their eyes.
      conversation.visitorSeenNumber = message.number
      visitor.seenNumber = visitor.lastNumber
      visitor.visitor.lastSeenAt = message.createdAt
    }
  }

  private func record(
    _ message: Message, of entry: Entry, in transaction: borrowing Transaction, _ changes: Changes
  ) throws {
    if let pipelineID = entry.pipelineID {
      try changes.record(.messageAdded(message, conversation), for: .pipeline(pipelineID), in: transaction)
      let rest = EventBody.messageAdded(message.withoutTitle, conversation)
      try changes.record(rest, for: .outside(pipelineID), in: transaction)
    } else {
      try changes.record(.messageAdded(message, conversation), for: .agents, in: transaction)
    }
    guard let seen = VisitorMessage(message) else { return }
    let unread = try unread(in: transaction.snapshot)
    try changes.record(
      .visitorMessage(seen, agent: entry.agent, unread: unread), for: audience, in: transaction)
  }

  /// How many of agents' texts the visitor has not seen.
  func unread(in snapshot: borrowing Snapshot) throws -> Int {
    guard visitor.seenNumber < visitor.lastNumber else { return 0 }
    return try MessageRecords.unread(
      afterVisitorNumber: visitor.seenNumber, ofVisitor: visitor.visitor.id, in: snapshot)
  }

  var audience: Audience { visitor.audience }
}

extension StoredVisitor {
  var audience: Audience { .visitor(key, id: visitor.id) }
}

extension ConversationThread {
  /// What can enter a thread.
  struct Entry {
    let kind: Message.Kind
    let author: Message.Author
    var agent: AgentReference?
    var clientID: String?
    var text = ""
    var detail: MessageDetail?
    /// Of the deal that the detail names: its title is for who may see that.
    var pipelineID: Int64?

    static func text(_ text: String, clientID: String) -> Entry {
      Entry(kind: .text, author: .visitor, clientID: clientID, text: text)
    }

    static func text(_ text: String, clientID: String, by agent: AgentIdentity) -> Entry {
      Entry(kind: .text, author: .agent, agent: agent.reference, clientID: clientID, text: text)
    }

    static func note(_ text: String, clientID: String, by agent: AgentIdentity) -> Entry {
      Entry(kind: .note, author: .agent, agent: agent.reference, clientID: clientID, text: text)
    }

    static func page(_ page: Page) -> Entry {
      Entry(kind: .page, author: .visitor, detail: .page(url: page.url, title: page.title))
    }

    /// A line that says what was done; by an agent, or by the visitor where there is none.
    static func status(
      _ detail: MessageDetail, by agent: AgentIdentity?, ofPipeline pipelineID: Int64? = nil
    ) -> Entry {
      Entry(
        kind: .status, author: .system, agent: agent?.reference, detail: detail, pipelineID: pipelineID)
    }

    /// Whether it gets a visitor's number. `VisitorMessage` decides what of it they see.
    fileprivate var isForVisitor: Bool {
      kind == .text || kind == .status && (detail == .completed || detail == .reopened)
    }

    /// Whether it brings the conversation to the top of the list.
    fileprivate var movesConversation: Bool {
      kind == .text || detail == .reopened
    }
  }
}

extension AgentIdentity {
  var reference: AgentReference { AgentReference(id: id, name: name) }
}

extension Changes {
  /// Records the counts of these, as they are now.
  func recordCounts(_ keys: Set<CountKey>, in transaction: borrowing Transaction) throws {
    var rows: [CountRow] = []
    for key in keys { rows.append(try ConversationRecords.count(key, in: transaction.snapshot)) }
    rows.sort { ($0.status.rawValue, $0.assigneeID ?? 0) < ($1.status.rawValue, $1.assigneeID ?? 0) }
    try record(.countsChanged(rows), for: .agents, in: transaction)
  }
}
