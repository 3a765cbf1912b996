import HTTPServer
import HTTPWire
import ParleyCore

/// What the deals add up to.
struct ReportRoutes: Sendable {
  let parley: Parley

  private typealias Parameter = Operation.Parameter

  private static let filter = ReportFilter.parameters

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
        call.reportFile(try await forecast(call, by).csv, named: "forecast")
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
          behind: try call.choice("figure", default: ForecastFigure.open), of: try call.reportFilter(),
          limit: try call.limit(upTo: 100, default: 50), for: by.agent)
        return try .json(.ok, ["deals": deals])
      },
      Operation(
        .get, "/api/reports/outcomes", "What was won and lost, by owner and by reason.",
        query: Self.filter, answer: .ok(.named("Outcomes")), errors: ["report.invalid", "not.found"]
      ) { call, by in
        try .json(.ok, try await parley.outcomes(try call.reportFilter(), for: by.agent))
      },
      Operation(
        .get, "/api/reports/outcomes.csv", "What was won and lost by owner, as a file.",
        query: Self.filter, answer: .text, errors: ["report.invalid", "not.found"]
      ) { call, by in
        call.reportFile(
          try await parley.outcomes(try call.reportFilter(), for: by.agent).csv, named: "outcomes")
      },
      Operation(
        .get, "/api/reports/outcomes/reasons.csv", "Why deals were lost, as a file.",
        query: Self.filter, answer: .text, errors: ["report.invalid", "not.found"]
      ) { call, by in
        call.reportFile(
          try await parley.outcomes(try call.reportFilter(), for: by.agent).reasonsCSV, named: "reasons")
      },
      Operation(
        .get, "/api/reports/outcomes/deals", "The deals behind a figure, the last to be closed first.",
        query: Self.filter + [
          Parameter(
            name: "figure", schema: .oneOf(strings: ["won", "lost"]),
            summary: "Which figure; won if left out."),
          Parameter(
            name: "reason", schema: .string,
            summary: "Deals that were lost for this reason only; empty for those without one."),
          .limit(upTo: 100, default: 50),
        ], answer: .ok(.object(["deals": .array(.named("Deal"))])), errors: ["report.invalid", "not.found"]
      ) { call, by in
        let deals = try await parley.deals(
          closedAs: try call.choice("figure", default: OutcomeFigure.won),
          reason: call.request.query["reason"], of: try call.reportFilter(),
          limit: try call.limit(upTo: 100, default: 50), for: by.agent)
        return try .json(.ok, ["deals": deals])
      },
    ]
  }

  private func forecast(_ call: Call, _ caller: Caller) async throws -> Forecast {
    let unit = try call.choice("by", default: Period.Unit.month)
    return try await parley.forecast(try call.reportFilter(), by: unit, for: caller.agent)
  }
}

extension Forecast {
  /// A line a period and currency, amounts as decimals of the currency's own; first the names of the columns, which are the
  /// same in every language, so that a program may read them.
  var csv: CSVWriter {
    var text = CSVWriter(header: [
      "from", "to", "currency", "open_deals", "open_value", "weighted_value", "won_deals", "won_value",
      "forecast_deals", "forecast_value", "accuracy",
    ])
    for bucket in buckets {
      let currency = bucket.currency
      text.append([
        bucket.from.description, bucket.to.description, currency, String(bucket.open.count),
        bucket.open.minor.decimal(in: currency), bucket.weighted.minor.decimal(in: currency),
        String(bucket.won.count), bucket.won.minor.decimal(in: currency), String(bucket.forecast.count),
        bucket.forecast.minor.decimal(in: currency), bucket.accuracy(on: today) ?? "",
      ])
    }
    return text
  }
}

extension Forecast.Bucket {
  /// What was won against what was forecast, as a decimal of three places, rounded down. Nil where nothing was forecast, and before
  /// the period begins.
  fileprivate func accuracy(on today: CalendarDate) -> String? {
    guard from <= today, forecast.minor.minorUnits > 0 else { return nil }
    return MinorSum(won.minor.minorUnits * 1000 / forecast.minor.minorUnits).decimal(exponent: 3)
  }
}

extension Outcomes {
  /// A line a reason and currency.
  var reasonsCSV: CSVWriter {
    var text = CSVWriter(header: ["reason", "currency", "lost_deals", "lost_value"])
    for each in reasons {
      text.append([each.reason, each.currency, String(each.count), each.minor.decimal(in: each.currency)])
    }
    return text
  }

  /// A line an owner and currency.
  var csv: CSVWriter {
    var text = CSVWriter(header: [
      "owner", "currency", "won_deals", "won_value", "lost_deals", "lost_value",
    ])
    for share in owners {
      text.append([
        share.owner.name, share.currency, String(share.won.count),
        share.won.minor.decimal(in: share.currency),
        String(share.lost.count), share.lost.minor.decimal(in: share.currency),
      ])
    }
    return text
  }
}

extension MinorSum {
  /// As a program reads it: all decimals of the currency, two for one that is not known.
  func decimal(in currency: String) -> String {
    decimal(exponent: Currency(code: currency)?.exponent ?? 2)
  }
}
