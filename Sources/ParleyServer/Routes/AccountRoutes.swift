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
        .get, "/api/accounts/list", "A page of all accounts, or of those that a filter leaves.",
        query: RecordFilter.accountParameters + [.sort, .before, .limit(upTo: 100, default: 50)],
        answer: .ok(.accountList)
      ) { call, by in
        try .json(
          .ok,
          try await parley.accountList(
            try call.accountFilter(), after: call.request.query["before"],
            limit: try call.limit(upTo: 100, default: 50), by: by.agent))
      },
      Operation(
        .post, "/api/accounts", "Add an account.", body: .named("AccountChange"),
        answer: .created(.named("Account")),
        errors: ["account.invalid", "account.name.taken", "idempotency.mismatch"], needsIdempotencyKey: true
      ) { call, by in
        let key = try call.idempotencyKey()
        return try .json(
          .created, try await parley.addAccount(try call.body(), idempotencyKey: key, by: by.agent))
      },
      Operation(
        .get, "/api/accounts/{id}", "An account.", answer: .ok(.named("Account"))
      ) { call, by in
        try .json(.ok, try await parley.account(try call.id(), by: by.agent))
      },
      Operation(
        .patch, "/api/accounts/{id}", "Change an account.", body: .named("AccountChange"),
        answer: .ok(.named("Account")), errors: ["account.invalid", "account.name.taken"]
      ) { call, by in
        try .json(.ok, try await parley.editAccount(try call.id(), try call.body(), by: by.agent))
      },
      Operation(
        .get, "/api/accounts/{id}/contacts", "The contacts of an account.",
        query: [.search, .sort, .before, .limit(upTo: 100, default: 50)], answer: .ok(.contactList)
      ) { call, by in
        let account = try await parley.account(try call.id(), by: by.agent)
        let filter = RecordFilter(
          search: call.text("search"), accountID: account.id, order: try call.choice("sort", default: .name))
        return try .json(.ok, try await call.contacts(filter, of: parley, by: by))
      },
      Operation(
        .get, "/api/accounts/{id}/deals", "The deals of an account, newest first.",
        query: [.beforeID, .limit(upTo: 100, default: 25)], answer: .ok(.relatedDeals)
      ) { call, by in
        try .json(
          .ok,
          try await parley.deals(
            ofAccount: try call.id(), before: try call.integer("before"),
            limit: try call.limit(upTo: 100, default: 25), by: by.agent))
      },
      Operation(
        .get, "/api/accounts/{id}/conversations",
        "The conversations with an account's contacts, newest first.",
        query: [.beforeID, .limit(upTo: 100, default: 25)], answer: .ok(.relatedConversations)
      ) { call, by in
        try .json(
          .ok,
          try await parley.conversations(
            ofAccount: try call.id(), before: try call.integer("before"),
            limit: try call.limit(upTo: 100, default: 25), by: by.agent))
      },
    ]
  }
}
