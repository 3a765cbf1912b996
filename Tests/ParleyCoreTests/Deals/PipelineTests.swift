import SQLite
import Testing

@testable import ParleyCore

@Suite("Pipelines and stages")
struct PipelineTests {
  @Test("a new pipeline has three stages; both change, are put in order, and the inboxes hear of it")
  func changes() async throws {
    let office = try await Office()
    _ = office.scene.takeAgentEvents()
    let draft = PipelineDraft(name: " Service ", currency: "EUR", assignment: .roundRobin)
    let pipeline = try await office.parley.addPipeline(draft, by: office.maya)
    #expect(pipeline.name == "Service" && pipeline.currency == "EUR" && pipeline.assignment == .roundRobin)
    #expect(pipeline.stages.map(\.name) == ["To Contact", "In Contact", "Follow Up"])
    let edited = try await office.parley.editPipeline(
      pipeline.id, PipelineDraft(name: "Repairs", assignment: .manual), by: office.maya)
    #expect(edited.name == "Repairs" && edited.currency == "EUR" && edited.stages == pipeline.stages)
    let stage = try await office.parley.addStage(
      StageDraft(name: "Booked", color: "#ABCDEF", probability: 100, rottingDays: 3, sort: .close),
      to: pipeline.id, by: office.maya)
    #expect(stage.color == "#abcdef" && stage.rottingDays == 3)
    let order = [stage.id] + pipeline.stages.map(\.id).reversed()
    let reordered = try await office.parley.reorderStages(of: pipeline.id, order, by: office.maya)
    #expect(reordered.stages.map(\.id) == order)
    let calm = try await office.parley.editStage(
      stage.id, StageDraft(rottingDays: .some(nil)), by: office.maya)
    #expect(calm.rottingDays == nil && calm.name == "Booked")
    #expect(office.scene.takeAgentEvents() == Array(repeating: "pipelines.changed", count: 5))
    #expect(try await office.parley.pipelines(by: office.tom).map(\.name) == ["Sales", "Repairs"])
  }

  @Test("only owners change pipelines and stages")
  func owners() async throws {
    let office = try await Office()
    let (tom, id, stage) = (office.tom, office.pipeline.id, office.pipeline.stages[0].id)
    let attempts: [@Sendable () async throws -> Void] = [
      { _ = try await office.parley.addPipeline(PipelineDraft(name: "A", currency: "USD"), by: tom) },
      { _ = try await office.parley.editPipeline(id, PipelineDraft(name: "A"), by: tom) },
      { try await office.parley.removePipeline(id, movingDealsTo: nil, by: tom) },
      { _ = try await office.parley.addStage(StageDraft(name: "A"), to: id, by: tom) },
      { _ = try await office.parley.reorderStages(of: id, [], by: tom) },
      { _ = try await office.parley.editStage(stage, StageDraft(name: "A"), by: tom) },
      { try await office.parley.removeStage(stage, movingDealsTo: nil, by: tom) },
    ]
    for attempt in attempts { await #expect(throws: ParleyError.permissionDenied) { try await attempt() } }
    #expect(try await office.parley.pipelines(by: tom).map(\.stages) == [office.pipeline.stages])
  }

  @Test(
    "what is wrong with a stage is said",
    arguments: [
      (StageDraft(name: " "), "name", "required"),
      (StageDraft(name: String(repeating: "x", count: 101)), "name", "too-long"),
      (StageDraft(name: "A", color: "red"), "color", "invalid"),
      (StageDraft(name: "A", probability: 101), "probability", "invalid"),
      (StageDraft(name: "A", probability: -1), "probability", "invalid"),
      (StageDraft(name: "A", rottingDays: 0), "rottingDays", "invalid"),
    ])
  func stageFaults(draft: StageDraft, field: String, reason: String) async throws {
    let office = try await Office()
    let error = ParleyError.invalid(
      Invalid(code: "stage.invalid", fields: [field: "stage.\(field).\(reason)"]))
    await #expect(throws: error) {
      try await office.parley.addStage(draft, to: office.pipeline.id, by: office.maya)
    }
  }

