import Testing

@testable import ParleyCore

/// Something that is done with a deal, and what one must be allowed for it.
struct DealAction: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let right: PipelineRights
  let act: @Sendable (ClosedOffice, AgentIdentity) async throws -> Void

  init(
    _ name: String, _ right: PipelineRights,
    _ act: @escaping @Sendable (ClosedOffice, AgentIdentity) async throws -> Void
  ) {
    testDescription = name
    self.right = right
    self.act = act
  }

  static func edit(_ name: String, _ change: DealChange) -> DealAction {
    DealAction(name, .edit) { _ = try await $0.parley.editDeal($0.deal.id, change, by: $1) }
  }

  static let all: [DealAction] = [
    edit("title", DealChange(title: "Less so")),
    edit("value", DealChange(value: .init(minor: 1, currency: "GBP"))),
    edit("status", DealChange(status: .won)),
    edit("tags", DealChange(tags: [])),
    DealAction("a field of one's own", .edit) { scene, agent in
      let name = String(IdempotencyKey.fresh().text.prefix(20))
      let field = try await scene.parley.addField(
        FieldDraft(kind: .deal, type: .text, name: name), by: scene.office.maya)
      _ = try await scene.parley.editDeal(
        scene.deal.id, DealChange(fields: [field.id: .text("x")]), by: agent)
    },
    DealAction("stage", .edit) { scene, agent in
      _ = try await scene.parley.editDeal(
        scene.deal.id, DealChange(stageID: scene.closed.stages[1].id), by: agent)
    },
    DealAction("move", .edit) { scene, agent in
      _ = try await scene.parley.moveDeal(
        scene.deal.id, to: scene.closed.stages[2].id, behind: nil, by: agent)
    },
    DealAction("pipeline", .edit) { scene, agent in
      _ = try await scene.parley.editDeal(
        scene.deal.id, DealChange(pipelineID: scene.office.pipeline.id), by: agent)
    },
    DealAction("owner", .reassign) { scene, agent in
      _ = try await scene.parley.editDeal(
        scene.deal.id, DealChange(ownerID: scene.agent(.reader).id), by: agent)
    },
    DealAction("delete", .delete) { try await $0.parley.removeDeal($0.deal.id, by: $1) },
    DealAction("secondary contact", .edit) { scene, agent in
      let other = try await scene.parley.addContact(
        ContactChange(email: "\(IdempotencyKey.fresh().text)@harbour.example"), idempotencyKey: .fresh(),
        by: agent)
      _ = try await scene.parley.setSecondaryContact(
        other.id, role: "Contributor", of: scene.deal.id, by: agent)
    },
    DealAction("secondary contact's removal", .edit) { scene, agent in
      _ = try await scene.parley.removeSecondaryContact(99, of: scene.deal.id, by: agent)
    },
    DealAction("conversation", .edit) { scene, agent in
      let other = try await scene.office.conversation().conversation
      _ = try await scene.parley.linkConversation(other.id, to: scene.deal.id, by: agent)
    },
    DealAction("conversation's removal", .edit) { scene, agent in
      _ = try await scene.parley.unlinkConversation(99, from: scene.deal.id, by: agent)
    },
    DealAction("note", .edit) { scene, agent in
      _ = try await scene.parley.addNote("Psst", on: RecordID(.deal, scene.deal.id), by: agent)
    },
    DealAction("task", .edit) { scene, agent in
      _ = try await scene.parley.addTask(
        TaskDraft(title: "Ring", kind: "call"), to: RecordID(.deal, scene.deal.id), by: agent)
    },
    DealAction("task's change", .edit) { scene, agent in
      _ = try await scene.parley.editTask(scene.task.id, TaskDraft(title: "Shout"), by: agent)
    },
    DealAction("task's removal", .edit) { try await $0.parley.removeTask($0.task.id, by: $1) },
  ]
}

@Suite("What one may not do is refused")
struct WritingTests {
  @Test(
    "who may, does; who may only see, is denied; for who may not see it, there is no such deal",
    arguments: DealAction.all, ClosedOffice.Kind.allCases)
  func actions(action: DealAction, kind: ClosedOffice.Kind) async throws {
    let scene = try await ClosedOffice()
    let before = try await scene.parley.deal(scene.deal.id, by: scene.office.maya)
    let agent = scene.agent(kind)
    guard !kind.writes else { return try await action.act(scene, agent) }
    let expected = kind.sees ? ParleyError.permissionDenied : .notFound
    await #expect(throws: expected) { try await action.act(scene, agent) }
    #expect(try await scene.parley.deal(scene.deal.id, by: scene.office.maya) == before)
  }

  @Test("each right is for what it says, and for nothing else", arguments: DealAction.all)
  func eachRight(action: DealAction) async throws {
    let scene = try await ClosedOffice()
    let (owner, reader) = (scene.office.maya, scene.agent(.reader))
    for right in [PipelineRights.add, .delete, .reassign, .edit] where right != action.right {
      _ = try await scene.parley.setRights(right, of: scene.readers.id, in: scene.closed.id, by: owner)
      await #expect(throws: ParleyError.permissionDenied) { try await action.act(scene, reader) }
    }
    _ = try await scene.parley.setRights(action.right, of: scene.readers.id, in: scene.closed.id, by: owner)
    try await action.act(scene, reader)
  }

