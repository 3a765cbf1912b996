import SQLite
import Synchronization

/// Which facts any enabled automation waits for: what nobody waits for is not even logged. Kept in memory between
/// transactions; only the writer's thread asks.
final class FactListeners: Sendable {
  private let kinds = Mutex<Set<Fact.Kind>?>(nil)

  func kinds(in snapshot: borrowing Snapshot) throws -> Set<Fact.Kind> {
    if let known = kinds.withLock({ $0 }) { return known }
    let triggers = try AutomationRecords.enabled(in: snapshot).flatMap(\.definition.triggers)
    let found = triggers.reduce(into: Set()) { $0.formUnion($1.kind.facts) }
    kinds.withLock { $0 = found }
    return found
  }

  /// After an automation changed, or a transaction came to nothing: the next one asks the database.
  func forget() {
    kinds.withLock { $0 = nil }
  }
}
