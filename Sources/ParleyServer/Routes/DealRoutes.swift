import HTTPServer
import HTTPWire
import ParleyCore

/// The deals: lists of them, and each by itself.
struct DealRoutes: Sendable {
  let parley: Parley

  private struct TitleDraft: Decodable {
    let title: String
    let contact: ContactChoice?
    let account: AccountChoice?
  }

  private struct Place: Decodable {
    let stageID: Int64
    let after: Int64?
  }

  var operations: [Operation] {
    [
      Operation(
        .get, "/api/deals", "Deals by a filter, in an order.",
        query: DealFilter.parameters + [
          Operation.Parameter(
            name: "sort", schema: .oneOf(strings: DealOrder.allCases.map(\.rawValue)),
            summary: "Newest if left out."),
          Operation.Parameter(name: "before", schema: .string, summary: "The `next` of the page before."),
          .limit(upTo: 100, default: 25),
        ],
        answer: .ok(
          .object([
            "deals": .array(.named("Deal")), "next": .nullable(.string), "count": .integer,
            "isExact": .boolean, "totals": .array(.named("Total")),
          ]))
      ) { call, by in
        try .json(
          .ok,
          try await parley.deals(
            try call.dealFilter(), order: try call.choice("sort", default: .newest),
            after: call.request.query["before"], limit: try call.limit(upTo: 100, default: 25), by: by.agent))
      },
      Operation(
        .post, "/api/deals", "Add a deal, and the contact and the account that do not exist yet.",
        body: .named("DealDraft"),
        answer: .created(
          .object([
            "deal": .named("Deal"), "created": .object(["contact": .boolean, "account": .boolean]),
          ])), errors: ["deal.invalid", "idempotency.mismatch"], needsIdempotencyKey: true
      ) { call, by in
        let key = try call.idempotencyKey()
        let added = try await parley.addDeal(try call.body(), idempotencyKey: key, by: by.agent)
        return try .json(.created, added)
      },
      Operation(
        .post, "/api/deals/preview", "How a title with tags will read.",
        body: .object([
          "title": .string, "contact": .optional(.nullable(.named("ContactChoice"))),
          "account": .optional(.nullable(.named("AccountChoice"))),
        ]), answer: .ok(.object(["title": .string, "unknownTags": .array(.string)]))
      ) { call, by in
        let draft: TitleDraft = try call.body()
        return try .json(
          .ok,
          try await parley.previewTitle(
            draft.title, contact: draft.contact, account: draft.account, by: by.agent))
      },
      Operation(.get, "/api/deals/{id}", "A deal.", answer: .ok(.named("Deal"))) { call, by in
        try .json(.ok, try await parley.deal(try call.id(), by: by.agent))
      },
      Operation(
        .patch, "/api/deals/{id}", "Change a deal.", body: .named("DealChange"), answer: .ok(.named("Deal")),
        errors: ["deal.invalid"]
      ) { call, by in
        try .json(.ok, try await parley.editDeal(try call.id(), try call.body(), by: by.agent))
      },
      Operation(
        .post, "/api/deals/{id}/move", "Put a deal behind another card of a column, or at its head.",
        body: .object(["stageID": .integer, "after": .optional(.nullable(.integer))]),
        answer: .ok(.named("Deal")), errors: ["deal.invalid"]
      ) { call, by in
        let place: Place = try call.body()
        return try .json(
          .ok,
          try await parley.moveDeal(try call.id(), to: place.stageID, behind: place.after, by: by.agent))
      },
      Operation(.delete, "/api/deals/{id}", "Remove a deal.", answer: .noContent) { call, by in
        try await parley.removeDeal(try call.id(), by: by.agent)
        return Response(.noContent)
      },
    ]
  }
}