  @Test("adding names the pipeline: denied where one sees it, unknown where one does not")
  func adding() async throws {
    let scene = try await ClosedOffice()
    func faults(_ kind: ClosedOffice.Kind, owner: Int64? = nil) async throws -> [String: String] {
      var draft = scene.office.draft(title: "One more")
      draft.ownerID = owner
      draft.pipelineID = scene.closed.id
      draft.stageID = nil
      do {
        _ = try await scene.office.add(draft, by: scene.agent(kind))
        return [:]
      } catch ParleyError.invalid(let invalid) {
        return invalid.fields
      }
    }
    #expect(try await faults(.owner) == [:])
    #expect(try await faults(.member) == [:])
    #expect(try await faults(.reader) == ["pipeline": "deal.pipeline.denied"])
    #expect(try await faults(.outsider) == ["pipeline": "deal.pipeline.unknown"])
    #expect(
      try await faults(.member, owner: scene.agent(.outsider).id) == ["owner": "deal.owner.denied"])
  }

  @Test("a deal goes to another pipeline only where one may add, and its owner may see it")
  func moving() async throws {
    let scene = try await ClosedOffice()
    let there = DealChange(pipelineID: scene.closed.id)
    func move(_ kind: ClosedOffice.Kind) async throws {
      _ = try await scene.parley.editDeal(scene.openDeal.id, there, by: scene.agent(kind))
    }
    let denied = Invalid(code: "deal.invalid", fields: ["pipeline": "deal.pipeline.denied"])
    await #expect(throws: ParleyError.invalid(denied)) { try await move(.reader) }
    let unknown = Invalid(code: "deal.invalid", fields: ["pipeline": "deal.pipeline.unknown"])
    await #expect(throws: ParleyError.invalid(unknown)) { try await move(.outsider) }
    _ = try await scene.parley.editDeal(
      scene.openDeal.id, DealChange(ownerID: scene.agent(.outsider).id), by: scene.office.maya)
    let blind = Invalid(code: "deal.invalid", fields: ["owner": "deal.owner.denied"])
    await #expect(throws: ParleyError.invalid(blind)) { try await move(.member) }
  }

  @Test("of many deals, those that one may not change so are left out")
  func bulk() async throws {
    let scene = try await ClosedOffice()
    let ids = [scene.deal.id, scene.openDeal.id]
    for kind in [ClosedOffice.Kind.reader, .outsider] {
      let result = try await scene.parley.changeDeals(
        ids, BulkChange(addTag: "t\(kind)"), by: scene.agent(kind))
      #expect(result.changed == 1 && result.skipped == [scene.deal.id])
      let owned = try await scene.parley.changeDeals(
        ids, BulkChange(ownerID: scene.agent(.reader).id), by: scene.agent(kind))
      #expect(owned.skipped == [scene.deal.id])
    }
    let all = try await scene.parley.changeDeals(ids, BulkChange(addTag: "ours"), by: scene.agent(.member))
    #expect(all.changed == 2)
  }

  @Test("a deal goes in turn only to those who may see the pipeline", arguments: 1...4)
  func turns(count: Int) async throws {
    let scene = try await ClosedOffice()
    _ = try await scene.parley.editPipeline(
      scene.closed.id, PipelineDraft(assignment: .roundRobin), by: scene.office.maya)
    var owners: Set<Int64> = []
    for _ in 0..<(count * 3) {
      var draft = scene.office.draft()
      draft.ownerID = nil
      draft.pipelineID = scene.closed.id
      draft.stageID = nil
      owners.insert(try await scene.office.add(draft).deal.owner.id)
    }
    #expect(owners == Set([ClosedOffice.Kind.owner, .member, .reader].map { scene.agent($0).id }))
  }

  @Test("a task is for who may see the deal; they may say that it is done, and no more")
  func tasks() async throws {
    let scene = try await ClosedOffice()
    let blind = Invalid(code: "task.invalid", fields: ["assignee": "task.assignee.denied"])
    await #expect(throws: ParleyError.invalid(blind)) {
      try await scene.parley.editTask(
        scene.task.id, TaskDraft(assigneeID: scene.agent(.outsider).id), by: scene.office.maya)
    }
    let done = try await scene.parley.editTask(
      scene.task.id, TaskDraft(done: true, outcome: "Whispered"), by: scene.agent(.reader))
    #expect(done.doneAt != nil && done.outcome == "Whispered")
    let other = try await scene.parley.editTask(
      scene.task.id, TaskDraft(assigneeID: scene.agent(.member).id, done: false), by: scene.office.maya)
    await #expect(throws: ParleyError.permissionDenied) {
      try await scene.parley.editTask(other.id, TaskDraft(done: true), by: scene.agent(.reader))
    }
    await #expect(throws: ParleyError.notFound) {
      try await scene.parley.editTask(other.id, TaskDraft(done: true), by: scene.agent(.outsider))
    }
  }

  @Test("a note is its author's only while they may edit")
  func notes() async throws {
    let scene = try await ClosedOffice()
    let member = scene.agent(.member)
    let note = try await scene.parley.addNote("Mine", on: RecordID(.deal, scene.deal.id), by: member)
    _ = try await scene.parley.setRights(
      .see, of: scene.members.id, in: scene.closed.id, by: scene.office.maya)
    await #expect(throws: ParleyError.permissionDenied) {
      try await scene.parley.editNote(note.id, "Mine still", by: member)
    }
    _ = try await scene.parley.setRights([], of: scene.members.id, in: scene.closed.id, by: scene.office.maya)
    await #expect(throws: ParleyError.notFound) { try await scene.parley.removeNote(note.id, by: member) }
  }
}
