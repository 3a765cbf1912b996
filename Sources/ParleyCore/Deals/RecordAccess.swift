import SQLite

/// Who may see or change a record, and so what hangs on it: for a deal whoever may in its pipeline, for contacts and accounts
/// every agent.
enum RecordAccess {
  /// - Throws: `notFound`, also for a record that the agent may not see; `permissionDenied` for one that they see and may not
  ///   change.
  static func require(
    _ right: PipelineRights, _ record: RecordID, by agent: AgentIdentity,
    in snapshot: borrowing Snapshot
  ) throws {
    switch record.kind {
    case .deal:
      guard let pipelineID = try DealRecords.pipelineID(of: record.id, in: snapshot) else {
        throw ParleyError.notFound
      }
      try PipelineAccess.require(right, pipelineID, by: agent, in: snapshot)
    case .contact:
      guard try ContactRecords.contact(record.id, in: snapshot) != nil else { throw ParleyError.notFound }
    case .account:
      guard try AccountRecords.account(record.id, in: snapshot) != nil else { throw ParleyError.notFound }
    }
  }
}

extension RecordID {
  func id(of kind: RecordKind) -> Int64? { self.kind == kind ? id : nil }

  /// Whether someone of the team may see it: only they can have something to do about it.
  func isVisible(toAgent agentID: Int64, in snapshot: borrowing Snapshot) throws -> Bool {
    guard kind == .deal else { return true }
    guard let pipelineID = try DealRecords.pipelineID(of: id, in: snapshot) else { return false }
    return try PipelineAccess.agent(agentID, maySee: pipelineID, in: snapshot)
  }
}

extension Changes {
  /// Records that notes or tasks of a record changed. For a deal that is activity, and stands in its history.
  func recordWork(
    on record: RecordID, _ part: RecordPart, _ field: DealField, from: String?, to: String?,
    by agent: AgentIdentity, in transaction: borrowing Transaction
  ) throws {
    guard record.kind == .deal else {
      return try self.record(.recordChanged(record, part), for: .agents, in: transaction)
    }
    try DealHistoryRecords.insert(
      field, from: from, to: to, of: record.id, by: agent, at: now, in: transaction)
    try DealRecords.touch(record.id, at: now, in: transaction)
    let deal = try DealRevision.reload(record.id, in: transaction, self)
    let audience = Audience.pipeline(deal.pipeline.id)
    try self.record(.recordChanged(record, part), for: audience, in: transaction)
    try self.record(.recordChanged(record, .changes), for: audience, in: transaction)
    try self.record(.dealChanged(deal), for: audience, in: transaction)
  }
}
