/// What deals are expected to bring, and what they brought, period by period. Its keys are the interface's.
package struct Forecast: Sendable, Hashable, Encodable {
  /// Some deals: how many, and what they are worth together.
  package struct Sum: Sendable, Hashable, Encodable {
    package var count: Int64
    package var minor: MinorSum
  }

  package struct Weighted: Sendable, Hashable, Encodable {
    package var minor: MinorSum
  }

  /// What a period holds of one currency. Nothing is converted.
  package struct Bucket: Sendable, Hashable, Encodable {
    package var from: CalendarDate
    package var to: CalendarDate
    package var currency: String
    /// Deals still open that are expected to close in it; overdue where it has passed.
    package var open: Sum
    /// The values of the same deals, each times the probability of its stage. Added up exactly, and the sum rounded once to a
    /// minor unit, a half up.
    package var weighted: Weighted
    /// Deals won in it, whenever they were expected to close.
    package var won: Sum
    /// Deals that are or were expected to close in it, whatever became of them: what `won` is measured against.
    package var forecast: Sum
  }

  /// The day in the workspace's time zone: periods that ended before it have an accuracy.
  package var today: CalendarDate
  /// All of the range, in order.
  package var periods: [Period]
  /// Those that hold anything, by period, then by currency.
  package var buckets: [Bucket]
  /// Of the whole range, a bucket a currency; its weighted value is rounded from the exact sum, not from the buckets'.
  package var totals: [Bucket]
  /// Open deals without a close date, which stand in no period.
  package var undated: [Total]
}

/// Which deals a report is about.
package struct ReportFilter: Sendable, Hashable {
  package var range: ClosedRange<CalendarDate>
  package var pipelineID: Int64?
  package var ownerID: Int64?
  package var currency: Currency?

  /// - Throws: `invalid` with `report.invalid`, every field at once.
  package init(
    from: String?, to: String?, pipelineID: Int64? = nil, ownerID: Int64? = nil, currency: String? = nil
  ) throws(ParleyError) {
    var invalid = Invalid(code: "report.invalid")
    let first = Self.day(from, field: "from", &invalid)
    let last = Self.day(to, field: "to", &invalid)
    if let first, let last, first > last { invalid.add("to", "report.range.reversed") }
    let known = currency.flatMap { Currency(code: $0) }
    if currency != nil, known == nil { invalid.add("currency", "report.currency.unknown") }
    try invalid.check()
    guard let first, let last else { throw .invalid(invalid) }
    range = first...last
    self.pipelineID = pipelineID
    self.ownerID = ownerID
    self.currency = known
  }

  private static func day(_ text: String?, field: String, _ invalid: inout Invalid) -> CalendarDate? {
    guard let text, !text.isEmpty else {
      invalid.add(field, "report.date.required")
      return nil
    }
    let day = CalendarDate(text)
    if day == nil { invalid.add(field, "report.date.invalid") }
    return day
  }
}

/// Which of a forecast's figures.
package enum ForecastFigure: String, Sendable, Hashable {
  case open, won, forecast
}
