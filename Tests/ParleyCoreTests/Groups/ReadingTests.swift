import Testing

@testable import ParleyCore

/// A way on which a deal could come before someone's eyes.
struct ReadingPath: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// Whether the deal of the closed pipeline came.
  let shows: @Sendable (ClosedOffice, AgentIdentity) async throws -> Bool
  /// Whether the deal that everyone may see came; nil where the path leads to one deal.
  let showsOpen: (@Sendable (ClosedOffice, AgentIdentity) async throws -> Bool)?

  /// A path to one deal, or to what hangs on it.
  init(
    _ name: String, _ shows: @escaping @Sendable (ClosedOffice, AgentIdentity) async throws -> Bool
  ) {
    testDescription = name
    self.shows = shows
    showsOpen = nil
  }

  /// A path to several deals.
  init(
    deals name: String, _ deals: @escaping @Sendable (ClosedOffice, AgentIdentity) async throws -> [Deal]
  ) {
    testDescription = name
    shows = { scene, agent in try await deals(scene, agent).contains { $0.id == scene.deal.id } }
    showsOpen = { scene, agent in try await deals(scene, agent).contains { $0.id == scene.openDeal.id } }
  }

  private static func list(
    _ scene: ClosedOffice, _ agent: AgentIdentity, _ narrow: (inout DealFilter) -> Void = { _ in }
  ) async throws -> DealPage {
    var filter = DealFilter()
    filter.status = .all
    narrow(&filter)
    return try await scene.parley.deals(filter, order: .newest, after: nil, limit: 50, by: agent)
  }

  private static let range = Result { try ReportFilter(from: "2026-11-01", to: "2026-12-31") }

  private static func of(_ pipeline: Pipeline) throws -> ReportFilter {
    var filter = try range.get()
    filter.pipelineID = pipeline.id
    return filter
  }

  static let all: [ReadingPath] = [
    ReadingPath("the deal's page") { try await $0.parley.deal($0.deal.id, by: $1).title == "Confidential" },
    ReadingPath("the pipelines") { scene, agent in
      try await scene.parley.pipelines(by: agent).contains { $0.id == scene.closed.id }
    },
    ReadingPath("what a page begins with") { scene, agent in
      try await scene.parley.opening(for: agent).pipelines.contains { $0.id == scene.closed.id }
    },
    ReadingPath("the board") { scene, agent in
      try await scene.parley.board(of: scene.closed.id, DealFilter(), by: agent).columns[0].count == 1
    },
    ReadingPath(deals: "the list") { try await list($0, $1).deals },
    ReadingPath("the list's count") { try await list($0, $1).count == 2 },
    ReadingPath("the list's totals") { try await list($0, $1).totals.contains { $0.count == 2 } },
    ReadingPath("the list of the pipeline") { scene, agent in
      try await list(scene, agent) { $0.pipelineID = scene.closed.id }.count == 1
    },
    ReadingPath("the list of the stage") { scene, agent in
      try await list(scene, agent) { $0.stageID = scene.closed.stages[0].id }.count == 1
    },
    ReadingPath("the search by title") { try await list($0, $1) { $0.search = "confi" }.count == 1 },
    ReadingPath(deals: "the search by contact") { try await list($0, $1) { $0.search = "nora" }.deals },
    ReadingPath("the search by tag") { try await list($0, $1) { $0.tags = ["secret"] }.count == 1 },
    ReadingPath(deals: "the list of an owner's") { scene, agent in
      try await list(scene, agent) { $0.ownerID = scene.office.maya.id }.deals
    },
    ReadingPath(deals: "the list of a contact's") { scene, agent in
      try await list(scene, agent) { $0.contactID = scene.deal.contact?.id }.deals
    },
    ReadingPath(deals: "the contact's page") { scene, agent in
      try await scene.parley.deals(ofContact: scene.deal.contact?.id ?? 0, by: agent).deals
    },
    ReadingPath("the first page of the contact's, full all the same") { scene, agent in
      let page = try await scene.parley.deals(
        ofContact: scene.deal.contact?.id ?? 0, limit: 1, by: agent)
      #expect(page.deals.count == 1)
      return page.deals[0].id == scene.deal.id && page.next != nil
    },
    ReadingPath(deals: "the account's page") { scene, agent in
      try await scene.parley.deals(ofAccount: scene.deal.account?.id ?? 0, by: agent).deals
    },
    ReadingPath(deals: "the conversation's panel") { scene, agent in
      try await scene.parley.conversation(scene.conversationID, by: agent).panel.deals
    },
    ReadingPath("the panel's count") { scene, agent in
      try await scene.parley.conversation(scene.conversationID, by: agent).panel.dealsTotal == 2
    },
    ReadingPath("the line in the thread") { scene, agent in
      try await scene.parley.thread(of: scene.conversationID, .latest, by: agent).messages
        .contains { $0.detail == .dealAdded(dealID: scene.deal.id, title: "Confidential") }
    },
    ReadingPath("the deal's conversations") { scene, agent in
      try await scene.parley.conversations(ofDeal: scene.deal.id, by: agent).count == 1
    },
    ReadingPath("the notes") { scene, agent in
      let record = RecordID(.deal, scene.deal.id)
      return try await scene.parley.notes(on: record, before: nil, limit: 9, by: agent).notes.count == 1
    },
    ReadingPath("the tasks") { scene, agent in
      try await scene.parley.tasks(of: RecordID(.deal, scene.deal.id), by: agent).tasks.count == 1
    },
    ReadingPath("everyone's tasks") { scene, agent in
      try await scene.parley.tasks(assignedTo: nil, by: agent).groups
        .contains { $0.tasks.contains { $0.id == scene.task.id } }
    },
    ReadingPath("the count of everyone's tasks") { scene, agent in
      try await scene.parley.tasks(assignedTo: nil, in: .undated, by: agent).groups[0].count == 1
    },
    ReadingPath("someone's tasks") { scene, agent in
      try await scene.parley.tasks(assignedTo: scene.task.assignee.id, in: .undated, by: agent).groups[0]
        .count == 1
    },
    ReadingPath("the kinds that tasks were given") { scene, agent in
      _ = try await scene.parley.editTask(
        scene.task.id, TaskDraft(kind: "Whispering"), by: scene.office.maya)
      return try await scene.parley.taskKinds(by: agent) == ["Whispering"]
    },
    ReadingPath("the history") { scene, agent in
      try await !scene.parley.history(of: scene.deal.id, before: nil, limit: 9, by: agent).changes.isEmpty
    },
    ReadingPath("the forecast") { scene, agent in
      let forecast = try await scene.parley.forecast(range.get(), by: .month, for: agent)
      return forecast.totals[0].open.count == 2
    },
    ReadingPath("the forecast of the pipeline") { scene, agent in
      try await scene.parley.forecast(of(scene.closed), by: .month, for: agent).totals[0].open.count == 1
    },
    ReadingPath(deals: "the deals behind a figure") { scene, agent in
      try await scene.parley.deals(behind: .open, of: range.get(), limit: 50, for: agent)
    },
    ReadingPath("the funnel") { scene, agent in
      try await scene.parley.funnel(of(scene.closed), for: agent).entries.contains { $0.entered.count == 1 }
    },
    ReadingPath("the times in the stages") { scene, agent in
      try await !scene.parley.stageTimes(of(scene.closed), for: agent).rows.isEmpty
    },
    ReadingPath("the deals that entered a stage") { scene, agent in
      try await scene.parley.deals(
        entering: scene.closed.stages[0].id, StageFate.allCases, of: of(scene.closed), limit: 9, for: agent
      ).count == 1
    },
    ReadingPath("the file of the list") { scene, agent in
      var filter = DealFilter()
      filter.status = .all
      let text = try await scene.export(.deals(filter, .newest), by: agent)
      #expect(text.contains(",Open,"))
      return text.contains("Confidential")
    },
    ReadingPath("the suggested tags") { scene, agent in
      _ = try await scene.parley.editDeal(
        scene.openDeal.id, DealChange(tags: ["seen"]), by: scene.office.maya)
      let tags = try await scene.parley.tags(beginning: "se", by: agent)
      #expect(tags.contains("seen"))
      return tags.contains("secret")
    },
    ReadingPath("the contacts with open deals") { scene, agent in
      // Only the closed one is left open.
      _ = try await scene.parley.editDeal(
        scene.openDeal.id, DealChange(status: .won), by: scene.office.maya)
      var filter = RecordFilter()
      filter.openDeals = .any
      return try await scene.parley.contactList(filter, by: agent).contacts.count == 1
    },
    ReadingPath("the accounts with open deals") { scene, agent in
      _ = try await scene.parley.editDeal(
        scene.openDeal.id, DealChange(status: .won), by: scene.office.maya)
      var filter = RecordFilter()
      filter.openDeals = .any
      return try await scene.parley.accountList(filter, by: agent).accounts.count == 1
    },
    ReadingPath("the runs of automations") { scene, agent in
      let owner = scene.office.maya
      var trigger = AutomationTrigger(id: "when", kind: .dealStatusChanged)
      trigger.pipelineID = scene.closed.id
      let draft = AutomationDraft(
        name: "Follow", entry: .always,
        definition: AutomationDefinition(triggers: [trigger], steps: [AutomationStep(id: "end", kind: .end)]))
      let added = try await scene.parley.addAutomation(draft, idempotencyKey: .fresh(), by: owner)
      _ = try await scene.parley.setAutomation(added.id, enabled: true, by: owner)
      _ = try await scene.parley.editDeal(scene.deal.id, DealChange(status: .won), by: owner)
      _ = await AutomationEngine(scene.parley, call: { _ in .answered(200) }, failed: { _ in }).work()
      let contactID = scene.deal.contact?.id ?? 0
      let runs = try await scene.parley.runs(ofContact: contactID, by: agent).runs
      #expect(runs.count == 1)
      return runs[0].deal?.title == "Confidential"
    },
    ReadingPath("what automations told") { scene, agent in
      let (hidden, open) = (scene.deal, scene.openDeal)
      _ = try await scene.parley.write { transaction, changes in
        for (text, deal) in [("Confidential is hot", hidden), ("Open is hot", open)] {
          _ = try NotificationRecords.insert(
            text, about: RunContext(dealID: deal.id), for: agent.id, by: nil, at: changes.now, in: transaction
          )
        }
      }
      let page = try await scene.parley.notifications(by: agent)
      #expect(
        page.notifications.contains { $0.text == "Open is hot" } && page.unread == page.notifications.count)
      return page.notifications.contains { $0.text == "Confidential is hot" }
    },
    ReadingPath("what was lost and why") { scene, agent in
      _ = try await scene.parley.editDeal(
        scene.deal.id, DealChange(status: .lost, lostReason: "Leaked"), by: scene.office.maya)
      let outcomes = try await scene.parley.outcomes(range.get(), for: agent)
      return outcomes.reasons.map(\.reason) == ["Leaked"] && outcomes.owners[0].lost.count == 1
    },
  ]
}

