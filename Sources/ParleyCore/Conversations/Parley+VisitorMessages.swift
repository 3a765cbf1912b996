import SQLite

/// What a visitor's message came to.
package struct VisitorPost: Sendable {
  package let visitorID: Int64
  package let message: VisitorMessage
}

extension Parley {
  /// A visitor writes. Their first message creates them in the database, and opens a conversation unless one is open.
  ///
  /// The same `clientID` again stores nothing and answers with the stored message, which that visitor's tabs get once more:
  /// they drop by its number what they have.
  ///
  /// - Throws: `invalid` with `message.text.required`, `message.text.too-long` or `message.client-id.invalid`.
  @discardableResult
  package func post(
    text: String, clientID: String, from identity: VisitorIdentity
  ) async throws(ParleyError) -> VisitorPost {
    let text = try Message.checkedText(text)
    try Message.checkClientID(clientID)
    let identity = identity.cleaned
    return try await write(remembersThreads: true) { [presence, threads = log.threads] transaction, changes in
      let known = threads.thread(of: identity, presence)
      var visitor = try known?.visitor ?? Self.visitor(identity, presence, in: transaction, changes)
      let stored = try MessageRecords.find(
        clientID: clientID, ofVisitor: visitor.visitor.id, in: transaction.snapshot)
      if let stored = stored.flatMap({ VisitorMessage($0) }) {
        let unread = try MessageRecords.unread(
          afterVisitorNumber: visitor.seenNumber, ofVisitor: visitor.visitor.id, in: transaction.snapshot)
        try changes.record(
          .visitorMessage(stored, agent: nil, unread: unread), for: visitor.audience, in: transaction)
        return VisitorPost(visitorID: visitor.visitor.id, message: stored)
      }
      visitor.visitor.lastSeenAt = changes.now
      var thread = try known ?? ConversationThread.open(for: visitor, presence, in: transaction, changes)
      let message = try thread.append(.text(text, clientID: clientID), in: transaction, changes)
      threads.remember(thread, of: identity)
      guard let seen = VisitorMessage(message) else { throw ParleyError.defect(reason: "visitor.message") }
      return VisitorPost(visitorID: visitor.visitor.id, message: seen)
    }
  }

  /// The visitor as they are in the database; created, or brought up to date with what their browser says.
  static func visitor(
    _ identity: VisitorIdentity, _ presence: Presence, in transaction: borrowing Transaction,
    _ changes: Changes
  ) throws -> StoredVisitor {
    guard var stored = try VisitorRecords.find(identity.key, presence, in: transaction.snapshot) else {
      return try VisitorRecords.insert(identity, at: changes.now, presence, in: transaction)
    }
    // A token is one site's: another site that learnt it gets nothing.
    guard stored.visitor.siteID == identity.siteID else { throw ParleyError.permissionDenied }
    let known = stored.visitor
    if !identity.language.isEmpty { stored.visitor.language = identity.language }
    if !identity.timeZone.isEmpty { stored.visitor.timeZone = identity.timeZone }
    if !identity.userAgent.isEmpty { stored.visitor.userAgent = identity.userAgent }
    if stored.visitor != known { try VisitorRecords.save(stored.visitor, in: transaction) }
    return try Self.visit(identity.page, stored, presence, in: transaction, changes)
  }
}

extension Message {
  /// The text as it is stored: trimmed, line ends as `\n`, without control characters, 1 … `textLimit` scalars.
  static func checkedText(_ typed: String) throws(ParleyError) -> String {
    // Of what is typed, before anything is done with it.
    guard typed.utf8.count <= textLimit || typed.unicodeScalars.count <= textLimit else {
      throw .invalid(Invalid(code: "message.text.too-long", fields: ["text": "message.text.too-long"]))
    }
    let text = typed.onManyLines
    guard !text.isEmpty else {
      throw .invalid(Invalid(code: "message.text.required", fields: ["text": "message.text.required"]))
    }
    return text
  }

  /// 8 … 64 characters of `[A-Za-z0-9_-]`.
  static func checkClientID(_ clientID: String) throws(ParleyError) {
    let isAllowed = clientID.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
    guard isAllowed, (8...64).contains(clientID.utf8.count) else {
      throw .invalid(
        Invalid(code: "message.client-id.invalid", fields: ["clientID": "message.client-id.invalid"]))
    }
  }
}

extension VisitorIdentity {
  /// With bounded lengths, and a page only if it can be shown: what a browser says of itself is anyone's to write.
  var cleaned: VisitorIdentity {
    var identity = self
    identity.language = language.onOneLine.bounded(35)
    identity.timeZone = timeZone.onOneLine.bounded(64)
    identity.userAgent = userAgent.onOneLine.bounded(400)
    identity.page = page.flatMap(\.cleaned)
    return identity
  }
}

extension Page {
  /// Nil unless it is a web address of at most 2,000 characters: it becomes a link in the inbox.
  var cleaned: Page? {
    let url = url.onOneLine
    let scheme = url.prefix(8).lowercased()
    guard scheme.hasPrefix("http://") || scheme.hasPrefix("https://"), url.utf8.count <= 2000 else {
      return nil
    }
    return Page(url: url, title: title.onOneLine.bounded(300))
  }
}
