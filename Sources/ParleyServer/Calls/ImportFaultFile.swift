import ParleyCore
import Synchronization

/// The rows at fault as a table that can be mended and imported again: each as it stands in its file, before it its line and what is
/// wrong with it.
final class ImportFaultFile: Sendable {
  private static let rowsAtOnce = 200

  private let one: Import
  private let words: ImportFaultWords
  private let last = Mutex<Int?>(nil)

  init(_ one: Import, _ language: ExportLanguage) {
    self.one = one
    words = ImportFaultWords(language)
  }

  /// The next piece; nil at the end.
  func next(of parley: Parley, by agent: AgentIdentity) async throws -> [UInt8]? {
    guard let number = last.withLock({ $0 }) else {
      last.withLock { $0 = 0 }
      let header = CSVWriter(header: [words.line, words.problem] + one.columns)
      return Array("\u{feff}".utf8) + header.bytes
    }
    let rows = try await parley.faultyRows(of: one.id, after: number, limit: Self.rowsAtOnce, by: agent)
    guard let end = rows.last?.row.number else { return nil }
    last.withLock { $0 = end }
    var text = CSVWriter()
    for (row, cells) in rows {
      text.append(
        [String(row.line), row.faults.map { words.text(of: $0, one.columns) }.joined(separator: " ")] + cells)
    }
    return text.bytes
  }
}
