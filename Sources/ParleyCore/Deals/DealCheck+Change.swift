import SQLite

extension DealCheck {
  /// Applies a change to a deal under way.
  ///
  /// - Throws: `ParleyError.invalid` with the code `deal.invalid` and every field error at once.
  mutating func apply(
    _ change: DealChange, to revision: inout DealRevision, in snapshot: borrowing Snapshot
  ) throws {
    let before = revision.before
    let isElsewhere = change.pipelineID != nil && change.pipelineID != before.pipeline.id
    let pipeline =
      isElsewhere
      ? try pipeline(addingTo: change.pipelineID, in: snapshot)
      : try pipeline(before.pipeline.id, in: snapshot)
    let stage = stage(change.stageID ?? (isElsewhere ? nil : before.stage.id), in: pipeline)
    let tags = change.tags.map { self.tags($0) }
    var fields = revision.fields
    if let value = change.value {
      let typed = DealDraft.Value(minor: value.minor, currency: value.currency ?? before.value.currency.code)
      if let value = self.value(typed, in: pipeline) { fields.value = value }
    }
    // An owner who stays is not asked about, unless the deal goes where they may not see it.
    let ownerID = change.ownerID ?? before.owner.id
    if ownerID != before.owner.id || isElsewhere {
      fields.ownerID = try owner(ownerID, pipeline: pipeline, in: snapshot) ?? fields.ownerID
    }
    if let day = change.forecastedCloseOn { fields.forecastedCloseOn = closeDate(day) }
    try setParties(change, before, &fields, in: snapshot)
    try setTexts(change, &fields, in: snapshot)
    let fieldValues = try change.fields?.checked(of: .deal, &invalid, in: snapshot)
    let lostReason = lostReason(change, status: change.status ?? before.status)
    try invalid.check()
    revision.change { $0 = fields }
    if let status = change.status ?? lostReason.map({ _ in before.status }) {
      revision.setStatus(status, lostReason: lostReason)
    }
    if let tags { revision.setTags(tags) }
    if let fieldValues { revision.setFields(fieldValues) }
    if let stage, let pipeline, stage.id != before.stage.id {
      try revision.move(to: stage.id, of: pipeline.id, in: snapshot)
    }
  }

  private mutating func setParties(
    _ change: DealChange, _ before: Deal, _ fields: inout DealRecords.Fields, in snapshot: borrowing Snapshot
  ) throws {
    if let contactID = change.contactID {
      let party = try contact(contactID.map { .existing($0) }, in: snapshot)
      if case .existing(let contact) = party { fields.contactID = contact.id }
      if contactID == nil { fields.contactID = nil }
    }
    if let accountID = change.accountID {
      let party = try account(accountID.map { .existing($0) }, in: snapshot)
      if case .existing(let account) = party { fields.accountID = account.id }
      if accountID == nil { fields.accountID = nil }
    }
    // From a conversation a deal is always with a person, otherwise with a person or an account.
    let mayLackContact = before.conversationID == nil && fields.accountID != nil
    if fields.contactID == nil, !mayLackContact, change.contactID != nil || change.accountID != nil {
      invalid.add("contact", "deal.contact.required")
    }
  }

  private mutating func setTexts(
    _ change: DealChange, _ fields: inout DealRecords.Fields, in snapshot: borrowing Snapshot
  ) throws {
    if let typed = change.title {
      let values = try PersonalizationValues(
        contact: fields.contactID.map { .existing($0) }, account: fields.accountID.map { .existing($0) },
        now: now, in: snapshot)
      fields.title = title(typed, with: values)
    }
    if let typed = change.description { fields.description = description(typed) }
  }

  private mutating func lostReason(_ change: DealChange, status: Deal.Status) -> String? {
    guard let reason = change.lostReason?.onManyLines else { return nil }
    if reason.unicodeScalars.count > Deal.lostReasonLimit {
      invalid.add("lostReason", "deal.lostReason.too-long")
    }
    // Only what is lost has a reason for it.
    if status != .lost, !reason.isEmpty { invalid.add("lostReason", "deal.lostReason.invalid") }
    return reason
  }

  mutating func tags(_ typed: [String]) -> [TagName] {
    var names: [TagName] = []
    for text in typed.prefix(Deal.tagsLimit) {
      guard let name = TagName(text) else {
        invalid.add("tags", "deal.tags.invalid")
        continue
      }
      if !names.contains(name) { names.append(name) }
    }
    if typed.count > Deal.tagsLimit { invalid.add("tags", "deal.tags.too-many") }
    return names
  }
}
