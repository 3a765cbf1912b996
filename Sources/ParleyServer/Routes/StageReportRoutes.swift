import HTTPServer
import HTTPWire
import ParleyCore

/// How deals come through the stages of a pipeline.
struct StageReportRoutes: Sendable {
  let parley: Parley

  private typealias Parameter = Operation.Parameter

  /// What became of deals, or all of them.
  private enum Figure: String {
    case entered, there, onward, back, away, won, lost

    var fates: [StageFate] {
      StageFate(rawValue: rawValue).map { [$0] } ?? StageFate.allCases
    }
  }

  private static let figure = Parameter(
    name: "figure",
    schema: .oneOf(strings: ["entered", "there", "onward", "back", "away", "won", "lost"]),
    summary: "Which figure; entered if left out.")

  var operations: [Operation] {
    [
      Operation(
        .get, "/api/reports/funnel", "What became of the deals that entered each stage of a pipeline.",
        query: ReportFilter.parameters, answer: .ok(.named("Funnel")),
        errors: ["report.invalid", "not.found"]
      ) { call, by in
        try .json(.ok, try await parley.funnel(try call.reportFilter(), for: by.agent))
      },
      Operation(
        .get, "/api/reports/funnel.csv", "The same as a file of comma-separated values.",
        query: ReportFilter.parameters, answer: .text, errors: ["report.invalid", "not.found"]
      ) { call, by in
        call.reportFile(
          try await parley.funnel(try call.reportFilter(), for: by.agent).csv, named: "funnel")
      },
      Operation(
        .get, "/api/reports/funnel/deals", "The deals behind a figure, the last to enter the stage first.",
        query: ReportFilter.parameters + [
          Parameter(name: "stage", schema: .integer, summary: "Required."), Self.figure,
          .limit(upTo: 100, default: 50),
        ], answer: .ok(.object(["deals": .array(.named("Deal"))])), errors: ["report.invalid", "not.found"]
      ) { call, by in
        guard let stageID = try call.integer("stage", in: 1...Int64.max) else {
          throw CallError.invalid(fields: ["stage": "field.required"])
        }
        let deals = try await parley.deals(
          entering: stageID, try call.choice("figure", default: Figure.entered).fates,
          of: try call.reportFilter(), limit: try call.limit(upTo: 100, default: 50), for: by.agent)
        return try .json(.ok, ["deals": deals])
      },
      Operation(
        .get, "/api/reports/stage-times", "How long deals stay in the stages of a pipeline.",
        query: ReportFilter.parameters, answer: .ok(.named("StageTimes")),
        errors: ["report.invalid", "not.found"]
      ) { call, by in
        try .json(.ok, try await parley.stageTimes(try call.reportFilter(), for: by.agent))
      },
      Operation(
        .get, "/api/reports/stage-times.csv", "The same as a file of comma-separated values.",
        query: ReportFilter.parameters, answer: .text, errors: ["report.invalid", "not.found"]
      ) { call, by in
        call.reportFile(
          try await parley.stageTimes(try call.reportFilter(), for: by.agent).csv, named: "stage times")
      },
    ]
  }
}

extension Funnel {
  /// A line a stage and currency.
  var csv: CSVWriter {
    let figures: [(name: String, sum: KeyPath<Entry, Forecast.Sum>)] = [
      ("entered", \.entered), ("onward", \.onward), ("back", \.back), ("away", \.away), ("won", \.won),
      ("lost", \.lost), ("there", \.there),
    ]
    var text = CSVWriter(
      header: ["stage", "currency"] + figures.flatMap { ["\($0.name)_deals", "\($0.name)_value"] })
    for entry in entries {
      let name = stages.first { $0.id == entry.stageID }?.name ?? ""
      text.append(
        [name, entry.currency]
          + figures.flatMap { figure in
            let sum = entry[keyPath: figure.sum]
            return [String(sum.count), sum.minor.decimal(in: entry.currency)]
          })
    }
    return text
  }
}

extension StageTimes {
  /// A line a stage, durations in days.
  var csv: CSVWriter {
    var text = CSVWriter(header: [
      "stage", "left_deals", "left_median_days", "left_average_days", "there_deals", "there_median_days",
      "there_average_days",
    ])
    for row in rows {
      let name = stages.first { $0.id == row.stageID }?.name ?? ""
      text.append([name] + row.left.cells + row.there.cells)
    }
    return text
  }
}

extension StageTimes.Span {
  fileprivate var cells: [String] {
    [String(count)] + [median, average].map { $0.map(Self.days) ?? "" }
  }

  /// To a hundredth of a day.
  private static func days(_ duration: Int64) -> String {
    MinorSum(Int128((duration + 432_000) / 864_000)).decimal(exponent: 2)
  }
}
