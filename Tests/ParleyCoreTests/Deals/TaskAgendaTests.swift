import Testing

@testable import ParleyCore

@Suite("Tasks by how near they are")
struct TaskAgendaTests {
  private static let hour: Int64 = 3_600_000

  @Test(
    "each open task is of one group, by the workspace's clock and week",
    arguments: [
      ("2026-11-22", nil, Workspace.WeekStart.monday, TaskGroup.overdue),
      ("2026-11-23", nil, .monday, .today),
      (nil, Scene.now - 1, .monday, .overdue), (nil, Scene.now, .monday, .today),
      (nil, Scene.now + 6 * hour, .monday, .today), (nil, Scene.now + 7 * hour, .monday, .week),
      ("2026-11-24", nil, .monday, .week), ("2026-11-28", nil, .sunday, .week),
      ("2026-11-29", nil, .monday, .week), ("2026-11-29", nil, .sunday, .later),
      ("2026-11-30", nil, .monday, .later), ("9999-12-31", nil, .monday, .later),
      (nil, nil, .monday, .undated),
    ] as [(String?, Int64?, Workspace.WeekStart, TaskGroup)])
  func groups(dueOn: String?, dueAt: Int64?, weekStart: Workspace.WeekStart, group: TaskGroup) async throws {
    let office = try await Office()
    _ = try await office.parley.updateWorkspace(WorkspaceChange(weekStartsOn: weekStart), by: office.maya)
    let task = try await office.task(dueOn: dueOn, dueAt: dueAt)
    let agenda = try await office.parley.tasks(assignedTo: office.tom.id, by: office.maya)
    #expect(agenda.groups.map(\.group) == TaskGroup.allCases)
    #expect(agenda.groups.filter { !$0.tasks.isEmpty }.map(\.group) == [group])
    let section = try #require(agenda.groups.first { $0.group == group })
    #expect(section.tasks == [task] && section.count == 1 && section.isExact && section.next == nil)
    #expect(task.overdue == (group == .overdue))
    _ = try await office.parley.editTask(task.id, TaskDraft(done: true), by: office.tom)
    let after = try await office.parley.tasks(assignedTo: office.tom.id, by: office.maya)
    #expect(after.groups.filter { !$0.tasks.isEmpty }.map(\.group) == [.done])
    let others = try await office.parley.tasks(assignedTo: office.maya.id, by: office.maya)
    #expect(others.groups.allSatisfy { $0.tasks.isEmpty && $0.count == 0 })
  }

  @Test("a time of day that another zone has moved to the next day is not late before its moment")
  func movedZone() async throws {
    let office = try await Office()
    let task = try await office.task(dueAt: Scene.now + Self.hour)
    _ = try await office.parley.updateWorkspace(
      WorkspaceChange(timeZone: "Pacific/Kiritimati"), by: office.maya)
    let agenda = try await office.parley.tasks(assignedTo: office.tom.id, by: office.maya)
    #expect(agenda.groups.filter { !$0.tasks.isEmpty }.map(\.group) == [.today])
    #expect(agenda.groups[1].tasks.map(\.id) == [task.id])
  }

