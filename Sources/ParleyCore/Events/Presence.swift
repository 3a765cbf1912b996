import Synchronization

/// Who has a page open now. In memory only: a server that starts begins with nobody.
package final class Presence: Sendable {
  private struct State {
    var visitors: [VisitorKey: Int] = [:]
    var agents: [Int64: Int] = [:]
  }

  private let state = Mutex(State())

  package init() {}

  /// One more page of a visitor. True when it is the first: they have come online.
  package func connect(_ visitor: VisitorKey) -> Bool {
    state.withLock { Self.add(visitor, to: &$0.visitors) }
  }

  /// One page less. True when it was the last: they have gone offline.
  package func disconnect(_ visitor: VisitorKey) -> Bool {
    state.withLock { Self.remove(visitor, from: &$0.visitors) }
  }

  /// One more page of an agent. True when it is the first.
  package func connect(agent id: Int64) -> Bool {
    state.withLock { Self.add(id, to: &$0.agents) }
  }

  /// One page less. True when it was the last.
  package func disconnect(agent id: Int64) -> Bool {
    state.withLock { Self.remove(id, from: &$0.agents) }
  }

  package func isOnline(_ visitor: VisitorKey) -> Bool {
    state.withLock { $0.visitors[visitor] != nil }
  }

  package func isOnline(agent id: Int64) -> Bool {
    state.withLock { $0.agents[id] != nil }
  }

  /// What a visitor is told: whether anyone of the team is there.
  package var isAnyAgentOnline: Bool {
    state.withLock { !$0.agents.isEmpty }
  }

  private static func add<Key: Hashable>(_ key: Key, to counts: inout [Key: Int]) -> Bool {
    counts[key, default: 0] += 1
    return counts[key] == 1
  }

  private static func remove<Key: Hashable>(_ key: Key, from counts: inout [Key: Int]) -> Bool {
    guard let count = counts[key] else { return false }
    counts[key] = count > 1 ? count - 1 : nil
    return count == 1
  }
}
