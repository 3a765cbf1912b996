import SQLite
import Synchronization

/// Who may see each pipeline, kept in memory between transactions, so that an event asks for one number instead of for every
/// agent's rights.
///
/// What is kept is as of a version that the database itself counts up with each change of what it follows from. Only the
/// writer's thread asks, in the transaction that causes the event: it gets what that transaction sees. After one that came to
/// nothing everything is forgotten, since its versions will be used again.
final class PipelineWatchers: Sendable {
  private struct Kept {
    let version: Int64
    let watchers: [Int64: Set<Int64>]
    let agents: Set<Int64>
  }

  private let kept = Mutex<Kept?>(nil)

  /// The agents who may see a pipeline.
  func watchers(of pipelineID: Int64, in snapshot: borrowing Snapshot) throws -> Set<Int64> {
    try current(in: snapshot).watchers[pipelineID] ?? []
  }

  /// The agents who may not.
  func outsiders(of pipelineID: Int64, in snapshot: borrowing Snapshot) throws -> Set<Int64> {
    let current = try current(in: snapshot)
    return current.agents.subtracting(current.watchers[pipelineID] ?? [])
  }

  func forget() {
    kept.withLock { $0 = nil }
  }

  private func current(in snapshot: borrowing Snapshot) throws -> Kept {
    let version = try RightRecords.version(in: snapshot)
    if let known = kept.withLock({ $0 }), known.version == version { return known }
    let fresh = Kept(
      version: version, watchers: try RightRecords.watchers(in: snapshot),
      agents: Set(try AgentRecords.ids(in: snapshot)))
    kept.withLock { $0 = fresh }
    return fresh
  }
}
