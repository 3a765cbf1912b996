import HTTPServer
import HTTPWire
import ParleyCore

/// Pipelines and the deals in them.
struct DealRoutes: Sendable {
  let parley: Parley

  private struct TitleDraft: Decodable {
    let title: String
    let contact: ContactChoice?
    let account: AccountChoice?
  }

  var operations: [Operation] {
    [
      Operation(
        .get, "/api/pipelines", "The pipelines, with their stages.",
        answer: .ok(.object(["pipelines": .array(.named("Pipeline"))]))
      ) { _, by in
        try .json(.ok, ["pipelines": try await parley.pipelines(by: by.agent)])
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
    ]
  }
}
