import SQLite

/// Stores a checked deal with everything it brings along, and records what that causes: the account and the contact where
/// they are new, the links between them, who the visitor is, the deal, and a line in the conversation's thread.
struct DealAddition {
  let deal: CheckedDeal
  let agent: AgentIdentity
  let presence: Presence
  let changes: Changes

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
    try thread?.append(.status(detail, by: agent), in: transaction, changes)
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
    return (contact, isNew)
  }

  private func storeDeal(
    contact: Contact?, account: Account?, in transaction: borrowing Transaction
  ) throws -> Deal {
    let id = try DealRecords.insert(
      DealRecords.New(
        title: deal.title, description: deal.description, value: deal.value, ownerID: deal.ownerID,
        pipelineID: deal.pipelineID, stageID: deal.stageID, forecastedCloseOn: deal.forecastedCloseOn,
        contactID: contact?.id, accountID: account?.id, conversationID: deal.conversationID,
        createdBy: agent.id, createdAt: changes.now),
      in: transaction)
    let today = try CalendarDate.today(now: changes.now, in: transaction.snapshot)
    guard let stored = try DealRecords.deal(id, today: today, in: transaction.snapshot) else {
      throw ParleyError.defect(reason: "deals.insert")
    }
    try changes.record(.dealAdded(stored), for: .agents, in: transaction)
    return stored
  }
}
