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
    let (createdAt, closedAt) = moments(status)
    let tags = tags()
    let parts = try parts(besides: contact?.choice, in: snapshot)
    let draft = DealDraft(
      title: cells[.title], value: value, ownerID: reading.agent(&cells)?.id,
      forecastedCloseOn: closeDate(), pipelineID: pipeline?.id, stageID: stage?.id,
      description: cells[.description], contact: contact?.choice,
      account: Self.choice(account),
      fields: reading.fields(&cells))
    requireEditing(status, tags, parts, in: pipeline)
    try checkDraft(draft, in: snapshot)
    try cells.check()
    let row = DealRow(
      content: .new(
        draft, createdAt: createdAt ?? closedAt, status: status ?? .open, lostReason: lostReason),
      closedAt: closedAt, tags: tags, parts: parts)
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
    let closedAt = moments(status, of: known).closedAt
    let tags = tags()
    let parts = try parts(
      besides: contact?.choice ?? known.contact.map { .existing($0.id) }, in: snapshot)
    if !tags.isEmpty {
      change.tags = known.tags + tags.map(\.text).filter { !known.tags.contains($0) }
    }
    let isUpdate = reading.settings.existing == .update
    if isUpdate { try check(change, of: known, in: snapshot) }
    try cells.check()
    let row = DealRow(
      content: .known(
        known, change, contact?.choice,
        Self.choice(account)), closedAt: closedAt, tags: tags, parts: parts)
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
    planned.newContacts = ([contact?.newKey] + row.parts.map(\.newKey)).compactMap { $0 }
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

  /// When it was made, and when it was won or lost: only what is closed has been.
  private mutating func moments(
    _ status: Deal.Status?, of known: Deal? = nil
  ) -> (createdAt: Int64?, closedAt: Int64?) {
    let createdAt = reading.moment(.createdAt, &cells)
    guard let closedAt = reading.moment(.closedAt, &cells) else { return (createdAt, nil) }
    if status ?? known?.status ?? .open == .open { cells.note("import.closedAt.open", in: .closedAt) }
    if let begin = known?.createdAt ?? createdAt, closedAt / 1000 < begin / 1000 {
      cells.note("import.closedAt.early", in: .closedAt)
    }
    return (createdAt, closedAt)
  }

  /// Who may add deals but not edit them gives them nothing that adding does not.
  private mutating func requireEditing(
    _ status: Deal.Status?, _ tags: [TagName], _ parts: [DealRow.Part], in pipeline: Pipeline?
  ) {
    guard let pipeline, !pipeline.rights.contains(.edit) else { return }
    if status ?? .open != .open { cells.note("import.deal.denied", in: .status) }
    if !tags.isEmpty { cells.note("import.deal.denied", in: cells[.tags] == nil ? nil : .tags) }
    if !parts.isEmpty { cells.note("import.deal.denied", in: .secondaryContacts) }
  }

  /// The contacts of a cell `ada@example.com (Buyer); tom@example.com (Legal)`, each but once.
  private mutating func parts(
    besides primary: ContactChoice?, in snapshot: borrowing Snapshot
  ) throws -> [DealRow.Part] {
    var parts: [DealRow.Part] = []
    for item in cells.list(.secondaryContacts) {
      guard let (email, role) = SecondaryContact.parsed(item) else {
        cells.note("import.secondaryContacts.invalid", in: .secondaryContacts)
        continue
      }
      if role.isEmpty { cells.note("deal.role.required", in: .secondaryContacts) }
      if role.unicodeScalars.count > Deal.roleLimit {
        cells.note("deal.role.too-long", in: .secondaryContacts)
      }
      let choice = try choice(email, name: "", in: .secondaryContacts, snapshot)
      if choice.isSame(as: primary) { cells.note("deal.secondaryContact.primary", in: .secondaryContacts) }
      parts.removeAll { $0.contact.isSame(as: choice) }
      let newKey: String? = if case .new = choice { email.key } else { nil }
      parts.append(DealRow.Part(contact: choice, newKey: newKey, role: role))
    }
    return parts
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
    let choice = try choice(email, name: cells[.contactName] ?? "", in: .contact, snapshot)
    if case .existing = choice { return (choice, nil) }
    return (choice, email.key)
  }

  /// The contact of an address, to be made where there is none if that is wanted, and else a fault.
  private mutating func choice(
    _ email: EmailAddress, name: String, in field: ImportField, _ snapshot: borrowing Snapshot
  ) throws -> ContactChoice {
    if let known = try ContactRecords.contact(email: email, in: snapshot) { return .existing(known.id) }
    if !reading.settings.createsMissing { cells.note("import.contact.unknown", in: field) }
    return .new(name: name, email: email.text)
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

extension ContactChoice {
  fileprivate func isSame(as other: ContactChoice?) -> Bool {
    switch (self, other) {
    case (.existing(let id), .existing(let otherID)): id == otherID
    case (.new(_, let email), .new(_, let otherEmail)): email.lowercased() == otherEmail.lowercased()
    default: false
    }
  }
}

extension SecondaryContact {
  /// As an item of a cell: no address holds a blank.
  var cell: String { "\(email) (\(role))" }

  /// What `cell` wrote; nil without an address.
  fileprivate static func parsed(_ item: String) -> (email: EmailAddress, role: String)? {
    let address = item.prefix { !$0.isWhitespace }
    guard let email = EmailAddress(String(address)) else { return nil }
    let role = item[address.endIndex...].drop(while: \.isWhitespace)
    guard role.first == "(", role.last == ")", role.count > 1 else { return (email, String(role).onOneLine) }
    return (email, String(role.dropFirst().dropLast()).onOneLine)
  }
}
