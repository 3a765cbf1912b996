import SQLite

/// Whose the next deal of a pipeline is, when nobody is named.
enum Turns {
  /// Chooses, and counts the turn.
  static func nextOwner(
    of pipeline: Pipeline, value: Money, addedBy agent: AgentIdentity, in transaction: borrowing Transaction
  ) throws -> Int64 {
    guard pipeline.assignment != .manual else { return agent.id }
    let candidates = try TurnRecords.turns(in: pipeline.id, transaction.snapshot).filter {
      pipeline.watchers.contains($0.agentID)
    }
    // Amounts of another currency cannot be weighed: those deals go round in turn.
    let isWeighed = pipeline.assignment == .roundRobinByValue && value.currency.code == pipeline.currency
    let chosen = candidates.min { left, right in
      if isWeighed, left.sum != right.sum { return left.sum < right.sum }
      return (left.lastTurn, left.agentID) < (right.lastTurn, right.agentID)
    }
    guard var chosen else { return agent.id }
    chosen.lastTurn = (candidates.map(\.lastTurn).max() ?? 0) + 1
    if value.currency.code == pipeline.currency { chosen.sum = chosen.sum + MoneySum(value) }
    try TurnRecords.save(chosen, in: pipeline.id, transaction)
    return chosen.agentID
  }
}
