import HTTPServer
import HTTPWire
import ParleyCore

/// The groups of agents, and what they may do in the pipelines. All of it is for owners.
struct GroupRoutes: Sendable {
  let parley: Parley

  private struct Rights: Decodable {
    let rights: PipelineRights
  }

  var operations: [Operation] {
    [
      Operation(
        .get, "/api/groups", "The groups with their members and their rights; for owners.",
        answer: .ok(.object(["groups": .array(.named("Group"))])), errors: ["permission.denied"]
      ) { _, by in
        try .json(.ok, ["groups": try await parley.groups(by: by.agent)])
      },
      Operation(
        .post, "/api/groups", "Add a group; for owners.", body: .named("GroupDraft"),
        answer: .created(.named("Group")), errors: ["group.invalid", "permission.denied"]
      ) { call, by in
        try .json(.created, try await parley.addGroup(try call.body(), by: by.agent))
      },
      Operation(
        .patch, "/api/groups/{id}", "Rename a group or say who is in it; for owners.",
        body: .named("GroupDraft"), answer: .ok(.named("Group")),
        errors: ["group.invalid", "group.everyone", "permission.denied"]
      ) { call, by in
        try .json(.ok, try await parley.editGroup(try call.id(), try call.body(), by: by.agent))
      },
      Operation(
        .delete, "/api/groups/{id}", "Remove a group; for owners.", answer: .noContent,
        errors: ["group.everyone", "permission.denied"]
      ) { call, by in
        try await parley.removeGroup(try call.id(), by: by.agent)
        return Response(.noContent)
      },
      Operation(
        .put, "/api/groups/{id}/pipelines/{pipeline}", "Say what a group may do in a pipeline; for owners.",
        body: .object(["rights": Schemas.rights]), answer: .ok(.named("Group")),
        errors: ["permission.denied"]
      ) { call, by in
        let body: Rights = try call.body()
        return try .json(
          .ok,
          try await parley.setRights(
            body.rights, of: try call.id(), in: try call.id("pipeline"), by: by.agent))
      },
      Operation(
        .patch, "/api/agents/{id}", "Change an agent's role or groups; for owners.",
        body: .object([
          "role": .optional(.oneOf(strings: ["owner", "agent"])), "groups": .optional(.array(.integer)),
        ]), answer: .ok(.named("Agent")), errors: ["agent.invalid", "agent.owner-last", "permission.denied"]
      ) { call, by in
        try .json(.ok, try await parley.editAgent(try call.id(), try call.body(), by: by.agent))
      },
    ]
  }
}
