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
    let today = try WorkspaceTime(now: now, in: transaction.snapshot).today
    let place = try cast.place(deal.stage, in: deal.pipeline)
    let closedAt = deal.status == .open ? nil : max(time, deal.closedDaysAgo.map(ago) ?? time)
    let activeAt = max(time, deal.activeDaysAgo.map(ago) ?? time, closedAt ?? time)
    let id = try DealRecords.insert(
      DealRecords.Fields(
        title: deal.title, description: deal.description, value: deal.value,
        ownerID: try cast.agent(deal.owner).id, pipelineID: place.pipelineID, stageID: place.stageID,
        rank: try RankRecords.head(of: place.stageID, in: transaction.snapshot), stageEnteredAt: time,
        status: deal.status, closedAt: closedAt, lostReason: deal.lostReason ?? "",
        forecastedCloseOn: deal.closesInDays.flatMap { today.adding(days: $0) },
        contactID: try cast.contactID(deal.contact),
        accountID: try deal.account.map { try cast.accountID($0) }, lastActivityAt: activeAt),
      conversationID: conversationID, createdBy: agent.id, createdAt: time, in: transaction)
    for secondary in deal.secondary {
      let contactID = try cast.contactID(secondary.email)
      try DealRecords.addSecondaryContact(contactID, role: secondary.role, to: id, in: transaction)
    }
    for tag in deal.tags ?? [] {
      guard let name = TagName(tag) else { throw ParleyError.defect(reason: "demo: \(tag) is no tag") }
      try TagRecords.add(name, toDeal: id, in: transaction)
    }
    try insertHistory(of: id, closedAt: closedAt, addedAt: time, by: agent, in: transaction)
    try insertWork(on: RecordID(.deal, id), addedAt: time, today: today, in: transaction)
    return id
  }

  private func insertHistory(
    of id: Int64, closedAt: Int64?, addedAt time: Int64, by agent: AgentIdentity,
    in transaction: borrowing Transaction
  ) throws {
    try DealHistoryRecords.insert(
      .created, from: nil, to: try JSON.text(deal.title), of: id, by: agent.id, at: time, in: transaction)
    guard let closedAt else { return }
    try DealHistoryRecords.insert(
      .status, from: try JSON.text(Deal.Status.open), to: try JSON.text(deal.status), of: id,
      by: try cast.agent(deal.owner).id, at: closedAt, in: transaction)
  }

  private func insertWork(
    on record: RecordID, addedAt time: Int64, today: CalendarDate, in transaction: borrowing Transaction
  ) throws {
    for note in deal.notes ?? [] {
      _ = try NoteRecords.insert(
        note.text, on: record, by: try cast.agent(note.by).id, at: max(time, ago(note.daysAgo)),
        in: transaction)
    }
    for task in deal.tasks ?? [] {
      let assigneeID = try cast.agent(task.assignee).id
      let fields = TaskFields(
        title: task.title, kind: task.kind, dueOn: task.dueInDays.flatMap { today.adding(days: $0) },
        assigneeID: assigneeID, doneAt: task.doneDaysAgo.map { max(time, ago($0)) },
        outcome: task.outcome ?? "")
      _ = try TaskRecords.insert(fields, of: record, by: assigneeID, at: time, in: transaction)
    }
  }

  private func ago(_ days: Int64) -> Int64 { now - days * Self.day }
}
