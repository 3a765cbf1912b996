@testable import ParleyCore

/// What comes of a table does not depend on the pieces in which it comes, and what was read is written so that it is read the same.
enum TableFuzz {
  private static let limits: CSVReader.Limits = {
    var limits = CSVReader.Limits()
    limits.recordBytes = 96
    limits.cells = 6
    return limits
  }()

  private static let encodings: [TextEncoding] = [.utf8, .utf16LittleEndian, .utf16BigEndian, .windows1252]

  static func csv(_ octets: [UInt8]) {
    let (whole, pieces) = divisions(octets)
    // What of the first octet does not say how long the pieces are says in which encoding: one an input, for four take four times as long.
    let chosen = encodings[Int(octets.first ?? 0) >> 5 & 3]
    precondition(decoded(whole, chosen) == decoded(pieces, chosen), "the pieces matter to \(chosen)")
    precondition(encoding(of: whole) == encoding(of: pieces), "the pieces matter to what the encoding is")
    let dialect = CSVDialect(beginning: whole[0])
    let records = records(whole, dialect.separator, limits)
    precondition(records == self.records(pieces, dialect.separator, limits), "the pieces matter")
    for record in records { check(record) }
    checkWriting(self.records(whole, dialect.separator, CSVReader.Limits()))
  }

  private static func decoded(_ pieces: [[UInt8]], _ encoding: TextEncoding) -> [UInt8] {
    var decoder = TextEncoding.Decoder(encoding)
    var result: [UInt8] = []
    for piece in pieces { result += decoder.decode(piece) }
    return result + decoder.finish()
  }

  private static func encoding(of pieces: [[UInt8]]) -> TextEncoding {
    var detection = TextEncoding.Detection()
    for piece in pieces { detection.read(piece) }
    return detection.encoding
  }

  private static func records(
    _ pieces: [[UInt8]], _ separator: UInt8, _ limits: CSVReader.Limits
  ) -> [CSVReader.Record] {
    var reader = CSVReader(separator: separator, limits: limits)
    var records: [CSVReader.Record] = []
    for piece in pieces { reader.read(piece) { records.append($0) } }
    reader.finish { records.append($0) }
    return records
  }

  private static func check(_ record: CSVReader.Record) {
    precondition(!record.cells.isEmpty && record.cells.count <= limits.cells, "more cells than the limit")
    // An octet that is no character becomes one of three octets.
    let length = record.cells.reduce(0) { $0 + $1.utf8.count }
    precondition(length <= limits.recordBytes * 3, "longer than the limit")
  }

  /// Compared as octets: two texts are equal as text too where only their composition differs.
  private static func checkWriting(_ records: [CSVReader.Record]) {
    var writer = CSVWriter()
    for record in records { writer.append(record.cells) }
    let again = self.records([writer.bytes], UInt8(ascii: ","), CSVReader.Limits())
    precondition(again.allSatisfy { $0.fault == nil }, "what was written is at fault")
    let cells = again.map { record in record.cells.map { Array(CSVFormula.unguarded($0).utf8) } }
    precondition(
      cells == records.map { $0.cells.map { Array($0.utf8) } }, "what was written is not read the same")
    for cell in again.flatMap(\.cells) {
      precondition(CSVFormula.guarded(CSVFormula.unguarded(cell)) == cell, "guarded otherwise")
    }
  }
}
