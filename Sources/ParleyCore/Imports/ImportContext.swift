import SQLite

/// What reading rows needs to know, as of now: read once for many rows.
struct ImportContext {
  let kind: ImportKind
  let agent: AgentIdentity
  let presence: Presence
  let time: WorkspaceTime
  /// Those that the agent may see.
  let pipelines: [Pipeline]
  let agents: [Agent]
  let currency: Currency
  /// The fields of one's own of what is imported.
  let fields: [CustomField]

  init(
    _ kind: ImportKind, by agent: AgentIdentity, _ presence: Presence, now: Int64,
    in snapshot: borrowing Snapshot
  ) throws {
    self.kind = kind
    self.agent = agent
    self.presence = presence
    time = try WorkspaceTime(now: now, in: snapshot)
    pipelines = kind == .deals ? try PipelineAccess.pipelines(visibleTo: agent, in: snapshot) : []
    fields = try FieldRecords.fields(of: kind.record, in: snapshot)
    agents = try AgentRecords.agents(presence, in: snapshot)
    let usual = try WorkspaceRecords.workspace(in: snapshot)?.defaultCurrency
    guard let currency = Currency(code: usual ?? "USD") else {
      throw ParleyError.defect(reason: "workspace.currency")
    }
    self.currency = currency
  }

  /// Milliseconds since 1970 UTC.
  var now: Int64 { time.now }

  func knows(_ field: ImportField) -> Bool {
    if case .custom(let id) = field { return fields.contains { $0.id == id } }
    return ImportField.imported(of: kind).contains(field)
  }

  /// By e-mail address or by name.
  func agent(called text: String) -> Agent? {
    let key = AccountName(text)?.key
    return agents.first { $0.email.lowercased() == text.lowercased() }
      ?? agents.first { AccountName($0.name)?.key == key }
  }

  /// What a column may be.
  var fieldNames: [ImportFieldName] {
    ImportField.imported(of: kind).map { ImportFieldName(field: $0.name, name: nil) }
      + fields.map { ImportFieldName(field: ImportField.custom($0.id).name, name: $0.name) }
  }

  /// The fields that a header may mean, the likeliest first.
  func guesses(_ header: String) -> [ImportField] {
    ImportField.guesses(CSVFormula.unguarded(header), for: kind, among: fields)
  }
}

/// The cells of a row by what their columns are.
struct ImportCells {
  private let row: ImportRow
  private let places: [ImportField: Int]
  private(set) var faults: [ImportFault] = []

  init(_ row: ImportRow, _ places: [ImportField: Int]) {
    self.row = row
    self.places = places
    if let damage = row.damage.flatMap(CSVReader.Fault.init(rawValue:)) { note(damage.code, in: nil) }
  }

  /// The columns by what they are.
  static func places(_ settings: ImportSettings) -> [ImportField: Int] {
    var places: [ImportField: Int] = [:]
    for (index, name) in settings.columns.enumerated() {
      if let field = name.flatMap({ ImportField($0) }) { places[field] = index }
    }
    return places
  }

  /// What a cell holds; nil where it is empty or not there.
  subscript(field: ImportField) -> String? {
    guard let index = places[field], index < row.cells.count else { return nil }
    let text = CSVFormula.unguarded(row.cells[index])
    return text.trimmed.isEmpty ? nil : text
  }

  mutating func note(_ code: String, in field: ImportField?) {
    let column = field.flatMap { places[$0] }
    let value = column.flatMap { $0 < row.cells.count ? row.cells[$0] : nil } ?? ""
    faults.append(ImportFault(column: column, code: code, value: String(value.prefix(100))))
  }

  /// Notes the field errors of a record, each in the column that its field came from.
  mutating func note(_ invalid: Invalid) {
    for (name, code) in invalid.fields.sorted(by: { $0.key < $1.key }) {
      let field = name.hasPrefix("fields.") ? "field." + name.dropFirst(7) : name.replacing("ID", with: "")
      note(code, in: ImportField(field))
    }
  }

  func list(_ field: ImportField) -> [String] {
    self[field].map { ListCell.items($0) } ?? []
  }

  func check() throws(ImportRowError) {
    guard faults.isEmpty else { throw ImportRowError(faults: faults) }
  }
}

/// A row is left out, for these reasons.
struct ImportRowError: Error {
  let faults: [ImportFault]
}

/// A row that nothing is wrong with, and what it would do.
struct PlannedRow {
  enum Action: Equatable {
    case create, update, skip
  }

  enum Content {
    case contact(ContactRow)
    case account(AccountRow)
    case deal(DealRow)
  }

