import SQLite

extension Parley {
  /// Works on imports until `endImports` is called, in small transactions between which everyone else writes. What was begun when
  /// the process ended goes on where it was.
  ///
  /// - Parameter failed: gets what went wrong; it is tried again, or the import is taken back.
  package func runImports(failed: @escaping @Sendable (ParleyError) -> Void) async {
    var runner = ImportRunner(parley: self)
    // What a former process left to be done.
    importWake.signal()
    for await _ in importWake.signals {
      do throws(ParleyError) {
        while try await runner.step() {}
      } catch {
        failed(error)
        // The disk may take more later; who is cancelled while waiting is about to end.
        _ = try? await Task.sleep(for: .seconds(1))
        importWake.signal()
      }
    }
  }

  package func endImports() {
    importWake.end()
  }
}

/// Does the work of imports step by step. Each step is one transaction of about ten milliseconds, and moves the import's cursor in it:
/// so each row is stored once, whenever the process is killed.
struct ImportRunner {
  let parley: Parley
  private let clock = ContinuousClock()
  private var lastTold: ContinuousClock.Instant?

  /// How long a transaction goes on with rows: as long as nobody who waits for the writer would notice.
  private static let budget = Duration.milliseconds(8)
  /// How often who imports hears of it at most.
  private static let pace = Duration.milliseconds(250)
  private static let rowsAtOnce = 250
  private static let tidiedAtOnce = 250
  /// Milliseconds: so long an import waits for an answer.
  private static let abandonedAfter: Int64 = 7 * 24 * 60 * 60 * 1000

  init(parley: Parley) {
    self.parley = parley
  }

  /// Answers whether there may be more to do.
  mutating func step() async throws(ParleyError) -> Bool {
    guard let one = try await parley.read({ try ImportRecords.nextAtWork(in: $0) }) else {
      return try await tidy()
    }
    let tells = lastTold.map { clock.now - $0 >= Self.pace } ?? true
    if tells { lastTold = clock.now }
    switch one.state {
    case .reading: try await ImportFileReading(parley: parley, one: one).read()
    case .checking: try await check(one.id, tells: tells)
    case .running: try await run(one.id, tells: tells)
    case .undoing: try await undo(one.id, tells: tells)
    case .uploading, .mapping, .checked, .done, .undone, .cancelled, .failed: break
    }
    return true
  }

  private func check(_ id: Int64, tells: Bool) async throws(ParleyError) {
    try await parley.write { [clock, presence = parley.presence] transaction, changes in
      guard var one = try ImportRecords.find(id, in: transaction.snapshot), one.state == .checking else {
        return
      }
      if one.processed == 0,
        try ImportRowRecords.forgetNames(of: id, limit: Self.tidiedAtOnce, in: transaction) > 0
      {
        return
      }
      let reading = try Self.reading(one, presence, now: changes.now, in: transaction.snapshot)
      var counts = one.plan ?? ImportCounts()
      let end = clock.now + Self.budget
      let rows = try ImportRowRecords.rows(
        of: id, after: one.processed, limit: Self.rowsAtOnce, in: transaction.snapshot)
      for row in rows {
        do {
          let planned = try reading.plan(row, in: transaction.snapshot)
          try counts.count(planned, of: one, in: transaction)
          try ImportRowRecords.setFaults(nil, ofRow: row.number, of: id, in: transaction)
        } catch let error as ImportRowError {
          counts.bad += 1
          try ImportRowRecords.setFaults(error.faults, ofRow: row.number, of: id, in: transaction)
        }
        one.processed = row.number
        if clock.now >= end { break }
      }
      one.plan = counts
      if one.processed >= one.rows { one.state = .checked }
      try ImportRecords.update(one, in: transaction)
      if tells || one.state != .checking { try changes.record(one, in: transaction) }
    }
  }

