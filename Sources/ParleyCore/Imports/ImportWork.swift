import SQLite

/// The storing of rows in one transaction: what it makes and changes, kept so that it can be taken back.
final class ImportWork {
  let agent: AgentIdentity
  let presence: Presence
  let changes: Changes
  /// Only of what is made beside the rows.
  private(set) var accounts = 0
  private(set) var contacts = 0
  private let importID: Int64

  init(_ importID: Int64, by agent: AgentIdentity, _ presence: Presence, _ changes: Changes) {
    self.importID = importID
    self.agent = agent
    self.presence = presence
    self.changes = changes
  }

  func account(_ name: AccountName, in transaction: borrowing Transaction) throws -> Account {
    let (account, isNew) = try AccountRecords.findOrCreate(name, now: changes.now, in: transaction)
    if isNew {
      accounts += 1
      try noteAccount(account.id, before: nil, in: transaction)
    }
    return account
  }

  func account(_ choice: AccountChoice, in transaction: borrowing Transaction) throws -> Int64 {
    switch choice {
    case .existing(let id): return id
    case .new(let typed):
      guard let name = AccountName(typed) else { throw ParleyError.defect(reason: "imports.account") }
      return try account(name, in: transaction).id
    }
  }

  func contact(_ choice: ContactChoice, in transaction: borrowing Transaction) throws -> Int64 {
    switch choice {
    case .existing(let id): return id
    case .new(let name, let typed):
      guard let email = EmailAddress(typed) else { throw ParleyError.defect(reason: "imports.contact") }
      let (contact, isNew) = try ContactRecords.findOrCreate(
        email, name: PersonName(full: name), phone: "", now: changes.now, in: transaction)
      if isNew {
        contacts += 1
        try noteContact(contact.id, before: nil, in: transaction)
      }
      return contact.id
    }
  }

  /// - Parameter before: nil for one that was made.
  func noteContact(_ id: Int64, before: Contact?, in transaction: borrowing Transaction) throws {
    guard let after = try ContactRecords.contact(id, in: transaction.snapshot), after != before else {
      return
    }
    if let before { changes.noticeChange(from: before, to: after) } else { changes.noticeNew(after) }
    let effect = ImportEffect(
      record: RecordID(.contact, id), before: try before.map { try JSON.text($0) },
      after: try JSON.text(after))
    try ImportEffectRecords.insert(effect, of: importID, in: transaction)
  }

  func noteAccount(_ id: Int64, before: Account?, in transaction: borrowing Transaction) throws {
    guard let after = try AccountRecords.account(id, in: transaction.snapshot), after != before else {
      return
    }
    if let before { changes.noticeChange(from: before, to: after) }
    let effect = ImportEffect(
      record: RecordID(.account, id), before: try before.map { try JSON.text($0) },
      after: try JSON.text(after))
    try ImportEffectRecords.insert(effect, of: importID, in: transaction)
  }

  func noteDeal(_ id: Int64, before: Deal?, in transaction: borrowing Transaction) throws {
    let effect = ImportEffect(
      record: RecordID(.deal, id), before: try before.map { try JSON.text($0) },
      after: try JSON.text(changes.now))
    try ImportEffectRecords.insert(effect, of: importID, in: transaction)
  }
}

/// Takes back what an import did, the last first. What someone has changed or used since stays as it is.
struct ImportUndoing {
  let agent: AgentIdentity
  let changes: Changes

  /// Answers whether it was taken back, or had gone already.
  func undo(_ effect: ImportEffect, in transaction: borrowing Transaction) throws -> Bool {
    switch effect.record.kind {
    case .contact: try undoContact(effect, in: transaction)
    case .account: try undoAccount(effect, in: transaction)
    case .deal: try undoDeal(effect, in: transaction)
    }
  }

  /// As it comes out of what an import keeps of it, where numbers are texts.
  private func asKept<Record: Codable>(_ record: Record) throws -> Record {
    try JSON.value(Record.self, from: JSON.text(record))
  }

