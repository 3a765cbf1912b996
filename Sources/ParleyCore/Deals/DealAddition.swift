import SQLite

/// Stores a checked deal with everything it brings along, and records what that causes: the account and the contact where
/// they are new, the links between them, who the visitor is, the deal, and a line in the conversation's thread.
struct DealAddition {
  let deal: CheckedDeal
  let agent: AgentIdentity
  let presence: Presence
  let changes: Changes
  /// Milliseconds since 1970 UTC; now where it is nil.
  var createdAt: Int64?

  func store(in transaction: borrowing Transaction) throws -> AddedDeal {
    let account = try storeAccount(in: transaction)
    let contact = try storeContact(of: account?.record, in: transaction)
    var thread = try deal.conversationID.map { try ConversationThread.load($0, presence, in: transaction) }
    if let contact = contact?.record, var unlinked = thread, unlinked.visitor.visitor.contactID == nil {
      try Parley.link(&unlinked, to: contact.id, presence, in: transaction, changes)
      thread = unlinked
    }
    let stored = try storeDeal(contact: contact?.record, account: account?.record, in: transaction)
    let detail = MessageDetail.dealAdded(dealID: stored.id, title: stored.title)
    try thread?.append(.status(detail, by: agent, ofPipeline: stored.pipeline.id), in: transaction, changes)
    return AddedDeal(
      deal: stored,
      created: AddedDeal.Created(contact: contact?.isNew ?? false, account: account?.isNew ?? false))
  }

  private func storeAccount(in transaction: borrowing Transaction) throws -> (record: Account, isNew: Bool)? {
    switch deal.account {
    case nil: return nil
    case .existing(let account): return (account, false)
    case .new(let name):
      let (account, isNew) = try AccountRecords.findOrCreate(name, now: changes.now, in: transaction)
      if isNew { try changes.record(.accountChanged(account), for: .agents, in: transaction) }
      return (account, isNew)
    }
  }

  /// A contact without an account gets the deal's.
  private func storeContact(
    of account: Account?, in transaction: borrowing Transaction
  ) throws -> (record: Contact, isNew: Bool)? {
    var (contact, isNew): (Contact, Bool)
    switch deal.contact {
    case nil: return nil
    case .existing(let existing): (contact, isNew) = (existing, false)
    case .new(let new):
      (contact, isNew) = try ContactRecords.findOrCreate(
        new.email, name: new.name, phone: deal.visitorPhone, now: changes.now, in: transaction)
    }
    var isChanged = isNew
    if let account, try ContactRecords.setAccountIfNone(account.id, of: contact.id, in: transaction) {
      contact.account = AccountReference(id: account.id, name: account.name)
      isChanged = true
    }
    if isChanged { try changes.record(.contactChanged(contact), for: .agents, in: transaction) }
    if isNew { changes.noticeNew(contact) }
    return (contact, isNew)
  }

  private func storeDeal(
    contact: Contact?, account: Account?, in transaction: borrowing Transaction
  ) throws -> Deal {
    let ownerID =
      try deal.ownerID
      ?? Turns.nextOwner(
        of: deal.pipeline, value: deal.value, addedBy: agent, in: transaction)
    let fields = DealRecords.Fields(
      title: deal.title, description: deal.description, value: deal.value, ownerID: ownerID,
      pipelineID: deal.pipeline.id, stageID: deal.stageID,
      rank: try RankRecords.head(of: deal.stageID, in: transaction.snapshot),
      stageEnteredAt: createdAt ?? changes.now,
      forecastedCloseOn: deal.forecastedCloseOn, contactID: contact?.id, accountID: account?.id,
      lastActivityAt: changes.now)
    let id = try DealRecords.insert(
      fields, conversationID: deal.conversationID, createdBy: agent.id, createdAt: createdAt ?? changes.now,
      in: transaction)
    try CustomFieldRecords.set(deal.fields, of: .deal, id, in: transaction)
    let stored = try DealRevision.reload(id, in: transaction, changes)
    try DealHistoryRecords.insert(
      .created, from: nil, to: try JSON.text(stored.title), of: id, by: agent,
      at: createdAt ?? changes.now, in: transaction)
    try changes.record(.dealAdded(stored), for: .pipeline(stored.pipeline.id), in: transaction)
    changes.touch(ColumnKey(stored))
    changes.notice(Fact(.dealCreated, of: stored))
    changes.notice(Fact(.dealEnteredPipeline, of: stored))
    return stored
  }
}
