import SQLite

extension Parley {
  /// Begins an import: its file is to be sent next, in parts.
  ///
  /// - Throws: `invalid` (`import.invalid`) with `fileName`: `import.fileName.required`; `size`: `import.file.empty` or
  ///   `import.file.too-large`; `invalid` (`import.too-many`) while too many of the agent's wait; `permissionDenied` for deals
  ///   where the agent may add none.
  package func beginImport(
    _ kind: ImportKind, fileName typed: String, size: Int64, idempotencyKey key: IdempotencyKey,
    by agent: AgentIdentity
  ) async throws(ParleyError) -> Import {
    try agent.requireAgent()
    let fileName = String(typed.onOneLine.unicodeScalars.prefix(Import.fileNameLimit))
    var invalid = Invalid(code: "import.invalid")
    if fileName.isEmpty { invalid.add("fileName", "import.fileName.required") }
    if size < 1 { invalid.add("size", "import.file.empty") }
    if size > Import.sizeLimit { invalid.add("size", "import.file.too-large") }
    try invalid.check()
    let request = try IdempotentRequest(
      [kind.rawValue, fileName, String(size)], key: key, agentID: agent.id)
    return try await write { transaction, changes in
      if let answer = try request.answer(Import.self, in: transaction.snapshot) { return answer }
      if kind == .deals {
        let pipelines = try PipelineAccess.pipelines(visibleTo: agent, in: transaction.snapshot)
        guard pipelines.contains(where: { $0.rights.contains(.add) }) else {
          throw ParleyError.permissionDenied
        }
      }
      guard try ImportRecords.openCount(of: agent.id, in: transaction.snapshot) < Import.openLimit else {
        throw ParleyError.invalid(Invalid(code: "import.too-many"))
      }
      let id = try ImportRecords.insert(
        kind, fileName: fileName, size: size, by: agent.id, at: changes.now, in: transaction)
      let one = try Self.own(id, by: agent, in: transaction.snapshot)
      try request.store(one, now: changes.now, in: transaction)
      return one
    }
  }

  /// Takes the next part of a file. A part that has come already changes nothing; when the last has come the file is read.
  ///
  /// - Throws: `invalid` (`import.part.misplaced`) for a part that is not the next, or passes the size that was said; `notFound`.
  package func receivePart(
    _ bytes: [UInt8], at start: Int64, of id: Int64, by agent: AgentIdentity
  ) async throws(ParleyError) -> Import {
    try agent.requireAgent()
    let one = try await write { transaction, changes in
      var one = try Self.own(id, by: agent, in: transaction.snapshot)
      let end = start + Int64(bytes.count)
      if end <= one.received { return one }
      guard one.state == .uploading, start == one.received, end <= one.size,
        bytes.count <= Import.partLimit
      else { throw ParleyError.invalid(Invalid(code: "import.part.misplaced")) }
      try ImportRowRecords.insertPart(of: id, at: start, bytes, in: transaction)
      one.received = end
      if end == one.size { one.state = .reading }
      try ImportRecords.update(one, in: transaction)
      return one
    }
    if one.state == .reading { importWake.signal() }
    return one
  }

  /// A page of the imports, newest first: an owner's are everyone's, an agent's their own.
  package func imports(
    before id: Int64?, limit: Int, by agent: AgentIdentity
  ) async throws(ParleyError) -> ImportList {
    try agent.requireAgent()
    let limit = min(max(limit, 1), 100)
    return try await read { snapshot in
      let found = try ImportRecords.page(
        of: agent.role == .owner ? nil : agent.id, before: id ?? .max, limit: limit + 1, in: snapshot)
      let shown = Array(found.prefix(limit))
      return ImportList(imports: shown, next: found.count > limit ? shown.last?.id : nil)
    }
  }

  /// An import, its first rows, and what its columns may be.
  ///
  /// - Throws: `notFound`, also for another agent's unless an owner asks.
  package func importPreview(_ id: Int64, by agent: AgentIdentity) async throws(ParleyError) -> ImportPreview
  {
    try agent.requireAgent()
    let now = now()
    return try await read { [presence] snapshot in
      let one = try Self.visible(id, to: agent, in: snapshot)
      let context = try ImportContext(one.kind, by: agent, presence, now: now, in: snapshot)
      let rows = one.rows == 0 ? [] : try ImportRowRecords.rows(of: id, after: 0, limit: 5, in: snapshot)
      return ImportPreview(
        import: one, sample: rows.map { ImportSample(line: $0.line, cells: $0.cells) },
        fields: context.fieldNames)
    }
  }

  /// A page of the rows at fault.
  package func importFaults(
    of id: Int64, after number: Int?, limit: Int, by agent: AgentIdentity
  ) async throws(ParleyError) -> ImportFaultList {
    let limit = min(max(limit, 1), 100)
    let found = try await faultyRows(of: id, after: number ?? 0, limit: limit + 1, by: agent).map(\.row)
    let shown = Array(found.prefix(limit))
    return ImportFaultList(rows: shown, next: found.count > limit ? shown.last?.number : nil)
  }

