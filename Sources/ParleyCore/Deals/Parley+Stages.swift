import SQLite

extension Parley {
  /// Adds a stage at the end of a pipeline. Owners only, as for all that follows.
  ///
  /// - Throws: `permissionDenied`; `notFound`; `invalid` with `stage.invalid`.
  package func addStage(
    _ draft: StageDraft, to pipelineID: Int64, by agent: AgentIdentity
  ) async throws(ParleyError) -> Stage {
    try agent.requireOwner()
    let stage = try draft.applied(to: .blank)
    return try await write { transaction, changes in
      let pipeline = try Self.pipeline(pipelineID, by: agent, in: transaction.snapshot)
      guard pipeline.stages.count < Pipeline.stagesLimit else {
        throw ParleyError.invalid(Invalid(code: "stage.invalid", fields: ["name": "stage.too-many"]))
      }
      let added = try PipelineRecords.insert(stage, into: pipelineID, in: transaction)
      try changes.record(.pipelinesChanged, for: .agents, in: transaction)
      return added
    }
  }

  /// Puts a pipeline's stages in another order.
  ///
  /// - Parameter order: the ids of all its stages, each once.
  /// - Throws: `permissionDenied`; `notFound`; `invalid` for another set of ids.
  package func reorderStages(
    of pipelineID: Int64, _ order: [Int64], by agent: AgentIdentity
  ) async throws(ParleyError) -> Pipeline {
    try agent.requireOwner()
    return try await write { transaction, changes in
      let before = try Self.pipeline(pipelineID, by: agent, in: transaction.snapshot)
      guard order.sorted() == before.stages.map(\.id).sorted() else {
        throw ParleyError.invalid(Invalid(fields: ["order": "stage.order.invalid"]))
      }
      guard order != before.stages.map(\.id) else { return before }
      try PipelineRecords.reorder(order, of: pipelineID, in: transaction)
      try changes.record(.pipelinesChanged, for: .agents, in: transaction)
      return try Self.pipeline(pipelineID, by: agent, in: transaction.snapshot)
    }
  }

  /// Changes what is given of a stage.
  ///
  /// - Throws: `permissionDenied`; `notFound`; `invalid` with `stage.invalid`.
  package func editStage(
    _ id: Int64, _ draft: StageDraft, by agent: AgentIdentity
  ) async throws(ParleyError) -> Stage {
    try agent.requireOwner()
    return try await write { transaction, changes in
      guard let before = try StagePlace(id, in: transaction.snapshot)?.stage else {
        throw ParleyError.notFound
      }
      let after = try draft.applied(to: before)
      guard after != before else { return before }
      try PipelineRecords.update(after, in: transaction)
      try changes.record(.pipelinesChanged, for: .agents, in: transaction)
      return after
    }
  }

  /// Removes a stage; its deals go to another one, of whichever pipeline.
  ///
  /// - Throws: `permissionDenied`; `notFound`; `stageLast`; `stageNotEmpty` when it holds deals and no other stage is named;
  ///   `invalid` when that stage does not exist.
  package func removeStage(
    _ id: Int64, movingDealsTo stageID: Int64?, by agent: AgentIdentity
  ) async throws(ParleyError) {
    try agent.requireOwner()
    try await write { transaction, changes in
      guard let place = try StagePlace(id, in: transaction.snapshot) else { throw ParleyError.notFound }
      guard place.pipeline.stages.count > 1 else { throw ParleyError.stageLast }
      let deals = try TotalRecords.count(of: id, ofPipeline: place.pipeline.id, in: transaction.snapshot)
      if deals > 0 {
        guard let stageID else { throw ParleyError.stageNotEmpty(deals: deals) }
        let target = try Self.refuge(stageID, in: transaction.snapshot)
        guard target.stage.id != id else { throw Self.refugeUnknown }
        try RelocationRecords.move(
          from: place.stage, of: place.pipeline, to: target, by: agent, changes, transaction)
      }
      try PipelineRecords.delete(stage: id, of: place.pipeline.id, in: transaction)
      try changes.record(.pipelinesChanged, for: .agents, in: transaction)
    }
  }
}