  var action: Action
  let content: Content
  /// By what a later row would find it; nil for what is never found.
  var key: String?
  /// The keys of what it names that does not exist yet.
  var newAccount: String?
  var newContacts: [String] = []
}

/// Reads rows against what is stored.
struct ImportReading {
  let settings: ImportSettings
  let context: ImportContext
  let places: [ImportField: Int]

  init(_ settings: ImportSettings, _ context: ImportContext) {
    self.settings = settings
    self.context = context
    places = ImportCells.places(settings)
  }

  /// - Throws: `ImportRowError` with everything that is wrong with it.
  func plan(_ row: ImportRow, in snapshot: borrowing Snapshot) throws -> PlannedRow {
    let cells = ImportCells(row, places)
    switch context.kind {
    case .contacts: return try ContactRow.plan(cells, self, in: snapshot)
    case .accounts: return try AccountRow.plan(cells, self, in: snapshot)
    case .deals: return try DealRow.plan(cells, self, in: snapshot)
    }
  }

  /// The account that a cell names. One that there is not is made if that is wanted, and else a fault.
  func account(
    _ cells: inout ImportCells, in snapshot: borrowing Snapshot
  ) throws -> (name: AccountName, known: Account?)? {
    guard let text = cells[.account] else { return nil }
    guard let name = AccountName(text) else {
      cells.note("account.name.too-long", in: .account)
      return nil
    }
    let known = try AccountRecords.account(key: name.key, in: snapshot)
    if known == nil, !settings.createsMissing { cells.note("import.account.unknown", in: .account) }
    return (name, known)
  }

  /// What a row has in fields of one's own, of the cells that hold something.
  func fields(_ cells: inout ImportCells) -> FieldEntries? {
    var entries: [Int64: FieldEntry] = [:]
    for field in context.fields {
      guard let text = cells[.custom(field.id)] else { continue }
      do throws(FieldFault) {
        entries[field.id] = try FieldEntry(cell: text, as: field, settings, currency: currency(of: cells))
      } catch {
        cells.note(error.code, in: .custom(field.id))
      }
    }
    return entries.isEmpty ? nil : FieldEntries(entries)
  }

  /// Of amounts that name none.
  private func currency(of cells: ImportCells) -> Currency {
    let code = cells[.currency]?.trimmed.uppercased() ?? settings.currency
    return code.flatMap { Currency(code: $0) } ?? context.currency
  }

  /// The tags of a row and the one that all get.
  func tags(_ cells: ImportCells) -> [String]? {
    let common = settings.tag.isEmpty ? [] : [settings.tag]
    let all = cells.list(.tags) + common
    return all.isEmpty ? nil : all
  }

  /// When something happened, which it has not yet to do.
  ///
  /// - Returns: milliseconds since 1970 UTC; nil where the cell is empty, or at fault.
  func moment(_ field: ImportField, _ cells: inout ImportCells) -> Int64? {
    guard let text = cells[field] else { return nil }
    guard let moment = TypedCell.moment(text, settings.dateOrder, in: context.time.timeZone) else {
      cells.note("import.date.invalid", in: field)
      return nil
    }
    guard moment <= context.now else {
      cells.note("import.date.future", in: field)
      return nil
    }
    return moment
  }

  /// - Returns: nil where the cell is empty, or at fault.
  func agent(_ cells: inout ImportCells) -> Agent? {
    guard let text = cells[.owner] else { return nil }
    let found = context.agent(called: text)
    if found == nil { cells.note("import.owner.unknown", in: .owner) }
    return found
  }
}

extension FieldEntry {
  /// A cell, with its numbers and dates read as the settings say.
  fileprivate init(
    cell text: String, as field: CustomField, _ settings: ImportSettings, currency: Currency
  ) throws(FieldFault) {
    switch field.type {
    case .text, .longText: self = .text(text)
    case .number:
      guard let number = TypedCell.decimal(text, settings.decimalMark) else { throw .invalid }
      self = .text(number)
    case .date:
      guard let date = TypedCell.date(text, settings.dateOrder) else { throw .invalid }
      self = .text(date.description)
    case .currency:
      guard let money = TypedCell.amount(text, settings.decimalMark)?.money(in: currency) else {
        throw .invalid
      }
      self = .money(minor: money.minorUnits, currency: money.currency.code)
    case .choice, .choices, .checkbox:
      switch try CustomFieldValue(typed: text, as: field) {
      case .choice(let id): self = .integer(id)
      case .choices(let ids): self = .integers(ids)
      case .checked: self = .truth(true)
      case .text, .number, .currency, .date, nil: self = .nothing
      }
    }
  }
}
