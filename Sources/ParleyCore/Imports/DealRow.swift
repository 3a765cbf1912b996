import SQLite

/// A row that is a deal.
struct DealRow {
  enum Content {
    /// `createdAt`: milliseconds since 1970 UTC; now where it is nil.
    case new(DealDraft, createdAt: Int64?, status: Deal.Status, lostReason: String?)
    case known(Deal, DealChange, ContactChoice?, AccountChoice?)
  }

  /// A contact with a part in the deal that is not its own.
  struct Part {
    let contact: ContactChoice
    /// By what it is made if it has to be.
    let newKey: String?
    let role: String
  }

  let content: Content
  /// Of a deal that is not open then; milliseconds since 1970 UTC.
  let closedAt: Int64?
  let tags: [TagName]
  let parts: [Part]

  static func plan(
    _ cells: ImportCells, _ reading: ImportReading, in snapshot: borrowing Snapshot
  ) throws -> PlannedRow {
    var planning = DealPlanning(cells: cells, reading: reading)
    return try planning.plan(in: snapshot)
  }

  func store(_ work: ImportWork, in transaction: borrowing Transaction) throws {
    switch content {
    case .new(let draft, let createdAt, let status, let lostReason):
      try add(draft, createdAt, status, lostReason, work, in: transaction)
    case .known(let deal, var change, let contact, let account):
      if let contact { change.contactID = try work.contact(contact, in: transaction) }
      if let account { change.accountID = try work.account(account, in: transaction) }
      try edit(deal.id, change, work, in: transaction)
      try storeParts(of: deal.id, work, in: transaction)
      try work.noteDeal(deal.id, before: deal, in: transaction)
    }
  }

  private func add(
    _ draft: DealDraft, _ createdAt: Int64?, _ status: Deal.Status, _ lostReason: String?,
    _ work: ImportWork, in transaction: borrowing Transaction
  ) throws {
    var draft = draft
    // What the deal is with is made first, so that it can be taken back by itself.
    if let account = draft.account { draft.account = .existing(try work.account(account, in: transaction)) }
    if let contact = draft.contact { draft.contact = .existing(try work.contact(contact, in: transaction)) }
    var check = DealCheck(by: work.agent, work.presence, now: work.changes.now)
    let deal = try check.check(draft, in: transaction.snapshot)
    let addition = DealAddition(
      deal: deal, agent: work.agent, presence: work.presence, changes: work.changes,
      createdAt: createdAt)
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
    try storeParts(of: stored.id, work, in: transaction)
    try work.noteDeal(stored.id, before: nil, in: transaction)
  }

  private func edit(
    _ id: Int64, _ change: DealChange, _ work: ImportWork, in transaction: borrowing Transaction
  ) throws {
    var revision = try DealRevision(of: id, by: work.agent, in: transaction.snapshot, work.changes)
    var check = DealCheck(by: work.agent, work.presence, now: work.changes.now)
    try check.apply(change, to: &revision, in: transaction.snapshot)
    if let closedAt, let known = revision.fields.closedAt, known / 1000 != closedAt / 1000 {
      revision.change { $0.closedAt = closedAt }
    }
    _ = try revision.store(in: transaction)
  }

  private func storeParts(
    of id: Int64, _ work: ImportWork, in transaction: borrowing Transaction
  ) throws {
    guard !parts.isEmpty else { return }
    var deal = try DealRevision.reload(id, in: transaction, work.changes)
    for part in parts {
      let contactID = try work.contact(part.contact, in: transaction)
      guard !deal.secondaryContacts.contains(where: { $0.id == contactID && $0.role == part.role }) else {
        continue
      }
      deal = try Parley.setPart(
        of: contactID, role: part.role, in: deal, by: work.agent, transaction, work.changes)
    }
  }
}
