import HTTPServer
import HTTPWire
import ParleyCore

/// What is done with deals besides their fields: their people, their history, many of them at once, and their tags.
struct DealWorkRoutes: Sendable {
  let parley: Parley

  private struct Part: Decodable {
    let role: String
  }

  private struct Bulk: Decodable {
    let ids: [Int64]
    let change: BulkChange
  }

  var operations: [Operation] {
    people + [
      Operation(
        .get, "/api/deals/{id}/changes", "A deal's history, newest first.",
        query: [RecordPath.before, .limit(upTo: 100, default: 25)],
        answer: .ok(.object(["changes": .array(.named("Change")), "next": .nullable(.integer)]))
      ) { call, by in
        try .json(
          .ok,
          try await parley.history(
            of: try call.id(), before: try call.integer("before"),
            limit: try call.limit(upTo: 100, default: 25), by: by.agent))
      },
      Operation(
        .post, "/api/deals/bulk", "Change up to 500 deals alike, in one transaction.",
        body: .object(["ids": .array(.integer), "change": .named("BulkChange")]),
        answer: .ok(.object(["changed": .integer, "skipped": .array(.integer)])), errors: ["deal.invalid"]
      ) { call, by in
        let bulk: Bulk = try call.body()
        return try .json(.ok, try await parley.changeDeals(bulk.ids, bulk.change, by: by.agent))
      },
      Operation(
        .get, "/api/tags", "Tags by their beginnings.", query: [.search],
        answer: .ok(.object(["tags": .array(.string)]))
      ) { call, by in
        try .json(.ok, ["tags": try await parley.tags(beginning: call.text("search"), by: by.agent)])
      },
    ]
  }

  private var people: [Operation] {
    [
      Operation(
        .put, "/api/deals/{id}/contacts/{contact}", "Give a contact a part in a deal.",
        body: .object(["role": .string]), answer: .ok(.named("Deal")), errors: ["deal.invalid"]
      ) { call, by in
        let part: Part = try call.body()
        return try .json(
          .ok,
          try await parley.setSecondaryContact(
            try call.id("contact"), role: part.role, of: try call.id(), by: by.agent))
      },
      Operation(
        .delete, "/api/deals/{id}/contacts/{contact}", "Take a contact's part in a deal away.",
        answer: .ok(.named("Deal"))
      ) { call, by in
        try .json(
          .ok,
          try await parley.removeSecondaryContact(try call.id("contact"), of: try call.id(), by: by.agent))
      },
    ]
  }
}
