import HTTPServer
import HTTPWire
import ParleyCore

extension DealFilter {
  /// The query that tells a filter.
  static let parameters: [Operation.Parameter] =
    [
      .init(name: "pipeline", schema: .integer, summary: ""),
      .init(name: "stage", schema: .integer, summary: ""),
      .init(
        name: "status", schema: .oneOf(strings: ["open", "won", "lost", "all"]), summary: "Open if left out."),
      .init(name: "owner", schema: .integer, summary: ""),
      .init(name: "valueFrom", schema: .integer, summary: "Minor units."),
      .init(name: "valueTo", schema: .integer, summary: "Minor units."),
      .init(name: "currency", schema: .string, summary: "An ISO 4217 code."),
      .init(name: "closeFrom", schema: .calendarDate, summary: ""),
      .init(name: "closeTo", schema: .calendarDate, summary: ""),
      .tag,
      .init(name: "contact", schema: .integer, summary: "Who has any part in the deal."),
      .init(name: "account", schema: .integer, summary: ""), .search,
    ] + Operation.Parameter.fields
}

extension Call {
  /// The filter of deals that the query tells.
  func dealFilter() throws(CallError) -> DealFilter {
    var filter = DealFilter()
    filter.pipelineID = try integer("pipeline")
    filter.stageID = try integer("stage")
    filter.status = try choice("status", default: .open)
    filter.ownerID = try integer("owner")
    filter.valueFrom = try integer("valueFrom")
    filter.valueTo = try integer("valueTo")
    filter.currency = request.query["currency"]
    filter.closeFrom = try date("closeFrom")
    filter.closeTo = try date("closeTo")
    filter.tags = try tags()
    filter.contactID = try integer("contact")
    filter.accountID = try integer("account")
    filter.search = text("search")
    filter.fields = try fieldFilters()
    return filter
  }
}
