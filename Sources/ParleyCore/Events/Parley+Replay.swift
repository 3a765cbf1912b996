/// An event as it is kept: its number, and the message that clients get.
package struct LoggedEvent: Sendable {
  package let sequence: Int64
  package let json: [UInt8]
}

/// What a client missed.
package enum Replay: Sendable {
  /// The next of the missed events, in order. After the last page `isComplete` holds, and the client has all events up to
  /// `sequence`.
  case events([LoggedEvent], upTo: Int64, isComplete: Bool)
  /// The gap lies outside the kept window: load everything anew, as of `sequence` or later.
  case startOver(sequence: Int64)
}

extension Parley {
  /// The number of the last event that is on the disk. Ask before loading anything else, and follow from there.
  package func sequence() async throws(ParleyError) -> Int64 {
    try await read { try EventRecords.lastSequence(in: $0) }
  }

  /// The events after a number that concern an agent, a page of at most `limit` at a time. Subscribe first, then replay, and
  /// drop what comes twice by its number.
  ///
  /// - Parameter after: the last number that the client saw; nil for a client that begins now.
  package func events(
    after: Int64?, limit: Int = 500, for agent: AgentIdentity
  ) async throws(ParleyError) -> Replay {
    try await read { snapshot in
      let last = try EventRecords.lastSequence(in: snapshot)
      guard let after else { return .events([], upTo: last, isComplete: true) }
      let first = try EventRecords.firstSequence(in: snapshot) ?? last + 1
      // A number from the future is one of another life of this database: one restored from a backup.
      guard after <= last, after >= first - 1 else { return .startOver(sequence: last) }
      let page = try EventRecords.page(after: after, for: agent.id, limit: limit, in: snapshot)
      let isComplete = page.count < limit
      return .events(page, upTo: isComplete ? last : page.last?.sequence ?? last, isComplete: isComplete)
    }
  }
}
