import HTTPServer
import HTTPWire
import ParleyCore

/// Many contacts or accounts changed together.
struct RecordBulkRoutes: Sendable {
  let parley: Parley

  /// Which, and how: `ids`, or with `all` the next batch of what the query's filter leaves.
  fileprivate struct Body<Change: Decodable>: Decodable {
    var ids: [Int64]?
    var all: Bool?
    var after: String?
    var change: Change

    func selection(_ filter: RecordFilter) throws(CallError) -> RecordSelection {
      if let ids { return .these(ids) }
      guard all == true else { throw .invalid(fields: ["ids": "field.required"]) }
      return .all(filter, after: after)
    }
  }

  var operations: [Operation] {
    [
      Operation(
        .post, "/api/contacts/bulk", "Change up to 500 contacts alike, or the next 500 that a filter leaves.",
        query: RecordFilter.contactParameters, body: .named("ContactBulk"),
        answer: .ok(.named("RecordBulkResult")), errors: ["contact.invalid"]
      ) { call, by in
        let body = try call.body(Body<ContactBulkChange>.self)
        let selection = try body.selection(try call.contactFilter())
        return try .json(.ok, try await parley.changeContacts(selection, body.change, by: by.agent))
      },
      Operation(
        .post, "/api/accounts/bulk", "Change up to 500 accounts alike, or the next 500 that a filter leaves.",
        query: RecordFilter.accountParameters, body: .named("AccountBulk"),
        answer: .ok(.named("RecordBulkResult")), errors: ["account.invalid"]
      ) { call, by in
        let body = try call.body(Body<AccountBulkChange>.self)
        let selection = try body.selection(try call.accountFilter())
        return try .json(.ok, try await parley.changeAccounts(selection, body.change, by: by.agent))
      },
    ]
  }
}

extension Schemas {
  static let recordBulk: [(name: String, schema: JSONSchema)] = [
    (
      "ContactBulk",
      bulk([
        "addTag": .optional(.string), "removeTag": .optional(.string),
        "accountID": .optional(.nullable(.integer)), "delete": .optional(.boolean),
      ])
    ),
    (
      "AccountBulk",
      bulk(["ownerID": .optional(.nullable(.integer)), "delete": .optional(.boolean)])
    ),
    (
      "RecordBulkResult",
      .object([
        "changed": .array(.integer),
        "skipped": .array(
          .object([
            "id": .integer, "name": .string, "reason": .oneOf(strings: ["gone", "tags.too-many"]),
          ])), "seen": .integer, "next": .nullable(.string),
      ])
    ),
  ]

  private static func bulk(_ change: KeyValuePairs<String, JSONSchema>) -> JSONSchema {
    .object([
      "ids": .optional(.array(.integer)), "all": .optional(.boolean), "after": .optional(.nullable(.string)),
      "change": .object(change),
    ])
  }
}
