import HTTPServer
import HTTPWire
import ParleyCore

/// The people whom the team knows.
struct ContactRoutes: Sendable {
  let parley: Parley

  var operations: [Operation] {
    [
      Operation(
        .get, "/api/contacts", "Contacts by the beginnings of words of name and e-mail.",
        query: [.search, .limit(upTo: 50, default: 8)],
        answer: .ok(.object(["contacts": .array(.named("Contact"))]))
      ) { call, by in
        let limit = try call.limit(upTo: 50, default: 8)
        return try .json(
          .ok,
          ["contacts": try await parley.contacts(matching: call.text("search"), limit: limit, by: by.agent)])
      },
      Operation(
        .get, "/api/contacts/list", "A page of all contacts, or of those that a filter leaves.",
        query: RecordFilter.contactParameters + [.sort, .before, .limit(upTo: 100, default: 50)],
        answer: .ok(.contactList)
      ) { call, by in
        let filter = try call.contactFilter()
        return try .json(.ok, try await call.contacts(filter, of: parley, by: by))
      },
      Operation(
        .post, "/api/contacts", "Add a contact.", body: .named("ContactChange"),
        answer: .created(.named("Contact")),
        errors: ["contact.invalid", "contact.email.taken", "idempotency.mismatch"], needsIdempotencyKey: true
      ) { call, by in
        let key = try call.idempotencyKey()
        return try .json(
          .created, try await parley.addContact(try call.body(), idempotencyKey: key, by: by.agent))
      },
      Operation(
        .get, "/api/contacts/{id}", "A contact.", answer: .ok(.named("Contact"))
      ) { call, by in
        try .json(.ok, try await parley.contact(try call.id(), by: by.agent))
      },
      Operation(
        .patch, "/api/contacts/{id}", "Change a contact.", body: .named("ContactChange"),
        answer: .ok(.named("Contact")), errors: ["contact.invalid", "contact.email.taken"]
      ) { call, by in
        try .json(.ok, try await parley.editContact(try call.id(), try call.body(), by: by.agent))
      },
      Operation(
        .get, "/api/contacts/{id}/deals", "The deals that a contact has a part in, newest first.",
        query: [.beforeID, .limit(upTo: 100, default: 25)], answer: .ok(.relatedDeals)
      ) { call, by in
        try .json(
          .ok,
          try await parley.deals(
            ofContact: try call.id(), before: try call.integer("before"),
            limit: try call.limit(upTo: 100, default: 25), by: by.agent))
      },
      Operation(
        .get, "/api/contacts/{id}/conversations", "The conversations with a contact, newest first.",
        query: [.beforeID, .limit(upTo: 100, default: 25)], answer: .ok(.relatedConversations)
      ) { call, by in
        try .json(
          .ok,
          try await parley.conversations(
            ofContact: try call.id(), before: try call.integer("before"),
            limit: try call.limit(upTo: 100, default: 25), by: by.agent))
      },
    ]
  }
}

extension Call {
  /// The page of contacts that the query asks for.
  func contacts(_ filter: RecordFilter, of parley: Parley, by caller: Caller) async throws -> ContactList {
    try await parley.contactList(
      filter, after: request.query["before"], limit: try limit(upTo: 100, default: 50), by: caller.agent)
  }
}

extension Operation.Parameter {
  static let sort = Operation.Parameter(
    name: "sort", schema: .oneOf(strings: RecordFilter.Order.allCases.map(\.rawValue)),
    summary: "By name if left out; newest and activity: the latest first.")
  static let before = Operation.Parameter(
    name: "before", schema: .string, summary: "The `next` of the page before.")
  static let beforeID = Operation.Parameter(
    name: "before", schema: .integer, summary: "The `next` of the page before.")
}

extension JSONSchema {
  static let contactList = JSONSchema.object([
    "contacts": .array(.named("Contact")), "next": .nullable(.string), "count": .integer,
    "isExact": .boolean,
  ])
  static let accountList = JSONSchema.object([
    "accounts": .array(.named("Account")), "next": .nullable(.string), "count": .integer,
    "isExact": .boolean,
  ])
  static let relatedDeals = JSONSchema.object([
    "deals": .array(.named("Deal")), "next": .nullable(.integer),
  ])
  static let relatedConversations = JSONSchema.object([
    "conversations": .array(.named("Conversation")), "next": .nullable(.integer),
  ])
}