  private func run(_ id: Int64, tells: Bool) async throws(ParleyError) {
    do {
      try await parley.write { [clock, presence = parley.presence] transaction, changes in
        guard var one = try ImportRecords.find(id, in: transaction.snapshot), one.state == .running else {
          return
        }
        let reading = try Self.reading(one, presence, now: changes.now, in: transaction.snapshot)
        var counts = one.result ?? ImportCounts()
        let work = ImportWork(id, by: reading.context.agent, presence, changes)
        let end = clock.now + Self.budget
        let rows = try ImportRowRecords.rows(
          of: id, after: one.processed, limit: Self.rowsAtOnce, in: transaction.snapshot)
        changes.isQuiet = true
        changes.isUnnoticed = !reading.settings.runsAutomations
        for row in rows {
          try Self.store(row, of: id, reading, work, &counts, in: transaction)
          one.processed = row.number
          if clock.now >= end { break }
        }
        changes.isQuiet = false
        counts.accounts += work.accounts
        counts.contacts += work.contacts
        one.result = counts
        if one.processed >= one.rows {
          one.state = .done
          one.endedAt = changes.now
          try changes.recordImported(one.kind, in: transaction)
        }
        try ImportRecords.update(one, in: transaction)
        if tells || one.state != .running { try changes.record(one, in: transaction) }
      }
    } catch {
      if case .storageUnavailable = error { throw error }
      // Nothing half-done: what cannot go on is taken back.
      try await giveUp(id, code: error.code)
      throw error
    }
  }

  private static func store(
    _ row: ImportRow, of id: Int64, _ reading: ImportReading, _ work: ImportWork,
    _ counts: inout ImportCounts,
    in transaction: borrowing Transaction
  ) throws {
    if try ImportRowRecords.isAtFault(row.number, of: id, in: transaction.snapshot) {
      counts.bad += 1
      return
    }
    do {
      let planned = try reading.plan(row, in: transaction.snapshot)
      switch planned.action {
      case .skip: counts.skipped += 1
      case .create:
        try planned.store(work, in: transaction)
        counts.created += 1
      case .update:
        try planned.store(work, in: transaction)
        counts.updated += 1
      }
    } catch let error as ImportRowError {
      // What was right when it was checked is not any more.
      counts.bad += 1
      try ImportRowRecords.setFaults(error.faults, ofRow: row.number, of: id, in: transaction)
    }
  }

  private func giveUp(_ id: Int64, code: String) async throws(ParleyError) {
    try await parley.write { transaction, changes in
      guard var one = try ImportRecords.find(id, in: transaction.snapshot), one.state == .running else {
        return
      }
      one.state = .undoing
      one.code = code
      one.processed = try ImportEffectRecords.count(of: id, in: transaction.snapshot)
      try ImportRecords.update(one, in: transaction)
      try changes.record(one, in: transaction)
    }
  }

  private func undo(_ id: Int64, tells: Bool) async throws(ParleyError) {
    try await parley.write { [clock] transaction, changes in
      guard var one = try ImportRecords.find(id, in: transaction.snapshot), one.state == .undoing else {
        return
      }
      let undoing = ImportUndoing(
        agent: try Self.identity(of: one, in: transaction.snapshot), changes: changes)
      let end = clock.now + Self.budget
      let effects = try ImportEffectRecords.last(of: id, limit: Self.rowsAtOnce, in: transaction.snapshot)
      changes.isQuiet = true
      changes.isUnnoticed = true
      for effect in effects {
        if try !undoing.undo(effect, in: transaction) { one.result?.kept += 1 }
        try ImportEffectRecords.delete(effect.id, in: transaction)
        one.processed = max(0, one.processed - 1)
        if clock.now >= end { break }
      }
      changes.isQuiet = false
      if effects.isEmpty {
        one.state = .undone
        one.endedAt = changes.now
        try changes.recordImported(one.kind, in: transaction)
      }
      try ImportRecords.update(one, in: transaction)
      if tells || one.state != .undoing { try changes.record(one, in: transaction) }
    }
  }

