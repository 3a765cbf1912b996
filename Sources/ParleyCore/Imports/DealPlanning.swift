import SQLite

/// Reads the cells of a deal.
struct DealPlanning {
  var cells: ImportCells
  let reading: ImportReading

  mutating func plan(in snapshot: borrowing Snapshot) throws -> PlannedRow {
    if let known = try known(in: snapshot) { return try update(known, in: snapshot) }
    let pipeline = pipeline()
    let stage = stage(in: pipeline)
    let value = value(in: pipeline)
    let (status, lostReason) = status()
    let account = try reading.account(&cells, in: snapshot)
    let contact = try contact(in: snapshot)
    let tags = tags()
    let draft = DealDraft(
      title: cells[.title], value: value, ownerID: reading.agent(&cells)?.id,
      forecastedCloseOn: closeDate(), pipelineID: pipeline?.id, stageID: stage?.id,
      description: cells[.description], contact: contact?.choice,
      account: Self.choice(account),
      fields: reading.fields(&cells))
    try checkDraft(draft, in: snapshot)
    try cells.check()
    let row = DealRow(content: .new(draft, status: status ?? .open, lostReason: lostReason), tags: tags)
    return planned(.create, row, account: account, contact: contact)
  }

  private mutating func update(_ known: Deal, in snapshot: borrowing Snapshot) throws -> PlannedRow {
    var change = DealChange(
      title: cells[.title], description: cells[.description], fields: reading.fields(&cells))
    let pipeline =
      cells[.pipeline] == nil ? reading.context.pipelines.first { $0.id == known.pipeline.id } : pipeline()
    if cells[.pipeline] != nil { change.pipelineID = pipeline?.id }
    if cells[.stage] != nil { change.stageID = stage(in: pipeline)?.id }
    if cells[.value] != nil { change.value = value(in: pipeline, known.value.currency) }
    if let owner = reading.agent(&cells) { change.ownerID = owner.id }
    if cells[.forecastedCloseOn] != nil { change.forecastedCloseOn = .some(closeDate()) }
    let (status, lostReason) = status()
    (change.status, change.lostReason) = (status, lostReason)
    let account = try reading.account(&cells, in: snapshot)
    let contact = try contact(in: snapshot)
    let tags = tags()
    if !tags.isEmpty {
      change.tags = known.tags + tags.map(\.text).filter { !known.tags.contains($0) }
    }
    let isUpdate = reading.settings.existing == .update
    if isUpdate { try check(change, of: known, in: snapshot) }
    try cells.check()
    let row = DealRow(
      content: .known(
        known, change, contact?.choice,
        Self.choice(account)), tags: tags)
    return planned(isUpdate ? .update : .skip, row, account: account, contact: contact)
  }

  private static func choice(_ account: (name: AccountName, known: Account?)?) -> AccountChoice? {
    guard let account else { return nil }
    guard let known = account.known else { return .new(name: account.name.text) }
    return .existing(known.id)
  }

  private func planned(
    _ action: PlannedRow.Action, _ row: DealRow, account: (name: AccountName, known: Account?)?,
    contact: (choice: ContactChoice, newKey: String?)?
  ) -> PlannedRow {
    var planned = PlannedRow(action: action, content: .deal(row))
    if let account, account.known == nil { planned.newAccount = account.name.key }
    planned.newContact = contact?.newKey
    return planned
  }

  /// The deal whose id a cell holds. One that the agent may not see is none.
  private mutating func known(in snapshot: borrowing Snapshot) throws -> Deal? {
    guard let text = cells[.id] else { return nil }
    let time = try WorkspaceTime(now: 0, in: snapshot)
    guard let id = Int64(text.trimmed), let deal = try DealRecords.deal(id, at: time, in: snapshot),
      reading.context.pipelines.contains(where: { $0.id == deal.pipeline.id })
    else {
      cells.note("import.deal.unknown", in: .id)
      return nil
    }
    return deal
  }

  private mutating func pipeline() -> Pipeline? {
    guard let text = cells[.pipeline] else {
      let usual = reading.context.pipelines.first { $0.id == reading.settings.pipelineID }
      if usual == nil { cells.note("deal.pipeline.required", in: .pipeline) }
      return usual
    }
    let key = AccountName(text)?.key
    let found = reading.context.pipelines.first { AccountName($0.name)?.key == key }
    if found == nil { cells.note("import.pipeline.unknown", in: .pipeline) }
    return found
  }

  private mutating func stage(in pipeline: Pipeline?) -> Stage? {
    guard let pipeline else { return nil }
    guard let text = cells[.stage] else { return pipeline.stages.first }
    let key = AccountName(text)?.key
    let found = pipeline.stages.first { AccountName($0.name)?.key == key }
    if found == nil { cells.note("import.stage.unknown", in: .stage) }
    return found
  }