  /// The same with the cells of the rows.
  package func faultyRows(
    of id: Int64, after number: Int, limit: Int, by agent: AgentIdentity
  ) async throws(ParleyError) -> [(row: ImportFaultyRow, cells: [String])] {
    try agent.requireAgent()
    return try await read { snapshot in
      _ = try Self.visible(id, to: agent, in: snapshot)
      return try ImportRowRecords.faultyRows(of: id, after: number, limit: limit, in: snapshot)
    }
  }

  /// Says what the columns are and what is to be done, and has every row checked: the dry run. Nothing is changed by it.
  ///
  /// - Throws: `invalid` (`import.invalid`) with every fault of the settings; `invalid` (`import.state`) for an import that is
  ///   not at this point; `notFound`.
  package func checkImport(
    _ id: Int64, _ settings: ImportSettings, by agent: AgentIdentity
  ) async throws(ParleyError) -> Import {
    try await change(id, by: agent, from: [.mapping, .checked]) { [presence] one, transaction, now in
      let context = try ImportContext(
        one.kind, by: agent, presence, now: now, in: transaction.snapshot)
      try settings.check(for: one.kind, context)
      one.settings = settings
      one.state = .checking
      one.processed = 0
      one.plan = ImportCounts()
    }
  }

  /// Has the rows stored that are not at fault.
  ///
  /// - Throws: as `checkImport`; `invalid` (`import.nothing`) when every row is at fault.
  package func runImport(_ id: Int64, by agent: AgentIdentity) async throws(ParleyError) -> Import {
    try await change(id, by: agent, from: [.checked]) { one, _, _ in
      guard let plan = one.plan, plan.bad < one.rows else {
        throw ParleyError.invalid(Invalid(code: "import.nothing"))
      }
      one.state = .running
      one.processed = 0
      one.result = ImportCounts()
    }
  }

  /// Gives an import up. What it has done is taken back.
  package func cancelImport(_ id: Int64, by agent: AgentIdentity) async throws(ParleyError) -> Import {
    let states: Set<Import.State> = [.uploading, .reading, .mapping, .checking, .checked, .running]
    return try await change(id, by: agent, from: states, mayBeOwner: true) { one, transaction, now in
      if one.state.isUnbegun {
        one.state = .cancelled
        one.endedAt = now
      } else {
        one.state = .undoing
        one.processed = try ImportEffectRecords.count(of: id, in: transaction.snapshot)
      }
    }
  }

  /// Takes back all that an import has made and changed, but for what someone has changed or used since.
  ///
  /// - Throws: as `cancelImport`; `invalid` (`import.undo.too-late`) when what it did is no longer known.
  package func undoImport(_ id: Int64, by agent: AgentIdentity) async throws(ParleyError) -> Import {
    try await change(id, by: agent, from: [.done], mayBeOwner: true) { one, transaction, now in
      guard let ended = one.endedAt, now - ended < Self.undoneWithin else {
        throw ParleyError.invalid(Invalid(code: "import.undo.too-late"))
      }
      one.state = .undoing
      one.endedAt = nil
      one.processed = try ImportEffectRecords.count(of: id, in: transaction.snapshot)
    }
  }

  /// Milliseconds: so long an import can be taken back.
  static let undoneWithin: Int64 = 30 * 24 * 60 * 60 * 1000

  private func change(
    _ id: Int64, by agent: AgentIdentity, from states: Set<Import.State>, mayBeOwner: Bool = false,
    _ body: @escaping @Sendable (inout Import, borrowing Transaction, Int64) throws -> Void
  ) async throws(ParleyError) -> Import {
    try agent.requireAgent()
    let one = try await write { transaction, changes in
      var one =
        mayBeOwner
        ? try Self.visible(id, to: agent, in: transaction.snapshot)
        : try Self.own(id, by: agent, in: transaction.snapshot)
      guard states.contains(one.state) else { throw ParleyError.invalid(Invalid(code: "import.state")) }
      try body(&one, transaction, changes.now)
      try ImportRecords.update(one, in: transaction)
      try changes.record(one, in: transaction)
      return one
    }
    importWake.signal()
    return one
  }

  private static func visible(
    _ id: Int64, to agent: AgentIdentity, in snapshot: borrowing Snapshot
  ) throws -> Import {
    guard let one = try ImportRecords.find(id, in: snapshot),
      agent.role == .owner || one.agent?.id == agent.id
    else { throw ParleyError.notFound }
    return one
  }

  private static func own(
    _ id: Int64, by agent: AgentIdentity, in snapshot: borrowing Snapshot
  ) throws -> Import {
    guard let one = try ImportRecords.find(id, in: snapshot), one.agent?.id == agent.id else {
      throw ParleyError.notFound
    }
    return one
  }
}

extension Changes {
  /// Tells who imports how far it has come.
  func record(_ one: Import, in transaction: borrowing Transaction) throws {
    guard let agent = one.agent else { return }
    try record(.importChanged(one), for: .agent(agent.id), in: transaction)
  }
}