@Suite("What one may not see appears nowhere")
struct ReadingTests {
  @Test(
    "whoever may see a pipeline sees its deals on each path, and nobody else does",
    arguments: ReadingPath.all, ClosedOffice.Kind.allCases)
  func paths(path: ReadingPath, kind: ClosedOffice.Kind) async throws {
    let scene = try await ClosedOffice()
    let agent = scene.agent(kind)
    do {
      #expect(try await path.shows(scene, agent) == kind.sees)
    } catch ParleyError.notFound {
      #expect(!kind.sees)
    }
    // The outsider is someone of the team: what everyone may see comes to them by the same path.
    if let showsOpen = path.showsOpen { #expect(try await showsOpen(scene, agent)) }
  }

  @Test("the pipelines say what one may do in each, and who sees it")
  func rights() async throws {
    let scene = try await ClosedOffice()
    let watchers = [ClosedOffice.Kind.owner, .member, .reader].map { scene.agent($0).id }.sorted()
    for (kind, rights) in [(ClosedOffice.Kind.owner, PipelineRights.all), (.member, .all), (.reader, .see)] {
      let found = try await scene.parley.pipelines(by: scene.agent(kind)).first { $0.id == scene.closed.id }
      #expect(found?.rights == rights)
      #expect(found?.watchers == watchers)
    }
    let open = try await scene.parley.pipelines(by: scene.office.tom)
    #expect(open.map(\.rights) == [.all])
  }

  @Test("the rights of all one's groups come together")
  func union() async throws {
    let scene = try await ClosedOffice()
    let parley = scene.parley
    let (owner, reader) = (scene.office.maya, scene.agent(.reader))
    let adders = try await parley.addGroup(GroupDraft(name: "Adders", members: [reader.id]), by: owner)
    _ = try await parley.setRights(.add, of: adders.id, in: scene.closed.id, by: owner)
    func rights() async throws -> PipelineRights? {
      try await parley.pipelines(by: reader).first { $0.id == scene.closed.id }?.rights
    }
    #expect(try await rights() == [.see, .add])
    try await parley.removeGroup(scene.readers.id, by: owner)
    #expect(try await rights() == [.see, .add])
    _ = try await parley.editGroup(adders.id, GroupDraft(members: []), by: owner)
    #expect(try await rights() == nil)
  }

  @Test("an answer that was lost on its way is given again only to who may still see the deal")
  func idempotency() async throws {
    let scene = try await ClosedOffice()
    let member = scene.agent(.member)
    var draft = scene.office.draft(title: "Twice", contact: .existing(scene.deal.contact?.id ?? 0))
    draft.pipelineID = scene.closed.id
    draft.stageID = nil
    let key = IdempotencyKey.fresh()
    let added = try await scene.parley.addDeal(draft, idempotencyKey: key, by: member)
    #expect(try await scene.parley.addDeal(draft, idempotencyKey: key, by: member) == added)
    _ = try await scene.parley.setRights([], of: scene.members.id, in: scene.closed.id, by: scene.office.maya)
    await #expect(throws: ParleyError.notFound) {
      try await scene.parley.addDeal(draft, idempotencyKey: key, by: member)
    }
  }
}
