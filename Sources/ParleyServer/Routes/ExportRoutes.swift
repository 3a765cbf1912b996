import HTTPServer
import HTTPWire
import ParleyCore

/// What lists show, as files that can be imported again.
struct ExportRoutes: Sendable {
  let parley: Parley

  var operations: [Operation] {
    [
      Operation(
        .get, "/api/contacts/list.csv", "All contacts that a filter leaves, as a file.",
        query: RecordFilter.contactParameters + [.sort, .language], answer: .text
      ) { call, by in
        try await call.export(.contacts(try call.contactFilter()), of: parley, by: by)
      },
      Operation(
        .get, "/api/accounts/list.csv", "All accounts that a filter leaves, as a file.",
        query: RecordFilter.accountParameters + [.sort, .language], answer: .text
      ) { call, by in
        try await call.export(.accounts(try call.accountFilter()), of: parley, by: by)
      },
      Operation(
        .get, "/api/deals/list.csv", "All deals that a filter shows, as a file.",
        query: DealFilter.parameters + [
          Operation.Parameter(
            name: "sort", schema: .oneOf(strings: DealOrder.allCases.map(\.rawValue)),
            summary: "Newest if left out."),
          .language,
        ], answer: .text
      ) { call, by in
        let order = try call.choice("sort", default: DealOrder.newest)
        return try await call.export(.deals(try call.dealFilter(), order), of: parley, by: by)
      },
    ]
  }
}

extension Call {
  fileprivate func export(_ list: ExportedList, of parley: Parley, by caller: Caller) async throws -> Response
  {
    let language = try choice("language", default: ExportLanguage.english)
    let export = try await parley.export(list, in: language, by: caller.agent)
    return .csv(named: "\(export.name)-\(export.day)") { try await export.next() }
  }
}

extension Operation.Parameter {
  static let language = Operation.Parameter(
    name: "language", schema: .oneOf(strings: ["en", "fr"]),
    summary: "Of the first line; English if left out.")
}
