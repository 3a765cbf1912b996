import SQLite

extension Parley {
  /// The pipelines that the agent may see, in their order.
  package func pipelines(by agent: AgentIdentity) async throws(ParleyError) -> [Pipeline] {
    try await read { try PipelineAccess.pipelines(visibleTo: agent, in: $0) }
  }

  /// Adds a pipeline after the others, with the stages that every pipeline begins with. Owners only.
  ///
  /// - Throws: `permissionDenied`; `invalid` with `pipeline.invalid`.
  package func addPipeline(
    _ draft: PipelineDraft, by agent: AgentIdentity
  ) async throws(ParleyError) -> Pipeline {
    try agent.requireOwner()
    let blank = Pipeline(id: 0, name: "", currency: "", assignment: .manual, stages: [])
    let (pipeline, currency) = try draft.applied(to: blank)
    return try await write { transaction, changes in
      let added = try PipelineRecords.insert(
        name: pipeline.name, currency: currency, assignment: pipeline.assignment,
        stages: PipelineRecords.firstStages, in: transaction)
      try changes.record(.pipelinesChanged, for: .agents, in: transaction)
      return try Self.pipeline(added.id, by: agent, in: transaction.snapshot)
    }
  }

  /// Changes what is given of a pipeline. Its deals keep their currencies. Owners only.
  ///
  /// - Throws: `permissionDenied`; `notFound`; `invalid` with `pipeline.invalid`.
  package func editPipeline(
    _ id: Int64, _ draft: PipelineDraft, by agent: AgentIdentity
  ) async throws(ParleyError) -> Pipeline {
    try agent.requireOwner()
    return try await write { transaction, changes in
      let before = try Self.pipeline(id, by: agent, in: transaction.snapshot)
      let after = try draft.applied(to: before).pipeline
      guard after != before else { return before }
      try PipelineRecords.update(after, in: transaction)
      try changes.record(.pipelinesChanged, for: .agents, in: transaction)
      return after
    }
  }

  /// Removes a pipeline; its deals go to a stage of another one. Owners only.
  ///
  /// - Throws: `permissionDenied`; `notFound`; `pipelineLast`; `pipelineNotEmpty` when it holds deals and no stage is named;
  ///   `invalid` when that stage is none of another pipeline.
  package func removePipeline(
    _ id: Int64, movingDealsTo stageID: Int64?, by agent: AgentIdentity
  ) async throws(ParleyError) {
    try agent.requireOwner()
    try await write { transaction, changes in
      let pipeline = try Self.pipeline(id, by: agent, in: transaction.snapshot)
      let access = try AccessMap(in: transaction.snapshot)
      guard try PipelineRecords.pipelines(in: transaction.snapshot).count > 1 else {
        throw ParleyError.pipelineLast
      }
      let deals = try TotalRecords.count(of: nil, ofPipeline: id, in: transaction.snapshot)
      if deals > 0 {
        guard let stageID else { throw ParleyError.pipelineNotEmpty(deals: deals) }
        let target = try Self.refuge(stageID, in: transaction.snapshot)
        guard target.pipeline.id != id else { throw Self.refugeUnknown }
        for stage in pipeline.stages {
          try RelocationRecords.move(from: stage, of: pipeline, to: target, by: agent, changes, transaction)
        }
      }
      try PipelineRecords.delete(id, in: transaction)
      try changes.recordAccess(since: access, in: transaction)
    }
  }

  static func pipeline(
    _ id: Int64, by agent: AgentIdentity, in snapshot: borrowing Snapshot
  ) throws -> Pipeline {
    guard let pipeline = try PipelineAccess.pipeline(id, visibleTo: agent, in: snapshot) else {
      throw ParleyError.notFound
    }
    return pipeline
  }

  /// The stage to which deals go that lose theirs.
  static func refuge(_ id: Int64, in snapshot: borrowing Snapshot) throws -> StagePlace {
    guard let place = try StagePlace(id, in: snapshot) else { throw refugeUnknown }
    return place
  }

  static var refugeUnknown: ParleyError { .invalid(Invalid(fields: ["moveTo": "stage.unknown"])) }
}

/// A stage, and the pipeline that it is of.
struct StagePlace {
  let pipeline: Pipeline
  let stage: Stage

  /// Nil when there is no such stage.
  init?(_ id: Int64, in snapshot: borrowing Snapshot) throws {
    guard let pipeline = try PipelineRecords.pipeline(ofStage: id, in: snapshot),
      let stage = pipeline.stages.first(where: { $0.id == id })
    else { return nil }
    self.pipeline = pipeline
    self.stage = stage
  }
}
