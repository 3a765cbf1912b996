import SQLite

/// A change of one deal under way: the one path by which a stored deal changes, whoever asks. It stores the row, the history
/// and the events together.
struct DealRevision {
  let before: Deal
  private(set) var fields: DealRecords.Fields
  private let tags: [TagName]
  private var newTags: [TagName]
  private var fieldValues: [CheckedField] = []
  private let agent: AgentIdentity
  private let changes: Changes

  /// - Parameter right: what the agent must be allowed, where it is known beforehand; `store` asks for what has been changed.
  /// - Throws: `notFound`, also for a deal of a pipeline that the agent may not see; `permissionDenied`.
  init(
    of id: Int64, by agent: AgentIdentity, requiring right: PipelineRights = .see,
    in snapshot: borrowing Snapshot, _ changes: Changes
  ) throws {
    let time = try WorkspaceTime(now: changes.now, in: snapshot)
    guard let deal = try DealRecords.deal(id, at: time, in: snapshot) else { throw ParleyError.notFound }
    try PipelineAccess.require(right, deal.pipeline.id, by: agent, in: snapshot)
    before = deal
    fields = DealRecords.Fields(deal)
    tags = deal.tags.compactMap { TagName($0) }
    newTags = tags
    self.agent = agent
    self.changes = changes
  }

  mutating func change(_ body: (inout DealRecords.Fields) throws -> Void) rethrows {
    try body(&fields)
  }

  /// Puts the deal into a stage: behind the card, or at the head of its column.
  mutating func move(
    to stageID: Int64, of pipelineID: Int64, behind card: Int64? = nil, in snapshot: borrowing Snapshot
  ) throws {
    if let card, card != before.id {
      fields.rank = try RankRecords.place(behind: card, in: stageID, snapshot)
    } else {
      fields.rank = try RankRecords.head(of: stageID, in: snapshot)
    }
    guard stageID != fields.stageID else { return }
    fields.stageID = stageID
    fields.pipelineID = pipelineID
    fields.stageEnteredAt = changes.now
  }

  /// Opens or closes the deal. A reason stays with lost deals only.
  mutating func setStatus(_ status: Deal.Status, lostReason: String?) {
    if status != fields.status {
      fields.status = status
      fields.closedAt = status == .open ? nil : changes.now
    }
    fields.lostReason = status == .lost ? lostReason ?? fields.lostReason : ""
  }

  mutating func setTags(_ tags: [TagName]) {
    newTags = tags
  }

  /// Only what differs from what the deal has counts as a change.
  mutating func setFields(_ values: [CheckedField]) {
    fieldValues = values.filter { before.fields[$0.field.id] != $0.value }
  }

  mutating func addTag(_ tag: TagName) {
    if !newTags.contains(tag) { newTags.append(tag) }
  }

  mutating func removeTag(_ tag: TagName) {
    newTags.removeAll { $0 == tag }
  }

  /// Stores what has changed, if anything has, and answers the deal as it is then.
  ///
  /// - Throws: `permissionDenied` for what the agent may not change; then nothing is stored.
  func store(in transaction: borrowing Transaction) throws -> Deal {
    let isMoveOnly =
      fields == DealRecords.Fields(before).ranked(fields.rank) && newTags == tags
      && fieldValues.isEmpty
    if isMoveOnly, fields.rank.text == before.rank { return before }
    try requireRights(in: transaction.snapshot)
    var stored = fields
    if !isMoveOnly { stored.lastActivityAt = changes.now }
    try DealRecords.update(before.id, stored, in: transaction)
    if let contactID = stored.contactID, contactID != before.contact?.id {
      // Whoever a deal is with has no other part in it.
      try DealRecords.removeSecondaryContact(contactID, from: before.id, in: transaction)
    }
    for tag in tags where !newTags.contains(tag) {
      try TagRecords.remove(tag, fromDeal: before.id, in: transaction)
    }
    for tag in newTags where !tags.contains(tag) {
      try TagRecords.add(tag, toDeal: before.id, in: transaction)
    }
    try CustomFieldRecords.set(fieldValues, of: .deal, before.id, in: transaction)
    let after = try Self.reload(before.id, in: transaction, changes)
    try recordHistory(of: after, in: transaction)
    try changes.recordDeparture(of: before, to: after.pipeline.id, in: transaction)
    try changes.record(.dealChanged(after), for: .pipeline(after.pipeline.id), in: transaction)
    changes.noticeChange(from: before, to: after)
    let columns = (ColumnKey(before), ColumnKey(after))
    if columns.0 != columns.1 || before.value != after.value {
      changes.touch(columns.0)
      changes.touch(columns.1)
    }
    return after
  }

