import SQLite
import Synchronization

/// Which list is exported: what a filter shows, in an order.
package enum ExportedList: Sendable, Hashable {
  case contacts(RecordFilter)
  case accounts(RecordFilter)
  case deals(DealFilter, DealOrder)

  var kind: ImportKind {
    switch self {
    case .contacts: .contacts
    case .accounts: .accounts
    case .deals: .deals
    }
  }
}

extension Parley {
  /// A list as comma-separated values: which records it holds is as of now; each is written as it is when its turn comes. What is
  /// written can be imported again.
  ///
  /// - Throws: `invalid` for a filter that cannot be.
  package func export(
    _ list: ExportedList, in language: ExportLanguage, by agent: AgentIdentity
  ) async throws(ParleyError) -> RecordExport {
    try agent.requireAgent()
    let now = now()
    let (ids, fields, day) = try await read { snapshot in
      (
        try Self.ids(list, visibleTo: agent, at: now, in: snapshot),
        try FieldRecords.fields(of: list.kind.record, in: snapshot),
        try WorkspaceTime(now: now, in: snapshot).today
      )
    }
    return RecordExport(
      self, list.kind, ids: ids, fields: fields, day: day, language: language, by: agent)
  }

  /// Page by page within one snapshot: no more stands in memory than the ids.
  private static func ids(
    _ list: ExportedList, visibleTo agent: AgentIdentity, at now: Int64, in snapshot: borrowing Snapshot
  ) throws -> [Int64] {
    let limit = 1000
    var ids: [Int64] = []
    switch list {
    case .contacts(let filter), .accounts(let filter):
      let records = RecordListRecords(
        list.kind == .contacts ? .contacts : .accounts, filter, by: agent, at: now)
      var cursor: RecordCursor?
      repeat {
        let page = try records.page(after: cursor, limit: limit, in: snapshot)
        ids += page.ids
        cursor = page.next
      } while cursor != nil
    case .deals(let filter, let order):
      let columns = try visibleColumns(filter, to: agent, in: snapshot)
      let narrowing = try DealNarrowingRecords(of: columns, filter, in: snapshot)
      var cursor: DealCursor?
      repeat {
        let page = try DealListRecords.page(
          of: columns, filter, narrowing, order, after: cursor, limit: limit, in: snapshot)
        ids += page.map(\.dealID)
        cursor = page.count == limit ? page.last : nil
      } while cursor != nil
    }
    return ids
  }
}

/// A list on its way out, piece by piece.
package final class RecordExport: Sendable {
  package let name: String
  /// In the workspace's time zone.
  package let day: CalendarDate
  private let parley: Parley
  private let kind: ImportKind
  private let ids: [Int64]
  private let fields: [CustomField]
  private let language: ExportLanguage
  private let agent: AgentIdentity
  /// How many are written; nil before the first line is.
  private let written = Mutex<Int?>(nil)

  private static let recordsAtOnce = 200

  init(
    _ parley: Parley, _ kind: ImportKind, ids: [Int64], fields: [CustomField], day: CalendarDate,
    language: ExportLanguage, by agent: AgentIdentity
  ) {
    self.parley = parley
    self.kind = kind
    self.ids = ids
    self.fields = fields
    self.day = day
    self.language = language
    self.agent = agent
    name = kind.rawValue
  }

  /// The next piece, UTF-8; nil at the end. To be asked for one at a time.
  package func next() async throws(ParleyError) -> [UInt8]? {
    guard let start = written.withLock({ $0 }) else {
      written.withLock { $0 = 0 }
      let standard = ImportField.exported(of: kind).map { $0.header(of: kind, in: language) }
      return Array("\u{feff}".utf8) + CSVWriter(header: standard + fields.map(\.name)).bytes
    }
    guard start < ids.count else { return nil }
    let end = min(start + Self.recordsAtOnce, ids.count)
    written.withLock { $0 = end }
    let some = Array(ids[start..<end])
    let lines = try await lines(of: some)
    var text = CSVWriter()
    for line in lines { text.append(line) }
    return text.bytes
  }

  private func lines(of ids: [Int64]) async throws(ParleyError) -> [[String]] {
    let now = parley.now()
    return try await parley.read { [kind, fields, agent] snapshot in
      switch kind {
      case .contacts:
        try ContactRecords.contacts(ids, in: snapshot).map { $0.cells + $0.fields.cells(fields) }
      case .accounts:
        try AccountRecords.accounts(ids, in: snapshot).map { $0.cells + $0.fields.cells(fields) }
      case .deals:
        try Self.deals(ids, visibleTo: agent, now: now, in: snapshot).map {
          $0.cells + $0.fields.cells(fields)
        }
      }
    }
  }

  /// One that has gone out of sight meanwhile is left out.
  private static func deals(
    _ ids: [Int64], visibleTo agent: AgentIdentity, now: Int64, in snapshot: borrowing Snapshot
  ) throws -> [Deal] {
    let pipelines = try PipelineAccess.list(visibleTo: agent, in: snapshot)
    let visible = try DealRecords.ids(ids, visibleIn: pipelines, in: snapshot)
    return try DealRecords.deals(
      ids.filter { visible.contains($0) }, at: try WorkspaceTime(now: now, in: snapshot), in: snapshot)
  }
}

extension CustomFieldValues {
  fileprivate func cells(_ fields: [CustomField]) -> [String] {
    fields.map { self[$0.id]?.typedText(as: $0) ?? "" }
  }
}

extension Contact {
  fileprivate var cells: [String] {
    [email, firstName, lastName, phone, jobTitle, account?.name ?? "", tags.cell]
  }
}

extension Account {
  fileprivate var cells: [String] { [name, url, phone, owner?.name ?? ""] }
}

extension Deal {
  fileprivate var cells: [String] {
    [
      String(id), title, value.decimalText, value.currency.code, pipeline.name, stage.name, status.rawValue,
      lostReason, owner.name, forecastedCloseOn?.description ?? "", contact?.email ?? "",
      contact.map { $0.name == $0.email ? "" : $0.name } ?? "",
      account?.name ?? "", tags.cell, description,
    ]
  }
}

extension [String] {
  /// Names apart by `;`. One alone that holds a comma has a `;` behind it: else it would be read as two.
  fileprivate var cell: String {
    count == 1 && self[0].contains(",") ? self[0] + ";" : joined(separator: "; ")
  }
}
