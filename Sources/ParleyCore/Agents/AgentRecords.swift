import SQLite

extension Agent.Role: Bindable {}

enum AgentRecords {
  static func exists(_ id: Int64, in snapshot: borrowing Snapshot) throws -> Bool {
    try snapshot.first("SELECT 1 FROM agents WHERE id = ?", id) { _ in true } ?? false
  }
}
