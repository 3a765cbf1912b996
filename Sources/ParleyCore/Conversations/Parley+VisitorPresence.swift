import SQLite

extension Parley {
  /// A visitor went to another page. Stores nothing for who has never written; a page that is known already costs one read.
  package func visit(_ page: Page, from identity: VisitorIdentity) async throws(ParleyError) {
    guard let page = page.cleaned else { return }
    let isKnown = try await read { [presence] snapshot in
      guard let stored = try VisitorRecords.find(identity.key, presence, in: snapshot) else { return true }
      return stored.visitor.siteID != identity.siteID || stored.visitor.isOn(page)
    }
    guard !isKnown else { return }
    try await write { [presence] transaction, changes in
      guard let stored = try VisitorRecords.find(identity.key, presence, in: transaction.snapshot) else {
        return
      }
      _ = try Self.visit(page, stored, presence, in: transaction, changes)
    }
  }

  /// Notes the page if it is another one, also as an entry of the open conversation. Never moves the conversation.
  static func visit(
    _ page: Page?, _ visitor: StoredVisitor, _ presence: Presence, in transaction: borrowing Transaction,
    _ changes: Changes
  ) throws -> StoredVisitor {
    guard let page, !visitor.visitor.isOn(page) else { return visitor }
    var stored = visitor
    let isOtherAddress = stored.visitor.pageURL != page.url
    stored.visitor.pageURL = page.url
    stored.visitor.pageTitle = page.title
    stored.visitor.lastSeenAt = changes.now
    try VisitorRecords.save(stored.visitor, in: transaction)
    try changes.record(.visitorChanged(stored.visitor), for: .agents, in: transaction)
    if let open = try ConversationRecords.findOpen(
      ofVisitor: stored.visitor.id, presence, in: transaction.snapshot)
    {
      if isOtherAddress {
        var thread = ConversationThread(conversation: open, visitor: stored)
        try thread.append(.page(page), in: transaction, changes)
      } else {
        try changes.record(.conversationChanged(open), for: .agents, in: transaction)
      }
    }
    return stored
  }

  /// A visitor has seen their messages up to a number of theirs. Less than they had seen already changes nothing.
  package func seen(_ number: Int64, from identity: VisitorIdentity) async throws(ParleyError) {
    try await write { [presence] transaction, changes in
      guard var visitor = try VisitorRecords.find(identity.key, presence, in: transaction.snapshot),
        visitor.visitor.siteID == identity.siteID
      else { return }
      let number = min(number, visitor.lastNumber)
      guard number > visitor.seenNumber else { return }
      visitor.seenNumber = number
      visitor.visitor.lastSeenAt = changes.now
      try VisitorRecords.saveNumbers(visitor, in: transaction)
      try Self.markSeen(number, by: visitor, presence, in: transaction, changes)
      let seen = EventBody.visitorSeen(
        seenNumber: number,
        agentsSeenNumber: try MessageRecords.agentsSeenNumber(
          forVisitor: visitor.visitor.id, in: transaction.snapshot),
        unread: try MessageRecords.unread(
          afterVisitorNumber: number, ofVisitor: visitor.visitor.id, in: transaction.snapshot))
      try changes.record(seen, for: visitor.audience, in: transaction)
    }
  }

  private static func markSeen(
    _ number: Int64, by visitor: StoredVisitor, _ presence: Presence, in transaction: borrowing Transaction,
    _ changes: Changes
  ) throws {
    let place = try MessageRecords.place(
      ofVisitorNumber: number, ofVisitor: visitor.visitor.id, in: transaction.snapshot)
    guard let place,
      var conversation = try ConversationRecords.find(
        place.conversationID, presence, in: transaction.snapshot),
      conversation.visitorSeenNumber < place.number
    else { return }
    conversation.visitorSeenNumber = place.number
    try ConversationRecords.save(conversation, in: transaction)
    try changes.record(conversation.seenMarks, for: .agents, in: transaction)
  }
}

extension Visitor {
  func isOn(_ page: Page) -> Bool {
    pageURL == page.url && pageTitle == page.title
  }
}

extension Conversation {
  /// The event that tells how far each side has seen.
  var seenMarks: EventBody {
    .conversationSeen(
      conversationID: id, visitorSeenNumber: visitorSeenNumber, agentsSeenNumber: agentsSeenNumber)
  }
}
