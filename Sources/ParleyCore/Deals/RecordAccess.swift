import SQLite

/// Who may see a record, and so what hangs on it: whoever may see the deal's pipeline; every agent for contacts and accounts.
enum RecordAccess {
  /// - Throws: `notFound`, also for a record that the agent may not see.
  static func require(_ record: RecordID, by agent: AgentIdentity, in snapshot: borrowing Snapshot) throws {
    let isVisible: Bool
    switch record.kind {
    case .deal:
      let pipelineID = try DealRecords.pipelineID(of: record.id, in: snapshot)
      isVisible = try pipelineID.map { try PipelineAccess.agent(agent.id, maySee: $0, in: snapshot) } ?? false
    case .contact: isVisible = try ContactRecords.contact(record.id, in: snapshot) != nil
    case .account: isVisible = try AccountRecords.account(record.id, in: snapshot) != nil
    }
    guard isVisible else { throw ParleyError.notFound }
  }
}

extension RecordID {
  func id(of kind: RecordKind) -> Int64? { self.kind == kind ? id : nil }
}

extension Changes {
  /// Records that notes or tasks of a record changed. For a deal that is activity, and stands in its history.
  func recordWork(
    on record: RecordID, _ part: RecordPart, _ field: DealField, from: String?, to: String?,
    by agent: AgentIdentity, in transaction: borrowing Transaction
  ) throws {
    try self.record(.recordChanged(record, part), for: .agents, in: transaction)
    guard record.kind == .deal else { return }
    try DealHistoryRecords.insert(
      field, from: from, to: to, of: record.id, by: agent.id, at: now, in: transaction)
    try DealRecords.touch(record.id, at: now, in: transaction)
    try self.record(.recordChanged(record, .changes), for: .agents, in: transaction)
    let deal = try DealRevision.reload(record.id, in: transaction, self)
    try self.record(.dealChanged(deal), for: .agents, in: transaction)
  }
}
