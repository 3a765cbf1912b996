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
    let (ids, table) = try await read { [presence] snapshot in
      (
        try Self.ids(list, visibleTo: agent, at: now, in: snapshot),
        try ExportTable(of: list.kind, presence, at: now, in: snapshot)
      )
    }
    return RecordExport(self, table, ids: ids, language: language, by: agent)
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
        list.kind == .contacts ? .contacts : .accounts, filter, by: agent, at: now,
        depth: NarrowingRecords.wholeDepth)
      var cursor: RecordCursor?
      repeat {
        let page = try records.page(after: cursor, limit: limit, in: snapshot)
        ids += page.ids
        cursor = page.next
      } while cursor != nil
    case .deals(let filter, let order):
      let columns = try visibleColumns(filter, to: agent, in: snapshot)
      let deals = try DealListRecords(
        of: columns, filter, depth: NarrowingRecords.wholeDepth, in: snapshot)
      let whole = try deals.whole(of: columns, in: snapshot)
      var cursor: DealCursor?
      repeat {
        let page = try deals.page(
          of: columns, order, after: cursor, limit: limit, whole: whole, in: snapshot)
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
  private let table: ExportTable
  private let ids: [Int64]
  private let language: ExportLanguage
  private let agent: AgentIdentity
  /// How many are written; nil before the first line is.
  private let written = Mutex<Int?>(nil)

  private static let recordsAtOnce = 200

  init(
    _ parley: Parley, _ table: ExportTable, ids: [Int64], language: ExportLanguage, by agent: AgentIdentity
  ) {
    self.parley = parley
    self.table = table
    self.ids = ids
    self.language = language
    self.agent = agent
    day = table.day
    name = table.kind.rawValue
  }

  /// The next piece, UTF-8; nil at the end. To be asked for one at a time.
  package func next() async throws(ParleyError) -> [UInt8]? {
    guard let start = written.withLock({ $0 }) else {
      written.withLock { $0 = 0 }
      return Array("\u{feff}".utf8) + CSVWriter(header: table.header(in: language)).bytes
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
    return try await parley.read { [table, agent] snapshot in
      switch table.kind {
      case .contacts: try ContactRecords.contacts(ids, in: snapshot).map(table.cells)
      case .accounts: try AccountRecords.accounts(ids, in: snapshot).map(table.cells)
      case .deals:
        try Self.deals(ids, visibleTo: agent, now: now, in: snapshot).map(table.cells)
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
