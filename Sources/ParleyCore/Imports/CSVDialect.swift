/// How a table of separated values is written: what its beginning shows.
package struct CSVDialect: Sendable, Hashable {
  package let separator: UInt8
  /// The lines before the table: some programs name the separator in a line `sep=;`.
  package let leadingLines: Int

  private static let candidates = ",;\t|".utf8

  /// Decides by the separator that divides most records into as many cells as the first.
  ///
  /// - Parameter beginning: UTF-8, at most some tens of kilobytes of it; it may end anywhere.
  package init(beginning: [UInt8]) {
    if let named = Self.named(in: beginning) {
      separator = named
      leadingLines = 1
      return
    }
    leadingLines = 0
    var best: (separator: UInt8, score: Int) = (UInt8(ascii: ","), 0)
    for candidate in Self.candidates {
      let score = Self.score(candidate, beginning)
      if score > best.score { best = (candidate, score) }
    }
    separator = best.separator
  }

  private static func named(in beginning: [UInt8]) -> UInt8? {
    let line = beginning.prefix { $0 != CSVOctet.lineFeed && $0 != CSVOctet.carriageReturn }
    guard line.count == 5, String(decoding: line, as: UTF8.self).lowercased().hasPrefix("sep=") else {
      return nil
    }
    return line.last
  }

  /// Cells of the header times the records that have as many; nothing where it divides nothing.
  private static func score(_ separator: UInt8, _ beginning: [UInt8]) -> Int {
    var reader = CSVReader(separator: separator)
    var width = 0
    var alike = 0
    var others = 0
    reader.read(beginning) { record in
      if width == 0 { width = record.cells.count }
      if record.cells.count == width { alike += 1 } else { others += 1 }
    }
    // One line without its end, as a file of a header alone may have.
    if alike == 0 {
      reader.finish { record in
        width = record.cells.count
        alike = 1
      }
    }
    guard width > 1 else { return 0 }
    return max(1, width * alike * alike / (alike + others))
  }
}
