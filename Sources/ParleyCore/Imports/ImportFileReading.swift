import SQLite

/// Divides the file of an import into rows. Killed on the way, it begins again from the file.
struct ImportFileReading {
  let parley: Parley
  let one: Import

  private struct Given: Error {
    let code: String
  }

  private static let rowsAtOnce = 200
  /// Octets by which the separator is found, and rows by which dates and numbers are.
  private static let beginning = 64 * 1024
  private static let sampled = 200

  func read() async throws(ParleyError) {
    do {
      try await forgetRows()
      let (encoding, dialect) = try await look()
      try await readRows(encoding, dialect)
    } catch let given as Given {
      try await end(failing: given.code)
    } catch {
      throw ParleyError(thrown: error)
    }
  }

  private func forgetRows() async throws {
    while try await parley.write({ [id = one.id] transaction, _ in
      try ImportRowRecords.forgetRows(of: id, keepingFaults: false, limit: 1000, in: transaction)
    }) > 0 {}
  }

  private func part(at start: Int64) async throws -> [UInt8] {
    let part = try await parley.read { [id = one.id] in try ImportRowRecords.part(of: id, at: start, in: $0) }
    guard let part, !part.isEmpty else { throw ParleyError.defect(reason: "import_parts.missing") }
    return part
  }

  /// A walk over the whole file: only its last octet may show that it is not UTF-8.
  private func look() async throws -> (TextEncoding, CSVDialect) {
    var beginning: [UInt8] = []
    var detection = TextEncoding.Detection()
    var start: Int64 = 0
    while start < one.size {
      let part = try await part(at: start)
      // A spreadsheet's own file is an archive; it is no table of text.
      if start == 0,
        part.starts(with: [0x50, 0x4b, 0x03, 0x04]) || part.starts(with: [0xd0, 0xcf, 0x11, 0xe0])
      {
        throw Given(code: "import.file.not-text")
      }
      if beginning.count < Self.beginning { beginning += part.prefix(Self.beginning - beginning.count) }
      detection.read(part)
      start += Int64(part.count)
    }
    var decoder = TextEncoding.Decoder(detection.encoding)
    return (detection.encoding, CSVDialect(beginning: decoder.decode(beginning) + decoder.finish()))
  }

  private func readRows(_ encoding: TextEncoding, _ dialect: CSVDialect) async throws {
    var decoder = TextEncoding.Decoder(encoding)
    var reader = CSVReader(separator: dialect.separator)
    var table = Table(skipped: dialect.leadingLines)
    var start: Int64 = 0
    while start < one.size {
      let part = try await part(at: start)
      start += Int64(part.count)
      reader.read(decoder.decode(part)) { table.take($0) }
      if start == one.size {
        reader.read(decoder.finish()) { table.take($0) }
        reader.finish { table.take($0) }
      }
      if table.count > Import.rowsLimit { throw Given(code: "import.file.too-many-rows") }
      guard try await store(table.rows) else { return }
      table.rows = []
    }
    guard let header = table.header, table.count > 0 else { throw Given(code: "import.file.no-rows") }
    let separator = String(UnicodeScalar(dialect.separator))
    try await finish(encoding, separator, header, rows: table.count)
  }

  /// Answers whether the import still stands.
  private func store(_ rows: [ImportRow]) async throws -> Bool {
    for begin in stride(from: 0, to: rows.count, by: Self.rowsAtOnce) {
      let some = rows[begin..<min(begin + Self.rowsAtOnce, rows.count)]
      let stands = try await parley.write { [id = one.id] transaction, _ in
        guard try ImportRecords.find(id, in: transaction.snapshot)?.state == .reading else { return false }
        for row in some { try ImportRowRecords.insert(row, of: id, in: transaction) }
        return true
      }
      guard stands else { return false }
    }
    return true
  }

