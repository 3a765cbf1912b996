import HTTPServer
import HTTPWire
import ParleyCore

/// Fields of one's own, for deals, contacts and accounts.
struct FieldRoutes: Sendable {
  let parley: Parley

  private struct Order: Decodable {
    let kind: RecordKind
    let order: [Int64]
  }

  private static let fields = JSONSchema.object(["fields": .array(.named("Field"))])

  private static let removeValues = Operation.Parameter(
    name: "removeValues", schema: .boolean, summary: "Whether the values of records may go with it.")

  var operations: [Operation] {
    [
      Operation(
        .get, "/api/fields", "The fields of one's own, by kind and in their order.",
        answer: .ok(FieldRoutes.fields)
      ) { _, by in
        try .json(.ok, ["fields": try await parley.fields(by: by.agent)])
      },
      Operation(
        .post, "/api/fields", "Add a field; for owners.", body: .named("FieldDraft"),
        answer: .created(.named("Field")), errors: ["field.invalid", "permission.denied"]
      ) { call, by in
        try .json(.created, try await parley.addField(try call.body(), by: by.agent))
      },
      Operation(
        .put, "/api/fields", "Put the fields of a kind in another order; for owners.",
        body: .object(["kind": Schemas.recordKind, "order": .array(.integer)]),
        answer: .ok(FieldRoutes.fields), errors: ["permission.denied"]
      ) { call, by in
        let body: Order = try call.body()
        return try .json(
          .ok, ["fields": try await parley.orderFields(of: body.kind, body.order, by: by.agent)])
      },
      Operation(
        .patch, "/api/fields/{id}", "Rename a field, or change its choices; for owners.",
        body: .named("FieldDraft"), answer: .ok(.named("Field")),
        errors: ["field.invalid", "field.in-use", "permission.denied"]
      ) { call, by in
        try .json(.ok, try await parley.editField(try call.id(), try call.body(), by: by.agent))
      },
      Operation(
        .delete, "/api/fields/{id}", "Remove a field with its values; for owners.",
        query: [FieldRoutes.removeValues], answer: .noContent, errors: ["field.in-use", "permission.denied"]
      ) { call, by in
        let values = call.request.query["removeValues"] == "true"
        try await parley.removeField(try call.id(), withValues: values, by: by.agent)
        return Response(.noContent)
      },
    ]
  }
}