  /// Another owner is one right, everything else another. Elsewhere the deal is added.
  private func requireRights(in snapshot: borrowing Snapshot) throws {
    var rest = fields
    rest.ownerID = before.owner.id
    var needed: PipelineRights = []
    if fields.ownerID != before.owner.id { needed.insert(.reassign) }
    let isEdited = rest != DealRecords.Fields(before) || newTags != tags || !fieldValues.isEmpty
    if isEdited { needed.insert(.edit) }
    try PipelineAccess.require(needed, before.pipeline.id, by: agent, in: snapshot)
    if fields.pipelineID != before.pipeline.id {
      try PipelineAccess.require(.add, fields.pipelineID, by: agent, in: snapshot)
    }
  }

  static func reload(_ id: Int64, in transaction: borrowing Transaction, _ changes: Changes) throws -> Deal {
    let time = try WorkspaceTime(now: changes.now, in: transaction.snapshot)
    guard let deal = try DealRecords.deal(id, at: time, in: transaction.snapshot) else {
      throw ParleyError.defect(reason: "deals.reload")
    }
    return deal
  }

  private func recordHistory(of after: Deal, in transaction: borrowing Transaction) throws {
    let differences = try differences(to: after)
    for (field, old, new) in differences {
      try DealHistoryRecords.insert(
        field, from: old, to: new, of: before.id, by: agent, at: changes.now, in: transaction)
    }
    guard !differences.isEmpty else { return }
    let record = RecordID(.deal, before.id)
    try changes.record(
      .recordChanged(record, .changes), for: .pipeline(after.pipeline.id), in: transaction)
  }

  private func differences(to after: Deal) throws -> [(field: DealField, old: String?, new: String?)] {
    var found: [(DealField, String?, String?)] = []
    func compare<Value: Encodable & Equatable & SendableMetatype>(
      _ field: DealField, _ value: KeyPath<Deal, Value>
    ) throws {
      let (old, new) = (before[keyPath: value], after[keyPath: value])
      if old != new { found.append((field, try JSON.text(old), try JSON.text(new))) }
    }
    func compare<Value: Encodable & Equatable & SendableMetatype>(
      _ field: DealField, _ value: KeyPath<Deal, Value?>
    ) throws {
      let (old, new) = (before[keyPath: value], after[keyPath: value])
      if old != new { found.append((field, try old.map(JSON.text), try new.map(JSON.text))) }
    }
    try compare(.title, \.title)
    try compare(.description, \.description)
    try compare(.value, \.value)
    try compare(.owner, \.owner)
    try compare(.forecastedCloseOn, \.forecastedCloseOn)
    try compare(.pipeline, \.pipeline)
    try compare(.stage, \.stageReference)
    try compare(.status, \.status)
    try compare(.lostReason, \.lostReason)
    try compare(.contact, \.contact)
    try compare(.account, \.account)
    try compare(.tags, \.tags)
    for (field, value) in fieldValues {
      let old = FieldMention(field: field, value: before.fields[field.id])
      let new = FieldMention(field: field, value: value)
      found.append((.field, try JSON.text(old), try JSON.text(new)))
    }
    return found
  }
}

extension DealRecords.Fields {
  init(_ deal: Deal) {
    self.init(
      title: deal.title, description: deal.description, value: deal.value, ownerID: deal.owner.id,
      pipelineID: deal.pipeline.id, stageID: deal.stage.id, rank: Rank(stored: deal.rank),
      stageEnteredAt: deal.stageEnteredAt, status: deal.status, closedAt: deal.closedAt,
      lostReason: deal.lostReason, forecastedCloseOn: deal.forecastedCloseOn, contactID: deal.contact?.id,
      accountID: deal.account?.id, lastActivityAt: deal.lastActivityAt)
  }

  func ranked(_ rank: Rank) -> DealRecords.Fields {
    var fields = self
    fields.rank = rank
    return fields
  }
}

/// A stage as a deal's history names it.
struct StageReference: Encodable, Equatable {
  let id: Int64
  let name: String

  init(_ stage: Stage) {
    id = stage.id
    name = stage.name
  }
}

extension Deal {
  fileprivate var stageReference: StageReference { StageReference(stage) }
}
