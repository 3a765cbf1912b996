/// Makes records of the octets of a table of separated values, in whatever pieces they come.
///
/// It reads RFC 4180 and what programs make of it: lines that end with CRLF, LF or CR, any separator, quoted fields with line ends
/// within. What it cannot read it says of the record where it stands, and goes on behind it. It keeps no more than an unfinished
/// record, within its limits.
package struct CSVReader: Sendable {
  package struct Record: Sendable, Hashable {
    /// The line on which it begins, from 1; a quoted line end counts.
    package var line: Int
    package var cells: [String]
    package var fault: Fault?
  }

  package enum Fault: String, Sendable, Hashable {
    /// A quotation mark was opened and never closed.
    case unclosed
    /// Something stands between the closing quotation mark and the separator.
    case misquoted
    /// It is longer than a record may be; what is behind the limit is left out.
    case tooLong = "too-long"
    case tooManyCells = "too-many-cells"

    var code: String {
      switch self {
      case .unclosed: "import.row.unclosed"
      case .misquoted: "import.row.misquoted"
      case .tooLong: "import.row.too-long"
      case .tooManyCells: "import.row.too-many-cells"
      }
    }
  }

  /// How much of a record is kept.
  package struct Limits: Sendable {
    package var recordBytes = 256 * 1024
    package var cells = 256

    package init() {}
  }

  private enum State {
    case cellStart, plain, quoted
    /// Behind a quotation mark within a quoted cell: another one makes it a character, anything else ends the quotation.
    case quoteSeen
    /// Behind a closed quotation that something follows.
    case afterQuote
  }

  private let separator: UInt8
  private let limits: Limits
  private var state = State.cellStart
  private var line = 1
  private var firstLine = 1
  /// The octets of the record's cells up to here, one behind the other, and where each ends.
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var fault: Fault?
  private var hasContent = false
  /// The LF of a CRLF belongs to the line end before it.
  private var skipsLineFeed = false

  package init(separator: UInt8, limits: Limits = Limits()) {
    self.separator = separator
    self.limits = limits
  }

  /// Reads UTF-8, and gives each record that ends in it to `body`.
  package mutating func read(_ octets: [UInt8], _ body: (Record) throws -> Void) rethrows {
    var index = 0
    while index < octets.count {
      let octet = octets[index]
      index += 1
      if skipsLineFeed {
        skipsLineFeed = false
        if octet == CSVOctet.lineFeed { continue }
      }
      switch state {
      case .cellStart, .plain:
        switch octet {
        case separator: endCell()
        case CSVOctet.carriageReturn, CSVOctet.lineFeed: try endLine(octet, body)
        case CSVOctet.quote where state == .cellStart:
          state = .quoted
          hasContent = true
        default:
          state = .plain
          keep(octet)
        }
      case .quoted:
        switch octet {
        case CSVOctet.quote: state = .quoteSeen
        case CSVOctet.carriageReturn, CSVOctet.lineFeed:
          // A line end within quotes is kept as one LF, whichever it was.
          line += 1
          skipsLineFeed = octet == CSVOctet.carriageReturn
          keep(CSVOctet.lineFeed)
        default: keep(octet)
        }
      case .quoteSeen, .afterQuote:
        switch octet {
        case separator: endCell()
        case CSVOctet.carriageReturn, CSVOctet.lineFeed: try endLine(octet, body)
        case CSVOctet.quote where state == .quoteSeen:
          state = .quoted
          keep(CSVOctet.quote)
        default:
          // Blanks before the separator are a habit of some programs; anything else is a mistake.
          if octet != CSVOctet.space { note(.misquoted) }
          state = .afterQuote
        }
      }
    }
  }

  /// Gives the last record, if it did not end with a line end.
  package mutating func finish(_ body: (Record) throws -> Void) rethrows {
    if state == .quoted { note(.unclosed) }
    guard hasContent || !ends.isEmpty else { return }
    try endRecord(body)
  }

  private mutating func keep(_ octet: UInt8) {
    hasContent = true
    guard bytes.count < limits.recordBytes else { return note(.tooLong) }
    bytes.append(octet)
  }

  private mutating func note(_ found: Fault) {
    fault = fault ?? found
  }

  private mutating func endCell() {
    state = .cellStart
    guard ends.count < limits.cells else { return note(.tooManyCells) }
    ends.append(bytes.count)
  }

  private mutating func endLine(_ octet: UInt8, _ body: (Record) throws -> Void) rethrows {
    line += 1
    skipsLineFeed = octet == CSVOctet.carriageReturn
    // A line with nothing on it is no record.
    if hasContent || !ends.isEmpty {
      try endRecord(body)
    } else {
      begin()
    }
  }

  private mutating func endRecord(_ body: (Record) throws -> Void) rethrows {
    endCell()
    var start = 0
    let cells = bytes.withUnsafeBufferPointer { all in
      ends.map { end in
        defer { start = end }
        return String(decoding: UnsafeBufferPointer(rebasing: all[start..<end]), as: UTF8.self)
      }
    }
    let record = Record(line: firstLine, cells: cells, fault: fault)
    begin()
    try body(record)
  }

  private mutating func begin() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    fault = nil
    hasContent = false
    state = .cellStart
    firstLine = line
  }
}

/// The octets that mean something in a table.
enum CSVOctet {
  static let quote = UInt8(ascii: "\"")
  static let carriageReturn: UInt8 = 13
  static let lineFeed: UInt8 = 10
  static let space = UInt8(ascii: " ")
}
