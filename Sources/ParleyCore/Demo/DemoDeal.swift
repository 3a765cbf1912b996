import SQLite

/// Stores a demo's deal with all that has been done about it.
struct DemoDeal {
  let deal: DemoWorkspace.Deal
  let cast: DemoCast
  /// Milliseconds since 1970 UTC.
  let now: Int64

  private static let day: Int64 = 24 * 60 * 60 * 1000

  /// - Parameter time: when it was added.
  func insert(
    conversationID: Int64?, at time: Int64, by agent: AgentIdentity, in transaction: borrowing Transaction
  ) throws -> Int64 {
    let (pipelineID, path) = try cast.path(to: deal.stage, in: deal.pipeline)
    let closedAt = deal.status == .open ? nil : max(time, deal.closedDaysAgo.map(ago) ?? time)
    let activeAt = max(time, deal.activeDaysAgo.map(ago) ?? time, closedAt ?? time)
    // What lasted no day was added where it stands.
    let stages = activeAt - time < Self.day ? path.suffix(1) : path[...]
    guard let first = stages.first, let last = stages.last else { preconditionFailure("a path has an end") }
    var fields = DealRecords.Fields(
      title: deal.title, description: deal.description, value: deal.value,
      ownerID: try cast.agent(deal.owner).id, pipelineID: pipelineID, stageID: first.id,
      rank: try RankRecords.head(of: last.id, in: transaction.snapshot), stageEnteredAt: time,
      forecastedCloseOn: deal.closesInDays.flatMap { cast.today.adding(days: $0) },
      contactID: try cast.contactID(deal.contact),
      accountID: try deal.account.map { try cast.accountID($0) }, lastActivityAt: activeAt)
    let id = try DealRecords.insert(
      fields, conversationID: conversationID, createdBy: agent.id, createdAt: time, in: transaction)
    try record(
      .created, from: nil, to: try JSON.text(deal.title), of: id, by: agent, at: time, in: transaction)
    let owner = try cast.agent(deal.owner)
    for (index, stage) in stages.enumerated().dropFirst() {
      // The later stages take a little longer.
      let share = Double(index * index) / Double(stages.count * stages.count)
      fields.stageID = stage.id
      fields.stageEnteredAt = time + Int64(Double(activeAt - time) * share)
      try DealRecords.update(id, fields, in: transaction)
      try record(
        .stage, from: try JSON.text(StageReference(stages[index - 1])),
        to: try JSON.text(StageReference(stage)),
        of: id, by: owner, at: fields.stageEnteredAt, in: transaction)
    }
    if let closedAt {
      (fields.status, fields.closedAt, fields.lostReason) = (deal.status, closedAt, deal.lostReason ?? "")
      try DealRecords.update(id, fields, in: transaction)
      try record(
        .status, from: try JSON.text(Deal.Status.open), to: try JSON.text(deal.status), of: id, by: owner,
        at: closedAt, in: transaction)
    }
    for secondary in deal.secondary {
      let contactID = try cast.contactID(secondary.email)
      try DealRecords.addSecondaryContact(contactID, role: secondary.role, to: id, in: transaction)
    }
    for tag in deal.tags ?? [] {
      guard let name = TagName(tag) else { throw ParleyError.defect(reason: "demo: \(tag) is no tag") }
      try TagRecords.add(name, toDeal: id, in: transaction)
    }
    let record = RecordID(.deal, id)
    try cast.fields.set(deal.fields, of: record, in: transaction)
    try DemoWork(cast: cast, now: now).insert(
      deal.notes, deal.tasks, on: record, addedAt: time, in: transaction)
    return id
  }

  private func record(
    _ field: DealField, from: String?, to: String?, of id: Int64, by agent: AgentIdentity, at time: Int64,
    in transaction: borrowing Transaction
  ) throws {
    try DealHistoryRecords.insert(
      field, from: from, to: to, of: id, by: agent, at: time, in: transaction)
  }

  private func ago(_ days: Int64) -> Int64 { now - days * Self.day }
}
