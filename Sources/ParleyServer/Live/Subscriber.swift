import ParleyCore

/// One open socket as the hub knows it.
struct Subscriber: Sendable {
  enum Listener: Hashable, Sendable {
    case agent(Int64, session: SessionID)
    /// - Parameter showsThread: false for a page on which only the launcher is shown.
    case visitor(VisitorKey, showsThread: Bool)
  }

  /// Unique within the process.
  let id: UInt64
  let listener: Listener
  let feed: Feed
}