  /// Lets go of a little of what ended imports leave behind. Answers whether there was something.
  private func tidy() async throws(ParleyError) -> Bool {
    let now = parley.now()
    let found = try await parley.read { snapshot in
      let abandoned = try ImportRecords.abandoned(before: now - Self.abandonedAfter, in: snapshot)
      return (abandoned, try ImportRecords.untidy(endedBefore: now - Parley.undoneWithin, in: snapshot))
    }
    guard found.0 != nil || found.1 != nil else { return false }
    try await parley.write { transaction, changes in
      if let id = found.0, var one = try ImportRecords.find(id, in: transaction.snapshot) {
        one.state = .cancelled
        one.endedAt = changes.now
        return try ImportRecords.update(one, in: transaction)
      }
      guard let (id, state, isExpired) = found.1 else { return }
      let limit = Self.tidiedAtOnce
      if isExpired {
        if try ImportEffectRecords.forget(of: id, limit: limit, in: transaction) == 0 {
          try ImportRecords.setTidied(id, 2, in: transaction)
        }
        return
      }
      let keepsFaults = state == .done || state == .undone
      if try ImportRowRecords.forgetParts(of: id, limit: 1, in: transaction) == 0,
        try ImportRowRecords.forgetNames(of: id, limit: limit, in: transaction) == 0,
        try ImportRowRecords.forgetRows(of: id, keepingFaults: keepsFaults, limit: limit, in: transaction)
          == 0
      {
        try ImportRecords.setTidied(id, 1, in: transaction)
      }
    }
    return true
  }

  private static func reading(
    _ one: Import, _ presence: Presence, now: Int64, in snapshot: borrowing Snapshot
  ) throws -> ImportReading {
    guard let settings = one.settings else { throw ParleyError.defect(reason: "imports.settings") }
    return ImportReading(
      settings,
      try ImportContext(one.kind, by: try identity(of: one, in: snapshot), presence, now: now, in: snapshot))
  }

  /// Who imports, with the role that they have now.
  private static func identity(of one: Import, in snapshot: borrowing Snapshot) throws -> AgentIdentity {
    guard let id = one.agent?.id, let agent = try AgentRecords.identity(id, in: snapshot) else {
      throw ParleyError.defect(reason: "imports.agent")
    }
    return agent
  }
}

extension PlannedRow {
  func store(_ work: ImportWork, in transaction: borrowing Transaction) throws {
    switch content {
    case .contact(let row): try row.store(work, in: transaction)
    case .account(let row): try row.store(work, in: transaction)
    case .deal(let row): try row.store(work, in: transaction)
    }
  }
}

extension ImportCounts {
  /// Counts what a row would do, those before it done.
  mutating func count(
    _ planned: PlannedRow, of one: Import, in transaction: borrowing Transaction
  ) throws {
    var action = planned.action
    if action == .create, let key = planned.key,
      try !ImportRowRecords.claim(one.kind.record, key, for: one.id, in: transaction)
    {
      action = one.settings?.existing == .update ? .update : .skip
    }
    switch action {
    case .create: created += 1
    case .update: updated += 1
    case .skip:
      skipped += 1
      return
    }
    if let key = planned.newAccount, try ImportRowRecords.claim(.account, key, for: one.id, in: transaction) {
      accounts += 1
    }
    for key in planned.newContacts
    where try ImportRowRecords.claim(.contact, key, for: one.id, in: transaction) {
      contacts += 1
    }
  }
}

extension Changes {
  /// Tells everyone that what they see of such records is no longer true.
  func recordImported(_ kind: ImportKind, in transaction: borrowing Transaction) throws {
    try record(.recordsImported(kind), for: .agents, in: transaction)
    if kind == .deals { try record(.pipelinesChanged, for: .agents, in: transaction) }
  }
}
