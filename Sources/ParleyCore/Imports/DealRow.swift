import SQLite

/// A row that is a deal.
struct DealRow {
  enum Content {
    case new(DealDraft, status: Deal.Status, lostReason: String?)
    case known(Deal, DealChange, ContactChoice?, AccountChoice?)
  }

  let content: Content
  let tags: [TagName]

  static func plan(
    _ cells: ImportCells, _ reading: ImportReading, in snapshot: borrowing Snapshot
  ) throws -> PlannedRow {
    var planning = DealPlanning(cells: cells, reading: reading)
    return try planning.plan(in: snapshot)
  }

  func store(_ work: ImportWork, in transaction: borrowing Transaction) throws {
    switch content {
    case .new(let draft, let status, let lostReason):
      try add(draft, status, lostReason, work, in: transaction)
    case .known(let deal, var change, let contact, let account):
      if let contact { change.contactID = try work.contact(contact, in: transaction) }
      if let account { change.accountID = try work.account(account, in: transaction) }
      try edit(deal.id, change, work, in: transaction)
      try work.noteDeal(deal.id, before: deal, in: transaction)
    }
  }

  private func add(
    _ draft: DealDraft, _ status: Deal.Status, _ lostReason: String?, _ work: ImportWork,
    in transaction: borrowing Transaction
  ) throws {
    var draft = draft
    // What the deal is with is made first, so that it can be taken back by itself.
    if let account = draft.account { draft.account = .existing(try work.account(account, in: transaction)) }
    if let contact = draft.contact { draft.contact = .existing(try work.contact(contact, in: transaction)) }
    var check = DealCheck(by: work.agent, work.presence, now: work.changes.now)
    let deal = try check.check(draft, in: transaction.snapshot)
    let addition = DealAddition(
      deal: deal, agent: work.agent, presence: work.presence, changes: work.changes)
    var contactBefore: Contact?
    if case .existing(let contact) = deal.contact { contactBefore = contact }
    let stored = try addition.store(in: transaction).deal
    // A contact without an account got the deal's.
    if let contactBefore, contactBefore.account == nil, deal.account != nil {
      try work.noteContact(contactBefore.id, before: contactBefore, in: transaction)
    }
    if status != .open || !tags.isEmpty {
      var change = DealChange(tags: tags.isEmpty ? nil : tags.map(\.text))
      if status != .open { (change.status, change.lostReason) = (status, lostReason) }
      try edit(stored.id, change, work, in: transaction)
    }
    try work.noteDeal(stored.id, before: nil, in: transaction)
  }

  private func edit(
    _ id: Int64, _ change: DealChange, _ work: ImportWork, in transaction: borrowing Transaction
  ) throws {
    var revision = try DealRevision(of: id, by: work.agent, in: transaction.snapshot, work.changes)
    var check = DealCheck(by: work.agent, work.presence, now: work.changes.now)
    try check.apply(change, to: &revision, in: transaction.snapshot)
    _ = try revision.store(in: transaction)
  }
}
