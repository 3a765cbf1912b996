import Foundation
import SQLite

@testable import ParleyCore

/// A workspace in which tables are imported.
struct ImportBench {
  let workshop: Workshop

  init(in workshop: Workshop? = nil) async throws {
    if let workshop { self.workshop = workshop } else { self.workshop = try await Workshop() }
  }

  var parley: Parley { workshop.parley }

  /// Sends a file in parts of so many octets, and has it read.
  func upload(
    _ kind: ImportKind, _ text: String, partSize: Int = 100_000, by agent: AgentIdentity? = nil
  ) async throws -> Import {
    let agent = agent ?? workshop.owner
    let bytes = Array(text.utf8)
    var one = try await parley.beginImport(
      kind, fileName: "table.csv", size: Int64(bytes.count), idempotencyKey: IdempotencyKey(.client())!,
      by: agent)
    while one.state == .uploading {
      let start = Int(one.received)
      one = try await parley.receivePart(
        Array(bytes[start..<min(start + partSize, bytes.count)]), at: one.received, of: one.id, by: agent)
    }
    try await work()
    return try await parley.importPreview(one.id, by: agent).import
  }

  /// Does all that the server would do by itself.
  func work() async throws {
    var runner = ImportRunner(parley: parley)
    while try await runner.step() {}
  }

  func find(_ id: Int64) async throws -> Import {
    try await parley.importPreview(id, by: workshop.owner).import
  }

  func check(
    _ one: Import, by agent: AgentIdentity? = nil, _ change: (inout ImportSettings) -> Void = { _ in }
  ) async throws -> Import {
    var settings = one.settings!
    change(&settings)
    _ = try await parley.checkImport(one.id, settings, by: agent ?? workshop.owner)
    try await work()
    return try await find(one.id)
  }

  func run(_ one: Import) async throws -> Import {
    _ = try await parley.runImport(one.id, by: workshop.owner)
    try await work()
    return try await find(one.id)
  }

  /// Reads, checks and stores a table.
  func `import`(
    _ kind: ImportKind, _ text: String, _ change: (inout ImportSettings) -> Void = { _ in }
  ) async throws -> Import {
    try await run(try await check(try await upload(kind, text), change))
  }

  /// The faults of an import as `LINE COLUMN CODE`.
  func faults(_ one: Import) async throws -> [String] {
    try await parley.importFaults(of: one.id, after: nil, limit: 100, by: workshop.owner).rows.flatMap {
      row in
      row.faults.map { "\(row.line) \($0.column.map { one.columns[$0] } ?? "-") \($0.code)" }
    }
  }

  func export(_ list: ExportedList, by agent: AgentIdentity? = nil) async throws -> String {
    let export = try await parley.export(list, in: .english, by: agent ?? workshop.owner)
    var bytes: [UInt8] = []
    while let piece = try await export.next() { bytes += piece }
    return String(decoding: bytes, as: UTF8.self)
  }

  func count(_ sql: String) async throws -> Int {
    try await parley.read { try $0.first(sql) { $0.int(0) } ?? 0 }
  }

  /// Everything that an import may touch, as text.
  func picture() async throws -> [String] {
    try await parley.read { snapshot in
      var rows: [String] = []
      for sql in [
        "SELECT printf('%s|%s|%s|%s|%s|%s|%s|%s', id, email, first_name, last_name, phone, job_title, account_id, sort_key) FROM contacts",
        "SELECT printf('%s|%s|%s|%s|%s|%s|%s|%s', id, name, url, phone, owner_id) FROM accounts",
        "SELECT printf('%s|%s|%s|%s|%s|%s|%s|%s', contact_id, tag_id) FROM contact_tags",
        "SELECT printf('%s|%s|%s|%s|%s|%s|%s|%s', id, title, value_minor, currency, stage_id, status, owner_id, contact_id) FROM deals",
        "SELECT printf('%s|%s|%s|%s|%s|%s|%s|%s', pipeline_id, stage_id, status, currency, count, billions, rest) FROM deal_totals WHERE count > 0",
        "SELECT printf('%s|%s|%s|%s|%s|%s|%s|%s', record_id, field_id, number, currency, text) FROM contact_fields",
        "SELECT printf('%s|%s|%s|%s|%s|%s|%s|%s', record_id, field_id, number, currency, text) FROM account_fields",
        "SELECT printf('%s|%s|%s', deal_id, contact_id, role) FROM deal_contacts",
      ] {
        // In whatever order they are stored.
        rows += try snapshot.rows(sql) { $0.text(0) }.sorted()
      }
      return rows
    }
  }
}
