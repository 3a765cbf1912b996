import SQLite

/// What one transaction causes, in order. Lives on the writer's thread for the length of the transaction.
final class Changes {
  /// The time of the transaction, milliseconds since 1970 UTC.
  let now: Int64
  private(set) var events: [Event] = []
  private let log: EventLog
  /// While this is set nothing is recorded: for work on so many records that each by itself is no news. Whoever sets it tells of the
  /// whole.
  var isQuiet = false
  /// While this is set the automations learn of nothing.
  var isUnnoticed = false
  private var touchedColumns: Set<ColumnKey> = []
  /// The automation on whose behalf all this is done; nil for what people do.
  var cause: FactCause?
  private var facts: [Fact] = []
  /// Whether the automations have something to follow.
  private(set) var hasFacts = false
  /// Whether a run that waited is to go on.
  var wakesRuns = false

  init(log: EventLog, now: Int64) {
    self.log = log
    self.now = now
  }

  /// The number that the next logged event of this transaction will get.
  func nextSequence(in transaction: borrowing Transaction) throws -> Int64 {
    try log.lastSequence(in: transaction) + 1
  }

  /// Records what happened. Agents' events get a number and go to the log; a visitor's and a session's do not.
  func record(_ body: EventBody, for audience: Audience, in transaction: borrowing Transaction) throws {
    guard !isQuiet else { return }
    let sequence: Int64?
    switch audience {
    case .agents, .agent, .pipeline, .outside:
      let next = try nextSequence(in: transaction)
      log.advance(to: next)
      sequence = next
    case .visitor, .session:
      sequence = nil
    }
    let json = try EventEnvelope(sequence: sequence, body: body).json()
    events.append(
      Event(
        sequence: sequence, audience: audience, listeners: try listeners(of: audience, in: transaction),
        body: body, json: json))
  }

  /// The agents who may see a pipeline, as of now in the transaction.
  func watchers(of pipelineID: Int64, in transaction: borrowing Transaction) throws -> Set<Int64> {
    try log.watchers.watchers(of: pipelineID, in: transaction.snapshot)
  }

  private func listeners(of audience: Audience, in transaction: borrowing Transaction) throws -> Set<Int64> {
    switch audience {
    case .pipeline(let id): try watchers(of: id, in: transaction)
    case .outside(let id): try log.watchers.outsiders(of: id, in: transaction.snapshot)
    case .agents, .agent, .visitor, .session: []
    }
  }

  /// Lets a text or a note that this transaction writes be found by the next who searches.
  func makeFindable(_ text: String, in transaction: borrowing Transaction) {
    log.unindexed.add(text, in: transaction)
  }

  /// Notes that what a column of a board comes to has changed: it is told once, with all that the transaction did.
  func touch(_ column: ColumnKey) {
    guard !isQuiet else { return }
    touchedColumns.insert(column)
  }

  /// Notes what an automation may wait for. It is logged if any does.
  func notice(_ fact: Fact) {
    guard !isUnnoticed else { return }
    facts.append(fact)
  }

  private func storeFacts(in transaction: borrowing Transaction) throws {
    guard !facts.isEmpty else { return }
    let awaited = try log.listeners.kinds(in: transaction.snapshot)
    for var fact in facts where awaited.contains(fact.kind) {
      fact.automationID = cause?.automationID
      fact.depth = cause?.depth
      fact.at = now
      let sequence = try nextSequence(in: transaction)
      log.advance(to: sequence)
      try FactRecords.insert(fact, as: sequence, at: now, in: transaction)
      hasFacts = true
    }
  }

  private func recordTotals(in transaction: borrowing Transaction) throws {
    let columns = touchedColumns.sorted { left, right in
      (left.pipelineID, left.stageID, left.status.rawValue)
        < (right.pipelineID, right.stageID, right.status.rawValue)
    }
    touchedColumns = []
    for pipelineID in Set(columns.map(\.pipelineID)).sorted() {
      var totals: [ColumnTotals] = []
      for column in columns where column.pipelineID == pipelineID {
        totals.append(try TotalRecords.totals(of: column, in: transaction.snapshot))
      }
      try record(.totalsChanged(pipelineID: pipelineID, totals), for: .pipeline(pipelineID), in: transaction)
    }
  }

  /// Puts the events into the log, and takes as many out at its other end.
  func store(in transaction: borrowing Transaction) throws {
    try recordTotals(in: transaction)
    var last: Int64?
    for event in events where event.sequence != nil {
      try EventRecords.insert(event, at: now, in: transaction)
      last = event.sequence
    }
    // Seldom and a little at a time, so that no transaction is slow for it. What the automations have yet to follow stays.
    if let last, last % 64 < Int64(events.count) {
      let pending = try FactRecords.firstPending(in: transaction.snapshot) ?? .max
      try EventRecords.trim(upTo: min(last - log.retained, pending - 1), in: transaction)
    }
    try storeFacts(in: transaction)
  }
}
