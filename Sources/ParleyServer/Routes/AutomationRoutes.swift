import HTTPServer
import HTTPWire
import ParleyCore

/// Automations, and what became of who went through them.
struct AutomationRoutes: Sendable {
  let parley: Parley

  private struct Saving: Decodable {
    let version: Int64
  }

  private struct Switch: Decodable {
    let enabled: Bool
  }

  private static let before = Operation.Parameter(
    name: "before", schema: .integer, summary: "The `next` of the page before.")
  private static let runPage = JSONSchema.object([
    "runs": .array(.named("AutomationRun")), "next": .nullable(.integer),
  ])

  var operations: [Operation] { automations + runs }

  private var automations: [Operation] {
    [
      Operation(
        .get, "/api/automations", "Every automation, by name. For owners, as all of these.",
        answer: .ok(.object(["automations": .array(.named("Automation"))]))
      ) { _, by in
        try .json(.ok, try await parley.automations(by: by.agent))
      },
      Operation(
        .post, "/api/automations", "Add an automation, switched off.", body: .named("AutomationDraft"),
        bodyLimit: 512 * 1024, answer: .created(.named("Automation")),
        errors: ["automation.invalid", "automation.too-many", "idempotency.mismatch"],
        needsIdempotencyKey: true
      ) { call, by in
        let key = try call.idempotencyKey()
        return try .json(
          .created, try await parley.addAutomation(try call.body(), idempotencyKey: key, by: by.agent))
      },
      Operation(
        .get, "/api/automations/{id}", "An automation.", answer: .ok(.named("Automation"))
      ) { call, by in
        try .json(.ok, try await parley.automation(try call.id(), by: by.agent))
      },
      Operation(
        .put, "/api/automations/{id}",
        "Save an automation as it is to be, over the version that one has seen.",
        body: .named("AutomationSaving"), bodyLimit: 512 * 1024, answer: .ok(.named("Automation")),
        errors: ["automation.invalid", "automation.conflict"]
      ) { call, by in
        let saving: Saving = try call.body()
        return try .json(
          .ok,
          try await parley.saveAutomation(
            try call.id(), try call.body(), version: saving.version, by: by.agent))
      },
      Operation(
        .post, "/api/automations/{id}/enabled", "Switch an automation on or off.",
        body: .object(["enabled": .boolean]), answer: .ok(.named("Automation")),
        errors: ["automation.invalid"]
      ) { call, by in
        let wanted: Switch = try call.body()
        return try .json(
          .ok, try await parley.setAutomation(try call.id(), enabled: wanted.enabled, by: by.agent))
      },
      Operation(
        .delete, "/api/automations/{id}", "Remove an automation and its runs.", answer: .noContent
      ) { call, by in
        try await parley.removeAutomation(try call.id(), by: by.agent)
        return Response(.noContent)
      },
    ]
  }

  private var runs: [Operation] {
    [
      Operation(
        .get, "/api/automations/{id}/runs", "An automation's runs, newest first.",
        query: [
          Operation.Parameter(
            name: "status", schema: .oneOf(strings: ["active", "done", "failed", "stopped", "refused"]),
            summary: "All if left out."),
          Self.before, .limit(upTo: 100, default: 25),
        ], answer: .ok(Self.runPage)
      ) { call, by in
        let isNarrowed = call.request.query["status"] != nil
        let status: AutomationRun.Status = try call.choice("status", default: .active)
        return try .json(
          .ok,
          try await parley.runs(
            ofAutomation: try call.id(), status: isNarrowed ? status : nil,
            before: try call.integer("before"),
            limit: try call.limit(upTo: 100, default: 25), by: by.agent))
      },
      Operation(
        .get, "/api/contacts/{id}/runs",
        "The runs that a contact went through, newest first; for every agent.",
        query: [Self.before, .limit(upTo: 100, default: 25)], answer: .ok(Self.runPage)
      ) { call, by in
        try .json(
          .ok,
          try await parley.runs(
            ofContact: try call.id(), before: try call.integer("before"),
            limit: try call.limit(upTo: 100, default: 25), by: by.agent))
      },
      Operation(
        .get, "/api/runs/{id}", "A run, step by step.",
        answer: .ok(
          .object(["run": .named("AutomationRun"), "steps": .array(.named("AutomationRunStep"))]))
      ) { call, by in
        try .json(.ok, try await parley.run(try call.id(), by: by.agent))
      },
      Operation(
        .post, "/api/runs/{id}/stop", "End a run where it is.", answer: .ok(.named("AutomationRun"))
      ) { call, by in
        try .json(.ok, try await parley.stopRun(try call.id(), by: by.agent))
      },
      Operation(
        .post, "/api/runs/{id}/retry", "Have a failed run go on with the step that failed.",
        answer: .ok(.named("AutomationRun")), errors: ["automation.run.not-failed"]
      ) { call, by in
        try .json(.ok, try await parley.retryRun(try call.id(), by: by.agent))
      },
    ]
  }
}
