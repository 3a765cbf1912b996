import Testing

@testable import ParleyCore

@Suite("Notes, tasks, tags, and many deals at once")
struct WorkTests {
  @Test(
    "a note stands on its record, newest first; its author and owners change it",
    arguments: RecordKind.allCases)
  func notes(kind: RecordKind) async throws {
    let office = try await Office()
    let deal = try await office.add(office.draft()).deal
    let ids = [RecordKind.deal: deal.id, .contact: deal.contact?.id ?? 0, .account: deal.account?.id ?? 0]
    let record = RecordID(kind, ids[kind] ?? 0)
    var added: [Note] = []
    for number in 0..<5 {
      added.insert(try await office.parley.addNote("Note \(number)\r\n", on: record, by: office.maya), at: 0)
    }
    #expect(added[4].text == "Note 0" && added[4].agent?.name == "Maya")
    let first = try await office.parley.notes(on: record, before: nil, limit: 2, by: office.tom)
    let rest = try await office.parley.notes(on: record, before: first.next, limit: 9, by: office.tom)
    #expect(first.notes + rest.notes == added && rest.next == nil)
    _ = office.scene.takeAgentEvents()
    await #expect(throws: ParleyError.permissionDenied) {
      try await office.parley.editNote(added[0].id, "x", by: office.tom)
    }
    await #expect(throws: ParleyError.permissionDenied) {
      try await office.parley.removeNote(added[0].id, by: office.tom)
    }
    let own = try await office.parley.addNote("Tom's", on: record, by: office.tom)
    #expect(try await office.parley.editNote(own.id, "Better", by: office.maya).text == "Better")
    try await office.parley.removeNote(own.id, by: office.tom)
    let expected = kind == .deal ? ["record.changed", "record.changed", "deal.changed"] : ["record.changed"]
    #expect(office.scene.takeAgentEvents() == expected + expected + expected)
    for text in [" ", String(repeating: "x", count: 10_001)] {
      await #expect(throws: ParleyError.self) {
        try await office.parley.addNote(text, on: record, by: office.tom)
      }
    }
    await #expect(throws: ParleyError.notFound) {
      try await office.parley.addNote("x", on: RecordID(kind, 99), by: office.tom)
    }
  }

  @Test("tasks stand by when they are due; the first is the deal's next; done, they have an outcome")
  func tasks() async throws {
    let office = try await Office()
    let deal = try await office.add(office.draft()).deal
    let record = RecordID(.deal, deal.id)
    func add(_ title: String, _ dueOn: String?, _ dueAt: Int64? = nil) async throws -> AssignedTask {
      let draft = TaskDraft(
        title: title, kind: "call", dueOn: dueOn.map { .some($0) }, dueAt: dueAt.map { .some($0) },
        assigneeID: office.maya.id)
      return try await office.parley.addTask(draft, to: record, by: office.tom)
    }
    _ = try await add("never", nil)
    _ = try await add("later", "2027-01-01")
    let soon = try await add("soon", nil, Scene.now + 1000)
    let late = try await add("late", nil, Scene.now - 1000)
    let yesterday = try await add("yesterday", "2026-11-22")
    #expect(late.overdue && yesterday.overdue && !soon.overdue)
    #expect(late.dueOn?.description == "2026-11-23" && late.record.name == "A Duo" && late.kind == "call")
    func list() async throws -> [String] {
      try await office.parley.tasks(of: record, by: office.tom).tasks.map(\.title)
    }
    #expect(try await list() == ["yesterday", "late", "soon", "later", "never"])
    #expect(try await office.parley.deal(deal.id, by: office.tom).nextTask == yesterday)
    let done = try await office.parley.editTask(
      yesterday.id, TaskDraft(done: true, outcome: "No answer"), by: office.maya)
    #expect(done.doneAt == Scene.now && !done.overdue && done.outcome == "No answer")
    #expect(try await list() == ["late", "soon", "later", "never", "yesterday"])
    let open = try await office.parley.editTask(yesterday.id, TaskDraft(done: false), by: office.maya)
    #expect(open.doneAt == nil && open.overdue)
    let moved = try await office.parley.editTask(late.id, TaskDraft(dueOn: "2026-12-24"), by: office.maya)
    #expect(moved.dueAt == nil && moved.dueOn?.description == "2026-12-24")
    try await office.parley.removeTask(yesterday.id, by: office.tom)
    #expect(try await office.parley.deal(deal.id, by: office.tom).nextTask == soon)
    await #expect(throws: ParleyError.notFound) {
      try await office.parley.editTask(yesterday.id, TaskDraft(done: true), by: office.tom)
    }
  }

  @Test(
    "what is wrong with a task is said at once",
    arguments: [
      (TaskDraft(), ["title": "required", "kind": "required"]),
      (
        TaskDraft(title: "A", kind: "call", dueOn: "never", assigneeID: 99),
        ["dueOn": "invalid", "assignee": "unknown"]
      ), (TaskDraft(title: "A", kind: "call", dueAt: .max), ["dueAt": "invalid"]),
      (
        TaskDraft(title: String(repeating: "x", count: 201), kind: String(repeating: "x", count: 51)),
        ["title": "too-long", "kind": "too-long"]
      ),
    ])
  func taskFaults(draft: TaskDraft, reasons: [String: String]) async throws {
    let office = try await Office()
    let deal = try await office.add(office.draft()).deal
    let fields = reasons.reduce(into: [:]) { $0[$1.key] = "task.\($1.key).\($1.value)" }
    await #expect(throws: ParleyError.invalid(Invalid(code: "task.invalid", fields: fields))) {
      try await office.parley.addTask(draft, to: RecordID(.deal, deal.id), by: office.tom)
    }
  }

  @Test("tags are found by their beginnings, and are one however they are typed")
  func tags() async throws {
    let office = try await Office()
    let deal = try await office.add(office.draft()).deal
    _ = try await office.parley.editDeal(
      deal.id, DealChange(tags: ["Barista", "BARISTA", "bar ", "Été"]), by: office.tom)
    let other = try await office.add(office.draft()).deal
    let tagged = try await office.parley.editDeal(other.id, DealChange(tags: ["barista"]), by: office.tom)
    #expect(tagged.tags == ["Barista"])
    #expect(try await office.parley.tags(beginning: "", by: office.tom) == ["bar", "Barista", "Été"])
    #expect(try await office.parley.tags(beginning: "BAR", by: office.tom) == ["bar", "Barista"])
    #expect(try await office.parley.tags(beginning: "été", by: office.tom) == ["Été"])
  }

  @Test("many deals change alike in one transaction; what cannot is skipped and named")
  func bulk() async throws {
    let office = try await Office()
    var ids: [Int64] = []
    for _ in 0..<5 { ids.append(try await office.add(office.draft()).deal.id) }
    let other = try await office.parley.addPipeline(
      PipelineDraft(name: "Service", currency: "EUR"), by: office.maya)
    var draft = office.draft()
    (draft.pipelineID, draft.stageID) = (other.id, nil)
    let foreign = try await office.add(draft).deal.id
    _ = office.scene.takeAgentEvents()
    let change = BulkChange(
      ownerID: office.tom.id, stageID: office.pipeline.stages[1].id, status: .lost, lostReason: "Tea",
      addTag: "Fair")
    let result = try await office.parley.changeDeals(ids + [99, foreign, ids[0]], change, by: office.tom)
    #expect(result == BulkResult(changed: 5, skipped: [99, foreign]))
    let types = office.scene.takeAgentEvents()
    #expect(types.filter { $0 == "deal.changed" }.count == 5)
    #expect(types.filter { $0 == "totals.changed" }.count == 1 && types.last == "totals.changed")
    for id in ids {
      let deal = try await office.parley.deal(id, by: office.tom)
      #expect(deal.owner.id == office.tom.id && deal.stage == office.pipeline.stages[1])
      #expect(deal.status == .lost && deal.lostReason == "Tea" && deal.tags == ["Fair"])
    }
    _ = try await office.parley.changeDeals(ids, BulkChange(removeTag: "FAIR"), by: office.tom)
    #expect(try await office.scene.count("SELECT count(*) FROM deal_tags") == 0)
    #expect(try await office.scene.disagreements() == [])
    let faulty: [([Int64], BulkChange)] = [
      ([], BulkChange()), (Array(1...501), BulkChange()), (ids, BulkChange(ownerID: 99)),
      (ids, BulkChange(stageID: 99)), (ids, BulkChange(addTag: " ")),
    ]
    for (ids, change) in faulty {
      await #expect(throws: ParleyError.self) {
        try await office.parley.changeDeals(ids, change, by: office.tom)
      }
    }
  }
}
