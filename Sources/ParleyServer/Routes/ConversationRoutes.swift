import HTTPServer
import HTTPWire
import ParleyCore

/// The conversations, their threads, and the visitors in them.
struct ConversationRoutes: Sendable {
  let parley: Parley

  private static let assignee = Operation.Parameter(
    name: "assignee", schema: .oneOf(strings: ["mine", "unassigned", "all"]), summary: "All if left out.")
  private static let status = Operation.Parameter(
    name: "status", schema: .oneOf(strings: ["open", "completed"]), summary: "Open if left out.")

  private static func number(_ name: String, _ summary: String) -> Operation.Parameter {
    Operation.Parameter(name: name, schema: .integer, summary: summary)
  }

  var operations: [Operation] {
    [
      Operation(
        .get, "/api/conversations", "Conversations, newest activity first.",
        query: [
          ConversationRoutes.assignee, ConversationRoutes.status,
          ConversationRoutes.number("before", "The `next` of the page before."),
          .limit(upTo: 100, default: 50),
        ],
        answer: .ok(
          .object(["conversations": .array(.named("Conversation")), "next": .nullable(.integer)]))
      ) { call, by in
        let filter = ConversationFilter(
          assignee: try call.choice("assignee", default: .all),
          status: try call.choice("status", default: .open))
        return try .json(
          .ok,
          try await parley.conversations(
            filter, before: try call.integer("before"), limit: try call.limit(upTo: 100, default: 50),
            by: by.agent))
      },
      Operation(
        .get, "/api/conversations/search",
        "Search in all messages, names and e-mail addresses; one result a conversation.",
        query: [
          Operation.Parameter(name: "q", schema: .string, summary: "Words; the last may be unfinished."),
          Operation.Parameter(name: "before", schema: .string, summary: "The `next` of the page before."),
          .limit(upTo: 100, default: 20),
        ],
        answer: .ok(
          .object(["results": .array(.named("SearchResult")), "next": .nullable(.string)]))
      ) { call, by in
        try .json(
          .ok,
          try await parley.searchConversations(
            call.text("q"), from: call.request.query["before"],
            limit: try call.limit(upTo: 100, default: 20), by: by.agent))
      },
      Operation(
        .get, "/api/conversations/unread",
        "How many open conversations of the asking agent, or of nobody, hold something unread.",
        answer: .ok(.object(["count": .integer, "isExact": .boolean]))
      ) { _, by in
        try .json(.ok, try await parley.unreadConversations(by: by.agent))
      },
      Operation(
        .get, "/api/conversations/{id}", "A conversation, and what stands beside its thread.",
        answer: .ok(.object(["conversation": .named("Conversation"), "panel": .named("Panel")]))
      ) { call, by in
        try .json(.ok, try await parley.conversation(try call.id(), by: by.agent))
      },
      Operation(
        .patch, "/api/conversations/{id}", "Assign, complete or reopen a conversation.",
        body: .object([
          "assigneeID": .optional(.nullable(.integer)),
          "status": .optional(.oneOf(strings: ["open", "completed"])),
        ]), answer: .ok(.named("Conversation")), errors: ["conversation.other-open"]
      ) { call, by in
        try .json(
          .ok, try await parley.updateConversation(try call.id(), try call.body(), by: by.agent))
      },
      Operation(
        .get, "/api/conversations/{id}/messages", "A page of a thread; the latest unless told otherwise.",
        query: [
          ConversationRoutes.number("before", "The messages before this number."),
          ConversationRoutes.number("after", "The messages after this number."),
          ConversationRoutes.number("around", "The messages around this number."),
          .limit(upTo: 200, default: 50),
        ],
        answer: .ok(
          .object([
            "messages": .array(.named("Message")), "hasEarlier": .boolean, "hasLater": .boolean,
          ]))
      ) { call, by in
        try .json(
          .ok,
          try await parley.thread(
            of: try call.id(), try call.threadAnchor(), limit: try call.limit(upTo: 200, default: 50),
            by: by.agent))
      },
      Operation(
        .patch, "/api/visitors/{id}", "Put right what is known of a visitor.",
        body: .object([
          "name": .optional(.string), "email": .optional(.string), "phone": .optional(.string),
        ]), answer: .ok(.named("Visitor"))
      ) { call, by in
        try .json(.ok, try await parley.updateVisitor(try call.id(), try call.body(), by: by.agent))
      },
    ]
  }
}

extension Call {
  /// Where in a thread the page lies.
  ///
  /// - Throws: `CallError.invalid` when more than one place is named.
  fileprivate func threadAnchor() throws(CallError) -> ThreadAnchor {
    var anchors: [(name: String, anchor: ThreadAnchor)] = []
    if let number = try integer("before") { anchors.append(("before", .before(number))) }
    if let number = try integer("after") { anchors.append(("after", .after(number))) }
    if let number = try integer("around") { anchors.append(("around", .around(number))) }
    guard anchors.count < 2 else { throw .invalid(fields: [anchors[1].name: "field.invalid"]) }
    return anchors.first?.anchor ?? .latest
  }
}
