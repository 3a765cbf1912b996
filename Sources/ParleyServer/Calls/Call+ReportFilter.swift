import HTTPServer
import HTTPWire
import ParleyCore

extension ReportFilter {
  /// The query that tells what a report is about.
  static let parameters: [Operation.Parameter] = [
    .init(name: "from", schema: .calendarDate, summary: "The first day. Required."),
    .init(name: "to", schema: .calendarDate, summary: "The last day. Required."),
    .init(name: "pipeline", schema: .integer, summary: "Deals of one pipeline only."),
    .init(name: "owner", schema: .integer, summary: "Deals of one owner only."),
    .init(name: "currency", schema: .string, summary: "Deals in one currency only."),
  ]
}

extension Call {
  /// What the query says a report is about.
  func reportFilter() throws -> ReportFilter {
    try ReportFilter(
      from: request.query["from"], to: request.query["to"],
      pipelineID: try integer("pipeline", in: 1...Int64.max),
      ownerID: try integer("owner", in: 1...Int64.max), currency: request.query["currency"])
  }

  /// The file of a report: its name and its range.
  func reportFile(_ csv: CSVWriter, named name: String) -> Response {
    .csv(csv, named: "\(name) \(text("from")) \(text("to"))")
  }
}
