import SQLite

/// A row that is a contact.
struct ContactRow {
  let email: EmailAddress
  let change: CheckedContactChange
  let account: AccountName?
  /// Of one that is made; milliseconds since 1970 UTC.
  let createdAt: Int64?
  /// The contact who has the address already.
  let known: Contact?

  static func plan(
    _ cells: ImportCells, _ reading: ImportReading, in snapshot: borrowing Snapshot
  ) throws -> PlannedRow {
    var cells = cells
    let email = cells[.email].flatMap { EmailAddress($0) }
    let known = try email.flatMap { try ContactRecords.contact(email: $0, in: snapshot) }
    let account = try reading.account(&cells, in: snapshot)
    let createdAt = reading.moment(.createdAt, &cells)
    var change = ContactChange(
      email: cells[.email] ?? "", firstName: cells[.firstName], lastName: cells[.lastName],
      phone: cells[.phone], jobTitle: cells[.jobTitle], tags: reading.tags(cells),
      fields: reading.fields(&cells))
    if let full = cells[.name].map({ PersonName(full: $0) }) {
      change.firstName = change.firstName ?? full.first
      change.lastName = change.lastName ?? full.last
    }
    // Tags are added to those that there are.
    if let known, let tags = change.tags {
      change.tags = known.tags + tags.filter { !known.tags.contains($0) }
    }
    var checked: CheckedContactChange?
    do {
      checked = try change.checked(isNew: true, in: snapshot)
    } catch ParleyError.invalid(let invalid) {
      cells.note(invalid)
    }
    try cells.check()
    guard let email, var checked else { throw ParleyError.defect(reason: "imports.contact") }
    if let known = known {
      checked.email = nil
      if let accountID = account?.known?.id, known.account?.id != accountID { checked.accountID = accountID }
    }
    let row = ContactRow(
      email: email, change: checked, account: account?.name, createdAt: createdAt, known: known)
    var planned = PlannedRow(action: .create, content: .contact(row), key: email.key)
    if known != nil { planned.action = reading.settings.existing == .update ? .update : .skip }
    if let account, account.known == nil { planned.newAccount = account.name.key }
    return planned
  }

  func store(_ work: ImportWork, in transaction: borrowing Transaction) throws {
    var change = change
    if let account { change.accountID = try work.account(account, in: transaction).id }
    if let known {
      try ContactRecords.update(known.id, with: change, in: transaction)
      try work.noteContact(known.id, before: known, in: transaction)
      return
    }
    let name = PersonName(first: change.firstName ?? "", last: change.lastName ?? "")
    let contact = try ContactRecords.findOrCreate(
      email, name: name, phone: change.phone ?? "", now: createdAt ?? work.changes.now, in: transaction
    ).contact
    try ContactRecords.update(contact.id, with: change, in: transaction)
    try work.noteContact(contact.id, before: nil, in: transaction)
  }
}
