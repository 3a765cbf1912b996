import SQLite

extension Parley {
  /// A page of a record's notes, newest first.
  ///
  /// - Parameters:
  ///   - id: the `next` of the page before; nil for the first.
  ///   - limit: 1 … 100.
  /// - Throws: `notFound`.
  package func notes(
    on record: RecordID, before id: Int64?, limit: Int, by agent: AgentIdentity
  ) async throws(ParleyError) -> NotePage {
    try agent.requireAgent()
    let limit = min(max(limit, 1), 100)
    return try await read { snapshot in
      try RecordAccess.require(.see, record, by: agent, in: snapshot)
      let found = try NoteRecords.page(on: record, before: id ?? .max, limit: limit + 1, in: snapshot)
      let shown = Array(found.prefix(limit))
      return NotePage(notes: shown, next: found.count > limit ? shown.last?.id : nil)
    }
  }

  /// - Throws: `notFound` for the record; `permissionDenied`; `invalid` with `note.invalid`.
  package func addNote(
    _ typed: String, on record: RecordID, by agent: AgentIdentity
  ) async throws(ParleyError) -> Note {
    try agent.requireAgent()
    let text = try Note.checked(typed)
    return try await write { transaction, changes in
      try RecordAccess.require(.edit, record, by: agent, in: transaction.snapshot)
      let id = try NoteRecords.insert(text, on: record, by: agent.id, at: changes.now, in: transaction)
      try changes.recordWork(
        on: record, .notes, .note, from: nil, to: JSON.text(text), by: agent, in: transaction)
      return try Self.note(id, by: agent, in: transaction.snapshot).note
    }
  }

  /// Changes a note. Its author's, or an owner's, to do.
  ///
  /// - Throws: `notFound`; `permissionDenied`; `invalid` with `note.invalid`.
  package func editNote(
    _ id: Int64, _ typed: String, by agent: AgentIdentity
  ) async throws(ParleyError) -> Note {
    try agent.requireAgent()
    let text = try Note.checked(typed)
    return try await write { transaction, changes in
      let (before, record) = try Self.noteToChange(id, by: agent, in: transaction.snapshot)
      guard text != before.text else { return before }
      try NoteRecords.update(id, text, at: changes.now, in: transaction)
      try changes.recordWork(
        on: record, .notes, .note, from: JSON.text(before.text), to: JSON.text(text), by: agent,
        in: transaction)
      return try Self.note(id, by: agent, in: transaction.snapshot).note
    }
  }

  /// Removes a note. Its author's, or an owner's, to do.
  ///
  /// - Throws: `notFound`; `permissionDenied`.
  package func removeNote(_ id: Int64, by agent: AgentIdentity) async throws(ParleyError) {
    try agent.requireAgent()
    try await write { transaction, changes in
      let (before, record) = try Self.noteToChange(id, by: agent, in: transaction.snapshot)
      try NoteRecords.delete(id, in: transaction)
      try changes.recordWork(
        on: record, .notes, .note, from: JSON.text(before.text), to: nil, by: agent, in: transaction)
    }
  }

  private static func note(
    _ id: Int64, by agent: AgentIdentity, in snapshot: borrowing Snapshot
  ) throws -> (note: Note, record: RecordID) {
    guard let found = try NoteRecords.note(id, in: snapshot) else { throw ParleyError.notFound }
    try RecordAccess.require(.see, found.record, by: agent, in: snapshot)
    return found
  }

  private static func noteToChange(
    _ id: Int64, by agent: AgentIdentity, in snapshot: borrowing Snapshot
  ) throws -> (note: Note, record: RecordID) {
    let found = try note(id, by: agent, in: snapshot)
    try RecordAccess.require(.edit, found.record, by: agent, in: snapshot)
    if found.note.agent?.id != agent.id { try agent.requireOwner() }
    return found
  }
}