  @Test(
    "the pages of a group have each task once and in order, however many do them",
    arguments: TaskGroup.allCases)
  func pages(group: TaskGroup) async throws {
    let office = try await Office()
    var expected: [(on: String, at: Int64, id: Int64)] = []
    for number in 0..<23 {
      let assignee = number.isMultiple(of: 3) ? office.maya : office.tom
      let day = 10 + number / 4
      let dueOn: String? =
        switch group {
        case .overdue, .done: "2026-10-\(day)"
        case .today: "2026-11-23"
        case .week: "2026-11-\(24 + number / 6)"
        case .later: "2027-02-\(day)"
        case .undated: nil
        }
      let dueAt = group == .today && number.isMultiple(of: 2) ? Scene.now + Int64(number / 4) * 1000 : nil
      let task = try await office.task(dueOn: dueAt == nil ? dueOn : nil, dueAt: dueAt, assignee: assignee)
      if group == .done { _ = try await office.parley.editTask(task.id, TaskDraft(done: true), by: assignee) }
      expected.append((group == .done ? "" : dueOn ?? "", dueAt ?? .max, task.id))
    }
    expected.sort { group == .done ? $0.id > $1.id : $0 < $1 }
    var shown: [Int64] = []
    var next: String?
    repeat {
      let agenda = try await office.parley.tasks(
        assignedTo: nil, in: group, after: next, limit: 4, by: office.tom)
      #expect(agenda.groups.count == 1)
      shown += agenda.groups[0].tasks.map(\.id)
      next = agenda.groups[0].next
    } while next != nil
    #expect(shown == expected.map(\.id))
    for text in ["", "1.2", "x.1.", "1.1.yesterday"] {
      await #expect(throws: ParleyError.invalid(Invalid(fields: ["before": "field.invalid"]))) {
        try await office.parley.tasks(assignedTo: nil, in: group, after: text, by: office.tom)
      }
    }
  }

  @Test("more than a hundred are not counted")
  func bounded() async throws {
    let office = try await Office()
    for _ in 0..<100 { _ = try await office.task(dueOn: "2026-11-01") }
    func counts() async throws -> (Int, Bool, Int, Bool) {
      let section = try await office.parley.tasks(assignedTo: nil, in: .overdue, by: office.maya).groups[0]
      let own = try await office.parley.overdueTasks(by: office.tom)
      return (section.count, section.isExact, own.count, own.isExact)
    }
    #expect(try await counts() == (100, true, 100, true))
    _ = try await office.task(dueOn: "2026-11-01")
    #expect(try await counts() == (100, false, 100, false))
  }

  @Test("a page looks at so many tasks at most, and the next goes on where it ended")
  func scanning() async throws {
    let scene = try await ClosedOffice()
    let record = RecordID(.deal, scene.deal.id)
    let reader = scene.agent(.reader)
    for _ in 0..<7 {
      _ = try await scene.parley.addTask(
        TaskDraft(title: "Hidden", kind: "call", assigneeID: reader.id), to: record, by: scene.office.maya)
    }
    let shown = try await scene.parley.addTask(
      TaskDraft(title: "Shown", kind: "call", assigneeID: reader.id), to: RecordID(.deal, scene.openDeal.id),
      by: scene.office.maya)
    let pages = try await scene.parley.read { snapshot in
      let records = TaskAgendaRecords(
        time: try WorkspaceTime(now: Scene.now, in: snapshot), visible: [scene.office.pipeline.id],
        scanLimit: 3)
      var pages: [[Int64]] = []
      var cursor: TaskCursor?
      repeat {
        let found = try records.tasks(
          of: .undated, assignedTo: nil, after: cursor, limit: 5, in: snapshot)
        pages.append(found.tasks.map(\.id))
        cursor = found.end
      } while cursor != nil
      return pages
    }
    #expect(pages == [[], [], [shown.id], []])
  }

  @Test("what is overdue of one's own changes by itself at the next moment, or at midnight")
  func overdue() async throws {
    let office = try await Office()
    let midnight = Scene.now + 6 * Self.hour + Self.hour / 2
    func own() async throws -> OverdueTasks { try await office.parley.overdueTasks(by: office.tom) }
    #expect(try await own() == OverdueTasks(count: 0, isExact: true, changesAt: midnight))
    _ = try await office.task(dueAt: Scene.now + 1000)
    _ = try await office.task(dueAt: Scene.now - 1000)
    _ = try await office.task(dueOn: "2026-11-22")
    _ = try await office.task(dueOn: "2026-11-22", assignee: office.maya)
    #expect(try await own() == OverdueTasks(count: 2, isExact: true, changesAt: Scene.now + 1001))
  }

  @Test("who has lost sight of a deal has its tasks neither in the list nor in a count")
  func lostSight() async throws {
    let scene = try await ClosedOffice()
    let reader = scene.agent(.reader)
    _ = try await scene.parley.editTask(
      scene.task.id, TaskDraft(kind: "Whispering", dueOn: "2026-11-01"), by: scene.office.maya)
    #expect(try await scene.parley.overdueTasks(by: reader).count == 1)
    #expect(try await scene.parley.taskKinds(by: reader) == ["Whispering"])
    _ = try await scene.parley.setRights([], of: scene.readers.id, in: scene.closed.id, by: scene.office.maya)
    #expect(try await scene.parley.overdueTasks(by: reader).count == 0)
    #expect(try await scene.parley.taskKinds(by: reader) == [])
    let agenda = try await scene.parley.tasks(assignedTo: reader.id, by: reader)
    #expect(agenda.groups.allSatisfy { $0.tasks.isEmpty && $0.count == 0 && $0.isExact })
  }

  @Test("kinds of one's own are offered again, the latest first, and each once")
  func kinds() async throws {
    let office = try await Office()
    for kind in ["Demo", "call", "Visit", "Demo", "lunch"] { _ = try await office.task(kind: kind) }
    #expect(try await office.parley.taskKinds(by: office.maya) == ["Demo", "Visit"])
  }
}

extension Office {
  /// A task of Tom's about a contact, if nobody else is to do it.
  fileprivate func task(
    dueOn: String? = nil, dueAt: Int64? = nil, assignee: AgentIdentity? = nil, kind: String = "call"
  ) async throws -> AssignedTask {
    if try await scene.rows().contacts == 0 { _ = try await add(draft()) }
    let draft = TaskDraft(
      title: "Task", kind: kind, dueOn: dueOn.map { .some($0) }, dueAt: dueAt.map { .some($0) },
      assigneeID: (assignee ?? tom).id)
    return try await parley.addTask(draft, to: RecordID(.contact, 1), by: maya)
  }
}