  @Test(
    "a stage with deals goes only when it is said where they go; then they stand behind the others, in order")
  func removeStage() async throws {
    let office = try await Office()
    let stages = office.pipeline.stages
    var ids: [Int64] = []
    for _ in 0..<3 { ids.insert(try await office.add(office.draft()).deal.id, at: 0) }
    var draft = office.draft()
    draft.stageID = stages[1].id
    let there = try await office.add(draft).deal.id
    _ = try await office.parley.editDeal(ids[1], DealChange(status: .won), by: office.tom)
    await #expect(throws: ParleyError.stageNotEmpty(deals: 3)) {
      try await office.parley.removeStage(stages[0].id, movingDealsTo: nil, by: office.maya)
    }
    for nowhere in [99, stages[0].id] {
      await #expect(throws: ParleyError.invalid(Invalid(fields: ["moveTo": "stage.unknown"]))) {
        try await office.parley.removeStage(stages[0].id, movingDealsTo: nowhere, by: office.maya)
      }
    }
    _ = office.scene.takeAgentEvents()
    try await office.parley.removeStage(stages[0].id, movingDealsTo: stages[1].id, by: office.maya)
    #expect(office.scene.takeAgentEvents() == ["pipelines.changed", "totals.changed"])
    var filter = DealFilter()
    filter.status = .all
    let board = try await office.parley.board(of: office.pipeline.id, filter, by: office.tom)
    #expect(board.columns.map { $0.deals.map(\.id) } == [[there] + ids, []])
    #expect(try await office.scene.disagreements() == [])
    let history = try await office.parley.history(of: ids[0], before: nil, limit: 9, by: office.tom)
    #expect(history.changes.map(\.field) == [.stage, .created])
    // The places go on working.
    _ = try await office.parley.moveDeal(there, to: stages[1].id, behind: ids[0], by: office.tom)
    try await office.parley.removeStage(stages[2].id, movingDealsTo: nil, by: office.maya)
    await #expect(throws: ParleyError.stageLast) {
      try await office.parley.removeStage(stages[1].id, movingDealsTo: nil, by: office.maya)
    }
  }

  @Test("a pipeline goes likewise, and never the last one")
  func removePipeline() async throws {
    let office = try await Office()
    let deal = try await office.add(office.draft()).deal
    await #expect(throws: ParleyError.pipelineLast) {
      try await office.parley.removePipeline(office.pipeline.id, movingDealsTo: nil, by: office.maya)
    }
    let other = try await office.parley.addPipeline(
      PipelineDraft(name: "Service", currency: "EUR"), by: office.maya)
    await #expect(throws: ParleyError.pipelineNotEmpty(deals: 1)) {
      try await office.parley.removePipeline(office.pipeline.id, movingDealsTo: nil, by: office.maya)
    }
    await #expect(throws: ParleyError.self) {
      try await office.parley.removePipeline(
        office.pipeline.id, movingDealsTo: office.pipeline.stages[1].id, by: office.maya)
    }
    try await office.parley.removePipeline(
      office.pipeline.id, movingDealsTo: other.stages[2].id, by: office.maya)
    let moved = try await office.parley.deal(deal.id, by: office.tom)
    #expect(moved.pipeline.id == other.id && moved.stage == other.stages[2])
    #expect(try await office.parley.pipelines(by: office.tom).map(\.id) == [other.id])
    #expect(try await office.scene.disagreements() == [])
    #expect(try await office.scene.count("SELECT count(*) FROM pragma_foreign_key_check") == 0)
  }

  /// - Parameter values: of the deals in turn.
  private func owners(
    _ assignment: Pipeline.Assignment, _ values: [(minor: Int64, currency: String)]
  ) async throws -> String {
    let office = try await Office()
    _ = try await office.parley.editPipeline(
      office.pipeline.id, PipelineDraft(assignment: assignment), by: office.maya)
    var owners = ""
    for value in values {
      var draft = office.draft(value: .init(minor: value.minor, currency: value.currency))
      draft.ownerID = nil
      owners += String(try await office.add(draft, by: office.tom).deal.owner.name.prefix(1))
    }
    // Whoever is named is the owner, and it is nobody's turn.
    let named = try await office.add(office.draft(), by: office.tom).deal.owner
    #expect(named.id == office.maya.id)
    return owners
  }

  @Test("the owner of a deal that names none: who adds it, each in turn, or whom the least has come to")
  func turns() async throws {
    let dollars: [(minor: Int64, currency: String)] = [100, 10, 10, 10, 100, 50, 30].map { ($0, "USD") }
    #expect(try await owners(.manual, dollars) == "TTTTTTT")
    #expect(try await owners(.roundRobin, dollars) == "MTMTMTM")
    // M 100; T 10, 20, 30, 130; M 150; T 160.
    #expect(try await owners(.roundRobinByValue, dollars) == "MTTTTMT")
    // Yen cannot be weighed against dollars: in turn, and they weigh nothing.
    #expect(
      try await owners(.roundRobinByValue, [(100, "USD"), (9, "JPY"), (9, "JPY"), (1, "USD")]) == "MTMT")
  }

  @Test("64 deals at once are shared out evenly")
  func concurrentTurns() async throws {
    let office = try await Office()
    _ = try await office.parley.editPipeline(
      office.pipeline.id, PipelineDraft(assignment: .roundRobin), by: office.maya)
    var draft = office.draft()
    draft.ownerID = nil
    let unowned = draft
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<64 { group.addTask { try await office.add(unowned) } }
      try await group.waitForAll()
    }
    #expect(
      try await office.scene.count("SELECT count(*) FROM deals WHERE owner_id = \(office.tom.id)") == 32)
  }
}
