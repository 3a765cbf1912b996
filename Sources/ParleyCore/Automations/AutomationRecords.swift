import SQLite

extension Automation.Entry: Bindable {}

/// An automation as the engine needs it.
struct StoredAutomation: Sendable {
  let id: Int64
  let name: String
  let entry: Automation.Entry
  let definition: AutomationDefinition
  /// Who saved it last: in whose name it acts.
  let author: AgentIdentity
}

/// The automations' rows.
enum AutomationRecords {
  static func insert(
    _ name: String, entry: Automation.Entry, _ definition: AutomationDefinition, by agentID: Int64,
    at now: Int64,
    in transaction: borrowing Transaction
  ) throws -> Int64 {
    try transaction.insert(
      """
      INSERT INTO automations (name, entry, definition, updated_by, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?5)
      """, name, entry, try JSON.text(definition), agentID, now)
  }

  static func update(
    _ id: Int64, _ name: String, entry: Automation.Entry, _ definition: AutomationDefinition,
    by agentID: Int64,
    at now: Int64, in transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE automations SET name = ?, entry = ?, definition = ?, version = version + 1, updated_by = ?, updated_at = ?
        WHERE id = ?
      """, name, entry, try JSON.text(definition), agentID, now, id)
  }

  static func setEnabled(_ id: Int64, _ enabled: Bool, in transaction: borrowing Transaction) throws {
    try transaction.execute("UPDATE automations SET enabled = ? WHERE id = ?", enabled, id)
  }

  /// Its runs go with it.
  static func delete(_ id: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute("DELETE FROM automations WHERE id = ?", id)
  }

  static func count(in snapshot: borrowing Snapshot) throws -> Int {
    try snapshot.first("SELECT count(*) FROM automations") { $0.int(0) } ?? 0
  }

  /// By name. What is wrong with each is the caller's to find out.
  static func automations(in snapshot: borrowing Snapshot) throws -> [Automation] {
    let counts = try counts(in: snapshot)
    return try snapshot.rows("\(selection) ORDER BY automations.name COLLATE NOCASE, automations.id") { row in
      try automation(from: row, counts)
    }
  }

  static func automation(_ id: Int64, in snapshot: borrowing Snapshot) throws -> Automation? {
    let counts = try counts(of: id, in: snapshot)
    return try snapshot.first("\(selection) WHERE automations.id = ?", id) { row in
      try automation(from: row, counts)
    }
  }

  static func enabled(in snapshot: borrowing Snapshot) throws -> [StoredAutomation] {
    try snapshot.rows("\(storedSelection) WHERE automations.enabled = 1 ORDER BY automations.id") {
      try stored(from: $0)
    }
  }

  /// Nil for one that is switched off.
  static func enabled(_ id: Int64, in snapshot: borrowing Snapshot) throws -> StoredAutomation? {
    try snapshot.first("\(storedSelection) WHERE automations.enabled = 1 AND automations.id = ?", id) {
      try stored(from: $0)
    }
  }

  private static let selection = """
    SELECT automations.id, automations.name, automations.enabled, automations.entry, automations.definition,
      automations.version, automations.updated_at, automations.updated_by, agents.name
    FROM automations JOIN agents ON agents.id = automations.updated_by
    """

  private static let storedSelection = """
    SELECT automations.id, automations.name, automations.entry, automations.definition, automations.updated_by,
      agents.name
    FROM automations JOIN agents ON agents.id = automations.updated_by
    """

  private static func automation(
    from row: borrowing Row, _ counts: [Int64: Automation.Counts]
  ) throws -> Automation {
    Automation(
      id: row.int64(0), name: row.text(1), enabled: row.bool(2), entry: try entry(row.text(3)),
      definition: try JSON.value(AutomationDefinition.self, from: row.text(4)), problems: [],
      version: row.int64(5), counts: counts[row.int64(0)] ?? Automation.Counts(), updatedAt: row.int64(6),
      updatedBy: AgentReference(id: row.int64(7), name: row.text(8)))
  }

  private static func stored(from row: borrowing Row) throws -> StoredAutomation {
    let id = row.int64(0)
    return StoredAutomation(
      id: id, name: row.text(1), entry: try entry(row.text(2)),
      definition: try JSON.value(AutomationDefinition.self, from: row.text(3)),
      author: AgentIdentity(id: row.int64(4), name: row.text(5), role: .owner, automationID: id))
  }

  private static func entry(_ column: String) throws -> Automation.Entry {
    guard let entry = Automation.Entry(rawValue: column) else {
      throw ParleyError.defect(reason: "automations.entry")
    }
    return entry
  }

  private static func counts(
    of id: Int64? = nil, in snapshot: borrowing Snapshot
  ) throws -> [Int64: Automation.Counts] {
    var counts: [Int64: Automation.Counts] = [:]
    let rows = try snapshot.rows(
      "SELECT automation_id, status, count FROM automation_counts WHERE automation_id = ?1 OR ?1 IS NULL", id
    ) { ($0.int64(0), $0.text(1), $0.int(2)) }
    for (id, status, count) in rows {
      switch AutomationRun.Status(rawValue: status) {
      case .active: counts[id, default: Automation.Counts()].active = count
      case .done: counts[id, default: Automation.Counts()].done = count
      case .failed: counts[id, default: Automation.Counts()].failed = count
      case .stopped: counts[id, default: Automation.Counts()].stopped = count
      case .refused, nil: break
      }
    }
    return counts
  }
}