  private func undoContact(_ effect: ImportEffect, in transaction: borrowing Transaction) throws -> Bool {
    let id = effect.record.id
    guard let now = try ContactRecords.contact(id, in: transaction.snapshot) else { return true }
    guard try asKept(now).isSame(as: JSON.value(Contact.self, from: effect.after)) else { return false }
    guard let text = effect.before else {
      guard try !ImportEffectRecords.isUsed(effect.record, in: transaction.snapshot) else { return false }
      try ImportEffectRecords.remove(effect.record, in: transaction)
      return true
    }
    let before = try JSON.value(Contact.self, from: text)
    let fields = try FieldRecords.fields(of: .contact, in: transaction.snapshot)
    let change = CheckedContactChange(
      email: EmailAddress(before.email), firstName: before.firstName, lastName: before.lastName,
      phone: before.phone, jobTitle: before.jobTitle, accountID: .some(before.account?.id),
      tags: before.tags.compactMap { TagName($0) }, fields: before.fields.restored(fields))
    try ContactRecords.update(id, with: change, in: transaction)
    return true
  }

  private func undoAccount(_ effect: ImportEffect, in transaction: borrowing Transaction) throws -> Bool {
    let id = effect.record.id
    guard let now = try AccountRecords.account(id, in: transaction.snapshot) else { return true }
    guard try asKept(now).isSame(as: JSON.value(Account.self, from: effect.after)) else { return false }
    guard let text = effect.before else {
      guard try !ImportEffectRecords.isUsed(effect.record, in: transaction.snapshot) else { return false }
      try ImportEffectRecords.remove(effect.record, in: transaction)
      return true
    }
    let before = try JSON.value(Account.self, from: text)
    let fields = try FieldRecords.fields(of: .account, in: transaction.snapshot)
    let change = CheckedAccountChange(
      name: AccountName(before.name), url: before.url, phone: before.phone, ownerID: .some(before.owner?.id),
      fields: before.fields.restored(fields))
    try AccountRecords.update(id, with: change, in: transaction)
    return true
  }

  private func undoDeal(_ effect: ImportEffect, in transaction: borrowing Transaction) throws -> Bool {
    let id = effect.record.id
    let time = try WorkspaceTime(now: changes.now, in: transaction.snapshot)
    guard let now = try DealRecords.deal(id, at: time, in: transaction.snapshot) else { return true }
    let after = try JSON.value(Int64.self, from: effect.after)
    guard now.lastActivityAt <= after else { return false }
    guard let text = effect.before else {
      guard try !ImportEffectRecords.isUsed(effect.record, in: transaction.snapshot) else { return false }
      try ImportEffectRecords.remove(effect.record, in: transaction)
      return true
    }
    let before = try JSON.value(Deal.self, from: text)
    let fields = try FieldRecords.fields(of: .deal, in: transaction.snapshot)
    do {
      var revision = try DealRevision(
        of: id, by: agent, requiring: .edit, in: transaction.snapshot, changes)
      revision.change { $0 = DealRecords.Fields(before) }
      revision.setTags(before.tags.compactMap { TagName($0) })
      revision.setFields(before.fields.restored(fields))
      try restoreParts(of: try revision.store(in: transaction), before, in: transaction)
      return true
    } catch ParleyError.permissionDenied {
      // Whoever imported it may no longer change it: nothing was stored.
      return false
    }
  }

  private func restoreParts(of now: Deal, _ before: Deal, in transaction: borrowing Transaction) throws {
    var deal = now
    for part in now.secondaryContacts where !before.secondaryContacts.contains(where: { $0.id == part.id }) {
      deal = try Parley.takePart(part, in: deal.id, by: agent, transaction, changes)
    }
    for part in before.secondaryContacts where !now.secondaryContacts.contains(part) {
      deal = try Parley.setPart(of: part.id, role: part.role, in: deal, by: agent, transaction, changes)
    }
  }
}

extension CustomFieldValues {
  /// What sets each of these fields as it was, or empties it.
  fileprivate func restored(_ fields: [CustomField]) -> [CheckedField] {
    fields.map { field in
      // Read without its definition, a number or a date is but a text.
      do throws(FieldFault) {
        return (field, try CustomFieldValue(FieldEntry(self[field.id]), as: field))
      } catch {
        // What can no longer be chosen.
        return (field, nil)
      }
    }
  }
}
