extension Parley {
  /// The pipelines that the agent may see, in their order.
  package func pipelines(by agent: AgentIdentity) async throws(ParleyError) -> [Pipeline] {
    try await read { snapshot in
      var visible: [Pipeline] = []
      for pipeline in try PipelineRecords.pipelines(in: snapshot)
      where try PipelineAccess.agent(agent.id, maySee: pipeline.id, in: snapshot) {
        visible.append(pipeline)
      }
      return visible
    }
  }
}
