import HTTPServer
import HTTPWire
import ParleyCore

/// The companies that the contacts belong to.
struct AccountRoutes: Sendable {
  let parley: Parley

  var operations: [Operation] {
    [
      Operation(
        .get, "/api/accounts", "Accounts by the beginnings of words of their name.",
        query: [.search, .limit(upTo: 50, default: 8)],
        answer: .ok(.object(["accounts": .array(.named("Account"))]))
      ) { call, by in
        let limit = try call.limit(upTo: 50, default: 8)
        return try .json(
          .ok,
          ["accounts": try await parley.accounts(matching: call.text("search"), limit: limit, by: by.agent)])
      },
      Operation(
        .get, "/api/accounts/{id}", "An account.", answer: .ok(.named("Account"))
      ) { call, by in
        try .json(.ok, try await parley.account(try call.id(), by: by.agent))
      },
    ]
  }
}
