/// What the columns of a table are, how its cells are written, and what is to be done.
package struct ImportSettings: Sendable, Hashable, Codable {
  /// What becomes of a row whose record exists: a contact by its e-mail address, an account by its name, a deal by its id.
  package enum Existing: String, Sendable, Hashable, Codable {
    case update, skip
  }

  package enum DateOrder: String, Sendable, Hashable, Codable, CaseIterable {
    case yearMonthDay = "ymd"
    case dayMonthYear = "dmy"
    case monthDayYear = "mdy"
  }

  package enum DecimalMark: String, Sendable, Hashable, Codable {
    case point, comma
  }

  /// A field for each column; nil for one that is left out.
  package var columns: [String?]
  package var existing: Existing
  /// Whether accounts and contacts that a row names are made when there are none; else the row is at fault.
  package var createsMissing: Bool
  /// Every record that is made or changed gets it; empty for none.
  package var tag: String
  package var dateOrder: DateOrder
  package var decimalMark: DecimalMark
  /// Of deals that name none.
  @Nullable package var pipelineID: Int64?
  /// Of amounts that name none; nil for the pipeline's.
  @Nullable package var currency: String?
  /// Whether automations follow what is made and changed, as if people had done it.
  package var runsAutomations: Bool

  package init(
    columns: [String?], existing: Existing = .skip, createsMissing: Bool = true, tag: String = "",
    dateOrder: DateOrder = .yearMonthDay, decimalMark: DecimalMark = .point, pipelineID: Int64? = nil,
    currency: String? = nil, runsAutomations: Bool = false
  ) {
    self.columns = columns
    self.existing = existing
    self.createsMissing = createsMissing
    self.tag = tag
    self.dateOrder = dateOrder
    self.decimalMark = decimalMark
    self.pipelineID = pipelineID
    self.currency = currency
    self.runsAutomations = runsAutomations
  }

  /// - Throws: `invalid` (`import.invalid`) with every fault: `columns`: `import.columns.unknown`, `.twice` or `.required`;
  ///   `tag`: `import.tag.invalid`; `pipelineID`: `import.pipeline.unknown`, `import.pipeline.denied`; `currency`:
  ///   `import.currency.unknown`.
  func check(for kind: ImportKind, _ context: ImportContext) throws(ParleyError) {
    var invalid = Invalid(code: "import.invalid")
    let chosen = columns.compactMap { $0 }
    let fields = chosen.compactMap { ImportField($0) }
    if fields.count < chosen.count || fields.contains(where: { !context.knows($0) }) {
      invalid.add("columns", "import.columns.unknown")
    }
    if Set(chosen).count < chosen.count { invalid.add("columns", "import.columns.twice") }
    let required = ImportField.required(for: kind)
    if !fields.contains(required) { invalid.add("columns", "import.columns.required") }
    if !tag.isEmpty, TagName(tag) == nil { invalid.add("tag", "import.tag.invalid") }
    if let currency, Currency(code: currency) == nil { invalid.add("currency", "import.currency.unknown") }
    if kind == .deals, !fields.contains(.pipeline) || pipelineID != nil {
      let pipeline = context.pipelines.first { $0.id == pipelineID }
      if pipeline == nil {
        invalid.add("pipelineID", "import.pipeline.unknown")
      } else if pipeline?.rights.contains(.add) == false {
        invalid.add("pipelineID", "import.pipeline.denied")
      }
    }
    try invalid.check()
  }
}