  private func finish(
    _ encoding: TextEncoding, _ separator: String, _ header: [String], rows count: Int
  ) async throws {
    try await parley.write { [id = one.id, presence = parley.presence] transaction, changes in
      guard var one = try ImportRecords.find(id, in: transaction.snapshot), one.state == .reading,
        let agentID = one.agent?.id, let agent = try AgentRecords.identity(agentID, in: transaction.snapshot)
      else { return }
      let context = try ImportContext(
        one.kind, by: agent, presence, now: changes.now, in: transaction.snapshot)
      let sample = try ImportRowRecords.rows(of: id, after: 0, limit: Self.sampled, in: transaction.snapshot)
      one.columns = header
      one.rows = count
      one.encoding = encoding
      one.separator = separator
      one.settings = ImportSettings(guessedFrom: header, sample.map(\.cells), context)
      one.state = .mapping
      try ImportRecords.update(one, in: transaction)
      try changes.record(one, in: transaction)
    }
  }

  private func end(failing code: String) async throws(ParleyError) {
    try await parley.write { [id = one.id] transaction, changes in
      guard var one = try ImportRecords.find(id, in: transaction.snapshot), one.state == .reading else {
        return
      }
      one.state = .failed
      one.code = code
      one.endedAt = changes.now
      try ImportRecords.update(one, in: transaction)
      try changes.record(one, in: transaction)
    }
  }
}

/// The records of a file as rows under a header.
private struct Table {
  var skipped = 0
  var header: [String]?
  /// Those that were not stored yet, and how many there were in all.
  var rows: [ImportRow] = []
  var count = 0

  mutating func take(_ record: CSVReader.Record) {
    if skipped > 0 {
      skipped -= 1
      return
    }
    guard let width = header?.count else {
      header = record.cells.map(\.trimmed)
      return
    }
    // A line of separators alone, as spreadsheets leave them below a table.
    if record.fault == nil, record.cells.allSatisfy({ $0.trimmed.isEmpty }) { return }
    count += 1
    guard count <= Import.rowsLimit else { return }
    var damage = record.fault?.rawValue
    if record.cells.dropFirst(width).contains(where: { !$0.trimmed.isEmpty }) {
      damage = damage ?? CSVReader.Fault.tooManyCells.rawValue
    }
    rows.append(ImportRow(number: count, line: record.line, cells: record.cells, damage: damage))
  }
}

extension ImportSettings {
  /// What a table's header and its first rows let one guess.
  init(guessedFrom header: [String], _ rows: [[String]], _ context: ImportContext) {
    var taken: Set<ImportField> = []
    let fields = header.map { name -> ImportField? in
      context.guesses(name).first { taken.insert($0).inserted }
    }
    func cells(_ isWanted: (ImportField) -> Bool) -> [String] {
      fields.enumerated().flatMap { index, field in
        field.map(isWanted) == true ? rows.compactMap { index < $0.count ? $0[index] : nil } : []
      }.filter { !$0.trimmed.isEmpty }
    }
    let dates = cells {
      [.forecastedCloseOn, .createdAt, .closedAt].contains($0) || context.type(of: $0) == .date
    }
    let numbers = cells {
      $0 == .value || [.number, .currency].contains(context.type(of: $0))
    }
    let orders = DateOrder.allCases.map { order in
      (order, dates.count { TypedCell.date($0, order) != nil })
    }
    let points = numbers.count { TypedCell.amount($0, .point) != nil }
    let commas = numbers.count { TypedCell.amount($0, .comma) != nil }
    self.init(
      columns: fields.map { $0?.name },
      dateOrder: orders.max { $0.1 < $1.1 }?.0 ?? .yearMonthDay,
      decimalMark: commas > points ? .comma : .point,
      pipelineID: context.pipelines.first { $0.rights.contains(.add) }?.id)
  }
}

extension ImportContext {
  fileprivate func type(of field: ImportField) -> CustomField.ValueType? {
    guard case .custom(let id) = field else { return nil }
    return fields.first { $0.id == id }?.type
  }
}
