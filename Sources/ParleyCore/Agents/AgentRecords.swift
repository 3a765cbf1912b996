import SQLite

extension Agent.Role: Bindable {}

/// The agents' rows. A password's hash leaves them only by the two functions that say so.
enum AgentRecords {
  private static let selection = "SELECT id, name, email, role FROM agents"

  static func agents(_ presence: Presence, in snapshot: borrowing Snapshot) throws -> [Agent] {
    try snapshot.rows("\(selection) ORDER BY name, id") { agent($0, presence) }
  }

  static func agent(_ id: Int64, _ presence: Presence, in snapshot: borrowing Snapshot) throws -> Agent? {
    try snapshot.first("\(selection) WHERE id = ?", id) { agent($0, presence) }
  }

  static func identity(_ id: Int64, in snapshot: borrowing Snapshot) throws -> AgentIdentity? {
    try snapshot.first("SELECT name, role FROM agents WHERE id = ?", id) { row in
      AgentIdentity(id: id, name: row.text(0), role: role(row.text(1)))
    }
  }

  static func ids(in snapshot: borrowing Snapshot) throws -> [Int64] {
    try snapshot.rows("SELECT id FROM agents") { $0.int64(0) }
  }

  static func roles(in snapshot: borrowing Snapshot) throws -> [(id: Int64, role: Agent.Role)] {
    try snapshot.rows("SELECT id, role FROM agents") { ($0.int64(0), role($0.text(1))) }
  }

  static func exists(_ id: Int64, in snapshot: borrowing Snapshot) throws -> Bool {
    try snapshot.first("SELECT 1 FROM agents WHERE id = ?", id) { _ in true } ?? false
  }

  /// Whose address it is.
  static func holder(of email: EmailAddress, in snapshot: borrowing Snapshot) throws -> NameHolder? {
    try snapshot.first("SELECT id, name FROM agents WHERE email_key = ?", email.key) {
      NameHolder(id: $0.int64(0), name: $0.text(1))
    }
  }

  /// Who signs in with an address, and the hash that their password must have.
  static func credentials(
    email: EmailAddress, in snapshot: borrowing Snapshot
  ) throws -> (agent: AgentIdentity, passwordHash: String)? {
    try snapshot.first("SELECT id, name, role, password_hash FROM agents WHERE email_key = ?", email.key) {
      row in
      (AgentIdentity(id: row.int64(0), name: row.text(1), role: role(row.text(2))), row.text(3))
    }
  }

  static func passwordHash(_ id: Int64, in snapshot: borrowing Snapshot) throws -> String? {
    try snapshot.first("SELECT password_hash FROM agents WHERE id = ?", id) { $0.text(0) }
  }

  /// - Throws: `agentTaken`.
  static func insert(
    name: String, email: EmailAddress, role: Agent.Role, passwordHash: String, at now: Int64,
    in transaction: borrowing Transaction
  ) throws -> Int64 {
    if let existing = try holder(of: email, in: transaction.snapshot) {
      throw ParleyError.agentTaken(existing: existing)
    }
    return try transaction.insert(
      """
      INSERT INTO agents (name, email, email_key, role, password_hash, created_at) VALUES (?, ?, ?, ?, ?, ?)
      """, name, email.text, email.key, role, passwordHash, now)
  }

  static func rename(_ id: Int64, _ name: String, in transaction: borrowing Transaction) throws {
    try transaction.execute("UPDATE agents SET name = ? WHERE id = ?", name, id)
  }

  static func setRole(_ id: Int64, _ role: Agent.Role, in transaction: borrowing Transaction) throws {
    try transaction.execute("UPDATE agents SET role = ? WHERE id = ?", role, id)
  }

  static func setPasswordHash(_ id: Int64, _ hash: String, in transaction: borrowing Transaction) throws {
    try transaction.execute("UPDATE agents SET password_hash = ? WHERE id = ?", hash, id)
  }

  static func preferences(of id: Int64, in snapshot: borrowing Snapshot) throws -> Preferences? {
    let stored = try snapshot.first("SELECT preferences FROM agents WHERE id = ?", id) { $0.text(0) }
    guard let stored else { return nil }
    // What was never set has the default.
    return Preferences().applying(try JSON.value(PreferencesChange.self, from: stored))
  }

  static func setPreferences(
    _ preferences: Preferences, of id: Int64, in transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      "UPDATE agents SET preferences = ? WHERE id = ?", try JSON.text(preferences), id)
  }

  static func role(_ column: String) -> Agent.Role {
    column == Agent.Role.owner.rawValue ? .owner : .agent
  }

  private static func agent(_ row: borrowing Row, _ presence: Presence) -> Agent {
    let id = row.int64(0)
    return Agent(
      id: id, name: row.text(1), email: row.text(2), role: role(row.text(3)),
      online: presence.isOnline(agent: id))
  }
}
