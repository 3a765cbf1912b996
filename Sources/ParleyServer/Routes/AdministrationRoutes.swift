import HTTPServer
import HTTPWire
import ParleyCore

/// The workspace, its websites and its agents.
struct AdministrationRoutes: Sendable {
  let parley: Parley

  var operations: [Operation] {
    sites + [
      Operation(
        .get, "/api/agents", "Everyone of the team.",
        answer: .ok(.object(["agents": .array(.named("Agent"))]))
      ) { _, by in
        try .json(.ok, ["agents": try await parley.agents(by: by.agent)])
      },
      Operation(
        .post, "/api/agents", "Add someone to the team; for owners.",
        body: .object([
          "name": .string, "email": .string, "password": .string,
          "role": .oneOf(strings: ["owner", "agent"]),
        ]), bodyLimit: 8 * 1024, answer: .created(.named("Agent")),
        errors: ["agent.email.taken", "permission.denied"]
      ) { call, by in
        try .json(.created, try await parley.addAgent(try call.body(), by: by.agent))
      },
      Operation(
        .patch, "/api/workspace", "Change the workspace's settings; for owners.",
        body: .object([
          "name": .optional(.string), "timeZone": .optional(.string),
          "defaultCurrency": .optional(.string),
          "weekStartsOn": .optional(.oneOf(strings: ["monday", "sunday"])),
        ]), answer: .ok(.named("Workspace")), errors: ["permission.denied"]
      ) { call, by in
        try .json(.ok, try await parley.updateWorkspace(try call.body(), by: by.agent))
      },
    ]
  }

  private var sites: [Operation] {
    [
      Operation(
        .get, "/api/sites", "The websites that carry the widget.",
        answer: .ok(.object(["sites": .array(.named("Site"))]))
      ) { _, by in
        try .json(.ok, ["sites": try await parley.sites(by: by.agent)])
      },
      Operation(
        .post, "/api/sites", "Add a website; for owners.", body: .named("SiteDraft"),
        answer: .created(.named("Site")), errors: ["permission.denied"]
      ) { call, by in
        try .json(.created, try await parley.addSite(try call.body(), by: by.agent))
      },
      Operation(
        .patch, "/api/sites/{id}", "Change a website's settings; for owners.",
        body: .named("SiteDraft"), answer: .ok(.named("Site")), errors: ["permission.denied"]
      ) { call, by in
        try .json(.ok, try await parley.updateSite(try call.id(), try call.body(), by: by.agent))
      },
    ]
  }
}
