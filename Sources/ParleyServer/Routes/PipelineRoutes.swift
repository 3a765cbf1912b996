import HTTPServer
import HTTPWire
import ParleyCore

/// Pipelines, their stages and their boards.
struct PipelineRoutes: Sendable {
  let parley: Parley

  private static let moveTo = Operation.Parameter(
    name: "moveTo", schema: .integer, summary: "The stage to which its deals go.")

  private static let draft = JSONSchema.object([
    "name": .optional(.string), "currency": .optional(.string), "assignment": .optional(Schemas.assignment),
  ])

  var operations: [Operation] {
    [
      Operation(
        .get, "/api/pipelines", "The pipelines, with their stages.",
        answer: .ok(.object(["pipelines": .array(.named("Pipeline"))]))
      ) { _, by in
        try .json(.ok, ["pipelines": try await parley.pipelines(by: by.agent)])
      },
      Operation(
        .post, "/api/pipelines", "Add a pipeline; for owners.", body: PipelineRoutes.draft,
        answer: .created(.named("Pipeline")), errors: ["pipeline.invalid", "permission.denied"]
      ) { call, by in
        try .json(.created, try await parley.addPipeline(try call.body(), by: by.agent))
      },
      Operation(
        .patch, "/api/pipelines/{id}", "Change a pipeline; for owners.", body: PipelineRoutes.draft,
        answer: .ok(.named("Pipeline")), errors: ["pipeline.invalid", "permission.denied"]
      ) { call, by in
        try .json(.ok, try await parley.editPipeline(try call.id(), try call.body(), by: by.agent))
      },
      Operation(
        .delete, "/api/pipelines/{id}", "Remove a pipeline; for owners.", query: [PipelineRoutes.moveTo],
        answer: .noContent, errors: ["pipeline.not-empty", "pipeline.last", "permission.denied"]
      ) { call, by in
        try await parley.removePipeline(
          try call.id(), movingDealsTo: try call.integer("moveTo"), by: by.agent)
        return Response(.noContent)
      },
      Operation(
        .get, "/api/pipelines/{id}/board", "A pipeline's board: the first cards of each column.",
        query: DealFilter.parameters,
        answer: .ok(.object(["columns": .array(.named("Column"))]))
      ) { call, by in
        try .json(
          .ok, try await parley.board(of: try call.id(), try call.dealFilter(), by: by.agent))
      },
    ] + stages
  }

  private struct Order: Decodable {
    let order: [Int64]
  }

  private var stages: [Operation] {
    [
      Operation(
        .post, "/api/pipelines/{id}/stages", "Add a stage at the end; for owners.",
        body: .named("StageDraft"), answer: .created(.named("Stage")),
        errors: ["stage.invalid", "permission.denied"]
      ) { call, by in
        try .json(.created, try await parley.addStage(try call.body(), to: try call.id(), by: by.agent))
      },
      Operation(
        .put, "/api/pipelines/{id}/stages", "Put the stages in another order; for owners.",
        body: .object(["order": .array(.integer)]), answer: .ok(.named("Pipeline")),
        errors: ["permission.denied"]
      ) { call, by in
        let body: Order = try call.body()
        return try .json(
          .ok, try await parley.reorderStages(of: try call.id(), body.order, by: by.agent))
      },
      Operation(
        .patch, "/api/stages/{id}", "Change a stage; for owners.", body: .named("StageDraft"),
        answer: .ok(.named("Stage")), errors: ["stage.invalid", "permission.denied"]
      ) { call, by in
        try .json(.ok, try await parley.editStage(try call.id(), try call.body(), by: by.agent))
      },
      Operation(
        .delete, "/api/stages/{id}", "Remove a stage; for owners.", query: [PipelineRoutes.moveTo],
        answer: .noContent, errors: ["stage.not-empty", "stage.last", "permission.denied"]
      ) { call, by in
        try await parley.removeStage(
          try call.id(), movingDealsTo: try call.integer("moveTo"), by: by.agent)
        return Response(.noContent)
      },
    ]
  }
}
