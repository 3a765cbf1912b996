import SQLite

/// A row that is an account.
struct AccountRow {
  let name: AccountName
  let change: CheckedAccountChange
  /// Of one that is made; milliseconds since 1970 UTC.
  let createdAt: Int64?
  let known: Account?

  static func plan(
    _ cells: ImportCells, _ reading: ImportReading, in snapshot: borrowing Snapshot
  ) throws -> PlannedRow {
    var cells = cells
    let owner = reading.agent(&cells)
    let createdAt = reading.moment(.createdAt, &cells)
    let draft = AccountChange(
      name: cells[.name] ?? "", url: cells[.url], phone: cells[.phone], ownerID: owner.map { .some($0.id) },
      fields: reading.fields(&cells))
    var checked: CheckedAccountChange?
    do {
      checked = try draft.checked(isNew: true, in: snapshot)
    } catch ParleyError.invalid(let invalid) {
      cells.note(invalid)
    }
    try cells.check()
    guard let checked, let name = checked.name else { throw ParleyError.defect(reason: "imports.account") }
    let known = try AccountRecords.account(key: name.key, in: snapshot)
    let row = AccountRow(name: name, change: checked, createdAt: createdAt, known: known)
    var planned = PlannedRow(action: .create, content: .account(row), key: name.key)
    if known != nil { planned.action = reading.settings.existing == .update ? .update : .skip }
    return planned
  }

  func store(_ work: ImportWork, in transaction: borrowing Transaction) throws {
    var change = change
    // How an account that is known writes its name is its own.
    change.name = nil
    let account =
      try known
      ?? AccountRecords.findOrCreate(name, now: createdAt ?? work.changes.now, in: transaction).account
    try AccountRecords.update(account.id, with: change, in: transaction)
    try work.noteAccount(account.id, before: known, in: transaction)
  }
}
