import SQLite

enum EventRecords {
  static func insert(_ event: Event, at now: Int64, in transaction: borrowing Transaction) throws {
    guard let audience = event.audience.column else { return }
    try transaction.execute(
      "INSERT INTO events (sequence, audience, type, payload, created_at) VALUES (?, ?, ?, ?, ?)",
      event.sequence, audience, event.body.type, event.json, now)
  }

  static func trim(upTo sequence: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      DELETE FROM events WHERE sequence IN
        (SELECT sequence FROM events WHERE sequence <= ? ORDER BY sequence LIMIT 1024)
      """, sequence)
  }

  /// A pipeline is no more: what was its watchers' is nobody's, also when its id is used again; what was everyone else's is
  /// everyone's.
  static func release(pipeline id: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      "UPDATE events SET audience = 'nobody' WHERE audience = ?", Audience.pipeline(id).column)
    try transaction.execute(
      "UPDATE events SET audience = ? WHERE audience = ?", Audience.agents.column, Audience.outside(id).column
    )
  }

  /// Changes with the commits of other connections only: https://sqlite.org/pragma.html#pragma_data_version
  static func dataVersion(in snapshot: borrowing Snapshot) throws -> Int64? {
    try snapshot.first("PRAGMA data_version") { $0.int64(0) }
  }

  /// 0 before the first event. Stays when all events have been trimmed.
  static func lastSequence(in snapshot: borrowing Snapshot) throws -> Int64 {
    try snapshot.first("SELECT seq FROM sqlite_sequence WHERE name = 'events'") { $0.int64(0) } ?? 0
  }

  /// The oldest event that is kept.
  static func firstSequence(in snapshot: borrowing Snapshot) throws -> Int64? {
    try snapshot.first("SELECT sequence FROM events ORDER BY sequence LIMIT 1") { $0.int64(0) }
  }

  static func page(
    after sequence: Int64, for agentID: Int64, limit: Int, in snapshot: borrowing Snapshot
  ) throws -> [LoggedEvent] {
    let visible = try RightRecords.rights(of: agentID, in: snapshot)
    let audiences =
      [.agents, .agent(agentID)]
      + (try PipelineRecords.ids(in: snapshot)).map {
        visible[$0] == nil ? .outside($0) : Audience.pipeline($0)
      }
    return try snapshot.rows(
      """
      SELECT sequence, payload FROM events WHERE sequence > ? AND audience IN (SELECT value FROM json_each(?))
        ORDER BY sequence LIMIT ?
      """, sequence, try JSON.text(audiences.compactMap(\.column)), limit
    ) { LoggedEvent(sequence: $0.int64(0), json: $0.blob(1)) }
  }
}

extension Audience {
  /// As the log's column has it; nil for those who do not resume from the log.
  var column: String? {
    switch self {
    case .agents: "agents"
    case .agent(let id): "agent:\(id)"
    case .pipeline(let id): "pipeline:\(id)"
    case .outside(let id): "outside:\(id)"
    case .visitor, .session: nil
    }
  }
}