  /// An amount that is left out is nothing.
  private mutating func value(in pipeline: Pipeline?, _ usual: Currency? = nil) -> DealDraft.Value? {
    let fallback =
      usual ?? reading.settings.currency.flatMap { Currency(code: $0) }
      ?? pipeline.flatMap { Currency(code: $0.currency) } ?? reading.context.currency
    var currency = fallback
    if let code = cells[.currency]?.trimmed.uppercased() {
      guard let named = Currency(code: code) else {
        cells.note("import.currency.unknown", in: .currency)
        return nil
      }
      currency = named
    }
    guard let text = cells[.value] else { return DealDraft.Value(minor: 0, currency: currency.code) }
    guard let amount = TypedCell.amount(text, reading.settings.decimalMark),
      let money = amount.money(in: currency)
    else {
      cells.note("import.value.invalid", in: .value)
      return nil
    }
    if cells[.currency] != nil, money.currency != currency {
      cells.note("import.currency.differs", in: .value)
    }
    return DealDraft.Value(minor: money.minorUnits, currency: money.currency.code)
  }

  private mutating func closeDate() -> String? {
    guard let text = cells[.forecastedCloseOn] else { return nil }
    let date = TypedCell.date(text, reading.settings.dateOrder)
    if date == nil { cells.note("import.date.invalid", in: .forecastedCloseOn) }
    return date?.description
  }

  private static let statuses: [String: Deal.Status] = [
    "open": .open, "won": .won, "lost": .lost, "ouverte": .open, "ouvert": .open, "en cours": .open,
    "gagnee": .won, "gagne": .won, "perdue": .lost, "perdu": .lost,
  ]

  private mutating func status() -> (Deal.Status?, String?) {
    let reason = cells[.lostReason]
    guard let text = cells[.status] else {
      if reason != nil { cells.note("deal.lostReason.invalid", in: .lostReason) }
      return (nil, nil)
    }
    guard let status = Self.statuses[SortKey.key(of: text.trimmed)] else {
      cells.note("import.status.unknown", in: .status)
      return (nil, nil)
    }
    if status != .lost, reason != nil { cells.note("deal.lostReason.invalid", in: .lostReason) }
    if (reason ?? "").unicodeScalars.count > Deal.lostReasonLimit {
      cells.note("deal.lostReason.too-long", in: .lostReason)
    }
    return (status, status == .lost ? reason : nil)
  }

  private mutating func tags() -> [TagName] {
    var check = DealCheck(by: reading.context.agent, reading.context.presence, now: reading.context.now)
    let tags = check.tags(reading.tags(cells) ?? [])
    if let code = check.invalid.fields["tags"] { cells.note(code, in: .tags) }
    return tags
  }

  private mutating func contact(
    in snapshot: borrowing Snapshot
  ) throws -> (choice: ContactChoice, newKey: String?)? {
    guard let text = cells[.contact] else {
      // Known by name alone, nobody can be found or made.
      if cells[.contactName] != nil, cells[.account] == nil {
        cells.note("deal.contact.email-required", in: .contactName)
      }
      return nil
    }
    guard let email = EmailAddress(text) else {
      cells.note("deal.contact.email-invalid", in: .contact)
      return nil
    }
    if let known = try ContactRecords.contact(email: email, in: snapshot) {
      return (.existing(known.id), nil)
    }
    if !reading.settings.createsMissing { cells.note("import.contact.unknown", in: .contact) }
    return (.new(name: cells[.contactName] ?? "", email: email.text), email.key)
  }

  private mutating func checkDraft(_ draft: DealDraft, in snapshot: borrowing Snapshot) throws {
    guard cells.faults.isEmpty else {
      if draft.title == nil { cells.note("deal.title.required", in: .title) }
      return
    }
    var check = DealCheck(by: reading.context.agent, reading.context.presence, now: reading.context.now)
    do {
      _ = try check.check(draft, in: snapshot)
    } catch ParleyError.invalid(let invalid) {
      cells.note(invalid)
    }
  }

  /// Asks everything of a change that storing it would ask, and stores nothing.
  private mutating func check(
    _ change: DealChange, of known: Deal, in snapshot: borrowing Snapshot
  ) throws {
    guard cells.faults.isEmpty else { return }
    let rights = reading.context.pipelines.first { $0.id == known.pipeline.id }?.rights ?? []
    if !rights.contains(.edit) { cells.note("import.deal.denied", in: .id) }
    if let ownerID = change.ownerID, ownerID != known.owner.id, !rights.contains(.reassign) {
      cells.note("deal.owner.denied", in: .owner)
    }
    let changes = Changes(log: EventLog(retained: 0), now: 0)
    var check = DealCheck(by: reading.context.agent, reading.context.presence, now: reading.context.now)
    do {
      var revision = try DealRevision(of: known.id, by: reading.context.agent, in: snapshot, changes)
      try check.apply(change, to: &revision, in: snapshot)
    } catch ParleyError.invalid(let invalid) {
      cells.note(invalid)
    }
  }
}
