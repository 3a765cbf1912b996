import HTTPServer
import HTTPWire
import ParleyCore

/// What the deals add up to.
struct ReportRoutes: Sendable {
  let parley: Parley

  private typealias Parameter = Operation.Parameter

  private static let filter = [
    Parameter(name: "from", schema: .calendarDate, summary: "The first day. Required."),
    Parameter(name: "to", schema: .calendarDate, summary: "The last day. Required."),
    Parameter(name: "pipeline", schema: .integer, summary: "Deals of one pipeline only."),
    Parameter(name: "owner", schema: .integer, summary: "Deals of one owner only."),
    Parameter(name: "currency", schema: .string, summary: "Deals in one currency only."),
  ]

  private static let unit = Parameter(
    name: "by", schema: .oneOf(strings: ["day", "week", "month"]),
    summary: "How the range is divided, into at most 366; month if left out.")

  var operations: [Operation] {
    [
      Operation(
        .get, "/api/reports/forecast", "What deals are expected to bring, and brought, by period.",
        query: Self.filter + [Self.unit], answer: .ok(.named("Forecast")),
        errors: ["report.invalid", "not.found"]
      ) { call, by in
        try .json(.ok, try await forecast(call, by))
      },
      Operation(
        .get, "/api/reports/forecast.csv", "The same as a file of comma-separated values.",
        query: Self.filter + [Self.unit], answer: .text, errors: ["report.invalid", "not.found"]
      ) { call, by in
        let forecast = try await forecast(call, by)
        return .csv(forecast.csv, named: "forecast \(call.text("from")) \(call.text("to"))")
      },
      Operation(
        .get, "/api/reports/forecast/deals", "The deals behind a figure, the greatest first.",
        query: Self.filter + [
          Parameter(
            name: "figure", schema: .oneOf(strings: ["open", "won", "forecast"]),
            summary: "Which figure; open if left out."),
          .limit(upTo: 100, default: 50),
        ], answer: .ok(.object(["deals": .array(.named("Deal"))])), errors: ["report.invalid", "not.found"]
      ) { call, by in
        let deals = try await parley.deals(
          behind: try call.choice("figure", default: ForecastFigure.open), of: try filter(call),
          limit: try call.limit(upTo: 100, default: 50), for: by.agent)
        return try .json(.ok, ["deals": deals])
      },
      Operation(
        .get, "/api/reports/outcomes", "What was won and lost, by owner and by reason.",
        query: Self.filter, answer: .ok(.named("Outcomes")), errors: ["report.invalid", "not.found"]
      ) { call, by in
        try .json(.ok, try await parley.outcomes(try filter(call), for: by.agent))
      },
    ]
  }

  private func forecast(_ call: Call, _ caller: Caller) async throws -> Forecast {
    let unit = try call.choice("by", default: Period.Unit.month)
    return try await parley.forecast(try filter(call), by: unit, for: caller.agent)
  }

  private func filter(_ call: Call) throws -> ReportFilter {
    try ReportFilter(
      from: call.request.query["from"], to: call.request.query["to"],
      pipelineID: try call.integer("pipeline", in: 1...Int64.max),
      ownerID: try call.integer("owner", in: 1...Int64.max), currency: call.request.query["currency"])
  }
}

extension Forecast {
  /// A line a period and currency, amounts as decimals of the currency's own; first the names of the columns, which are the
  /// same in every language, so that a program may read them.
  var csv: CSVText {
    var text = CSVText(header: [
      "from", "to", "currency", "open_deals", "open_value", "weighted_value", "won_deals", "won_value",
      "forecast_deals", "forecast_value",
    ])
    for bucket in buckets {
      let exponent = Currency(code: bucket.currency)?.exponent ?? 2
      text.append([
        bucket.from.description, bucket.to.description, bucket.currency, String(bucket.open.count),
        bucket.open.minor.decimal(exponent: exponent), bucket.weighted.minor.decimal(exponent: exponent),
        String(bucket.won.count), bucket.won.minor.decimal(exponent: exponent), String(bucket.forecast.count),
        bucket.forecast.minor.decimal(exponent: exponent),
      ])
    }
    return text
  }
}
