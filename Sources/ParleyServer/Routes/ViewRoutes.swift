import HTTPServer
import HTTPWire
import ParleyCore

/// Saved views.
struct ViewRoutes: Sendable {
  let parley: Parley

  var operations: [Operation] {
    [
      Operation(
        .get, "/api/views", "One's own views and those that are shared, by name.",
        answer: .ok(.object(["views": .array(.named("View"))]))
      ) { _, by in
        try .json(.ok, ["views": try await parley.views(by: by.agent)])
      },
      Operation(
        .post, "/api/views", "Save a view.", body: .named("ViewDraft"), answer: .created(.named("View")),
        errors: ["view.invalid", "idempotency.mismatch"], needsIdempotencyKey: true
      ) { call, by in
        let key = try call.idempotencyKey()
        return try .json(
          .created, try await parley.addView(try call.body(), idempotencyKey: key, by: by.agent))
      },
      Operation(
        .patch, "/api/views/{id}", "Change a view of one's own, or as an owner a shared one.",
        body: .named("ViewDraft"), answer: .ok(.named("View")), errors: ["view.invalid"]
      ) { call, by in
        try .json(.ok, try await parley.editView(try call.id(), try call.body(), by: by.agent))
      },
      Operation(
        .delete, "/api/views/{id}", "Delete a view of one's own, or as an owner a shared one.",
        answer: .noContent
      ) { call, by in
        try await parley.removeView(try call.id(), by: by.agent)
        return Response(.noContent)
      },
    ]
  }
}
