import Synchronization

/// The threads of visitors who wrote last, as they stand in the database: who writes again finds theirs here. Kept between transactions
/// as long as nothing else is written that could change them; only the writer's thread asks.
final class ThreadMemory: Sendable {
  private struct Entry {
    let identity: VisitorIdentity
    let thread: ConversationThread
  }

  private static let limit = 2048
  private let entries = Mutex<[VisitorKey: Entry]>([:])

  /// The visitor's open conversation, if it is known, and known for just what the visitor's browser says of itself now. Otherwise what is
  /// known of this visitor is forgotten: the transaction will change it.
  func thread(of identity: VisitorIdentity, _ presence: Presence) -> ConversationThread? {
    let known = entries.withLock { entries in
      guard let entry = entries[identity.key] else { return ConversationThread?.none }
      if entry.identity == identity { return entry.thread }
      entries[identity.key] = nil
      return nil
    }
    guard var thread = known else { return nil }
    let isOnline = presence.isOnline(identity.key)
    thread.visitor.visitor.online = isOnline
    thread.conversation.online = isOnline
    return thread
  }

  /// - Parameter thread: just written, by the visitor.
  func remember(_ thread: ConversationThread, of identity: VisitorIdentity) {
    entries.withLock { entries in
      if entries.count >= Self.limit { entries.removeAll(keepingCapacity: true) }
      entries[identity.key] = Entry(identity: identity, thread: thread)
    }
  }

  func forget() {
    entries.withLock { entries in
      guard !entries.isEmpty else { return }
      entries.removeAll(keepingCapacity: true)
    }
  }
}
