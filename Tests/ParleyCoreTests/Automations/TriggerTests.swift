import Foundation
import Testing

@testable import ParleyCore

/// What an automation waits for, in a scene.
private struct Waiting {
  let trigger: (EngineScene) -> AutomationTrigger
}

@Suite("What automations wait for")
struct TriggerTests {
  /// Whether an automation with the trigger is begun by what is done then.
  private func begins(
    _ waiting: Waiting, _ act: (EngineScene) async throws -> Void
  ) async throws -> Int {
    let scene = try await EngineScene()
    let automation = try await scene.automation([waiting.trigger(scene)], [.step(.end)])
    try await act(scene)
    _ = await scene.engine.work()
    return try await scene.runs(automation).count
  }

  @Test("a tag is waited for by its name, whoever writes it how, and on one kind of record")
  func tags() async throws {
    let waiting = Waiting { _ in
      .when(.tagAdded) {
        $0.tag = "Wholesale"
        $0.on = .contact
      }
    }
    #expect(try await begins(waiting) { _ = try await $0.contact(tags: ["WHOLESALE"]) } == 1)
    #expect(try await begins(waiting) { _ = try await $0.contact(tags: ["retail"]) } == 0)
    let onDeal = try await begins(waiting) { scene in
      let deal = try await scene.deal(with: try await scene.contact())
      _ = try await scene.parley.editDeal(deal.id, DealChange(tags: ["wholesale"]), by: scene.owner)
    }
    #expect(onDeal == 0)
  }

  @Test("a field that changed, and no other; one of one's own too")
  func fields() async throws {
    func phone(_ change: ContactChange) async throws -> Int {
      try await begins(
        Waiting { _ in
          .when(.fieldChanged) {
            $0.on = .contact
            $0.field = "phone"
          }
        }
      ) { scene in
        let contact = try await scene.contact()
        _ = try await scene.parley.editContact(contact.id, change, by: scene.owner)
      }
    }
    #expect(try await phone(ContactChange(phone: "+33 1 23")) == 1)
    #expect(try await phone(ContactChange(jobTitle: "Chef")) == 0)
    let scene = try await EngineScene()
    let field = try await scene.parley.addField(
      FieldDraft(kind: .contact, type: .number, name: "Seats"), by: scene.owner)
    let name = "fields.\(field.id)"
    let automation = try await scene.automation(
      [
        .when(.fieldChanged) {
          $0.on = .contact
          $0.field = name
        }
      ],
      [
        .step(.condition) {
          $0.tests = [AutomationTest(subject: name, is: .equals, value: .text("12"))]
          $0.yes = [scene.note("yes", "twelve")]
        }
      ])
    let contact = try await scene.contact()
    _ = try await scene.parley.editContact(
      contact.id, ContactChange(fields: [field.id: .text("12")]), by: scene.owner)
    _ = await scene.engine.work()
    #expect(try await scene.runs(automation).count == 1)
    #expect(try await scene.notes(of: contact) == ["twelve"])
  }

  @Test("what becomes of a deal: stage, status, value, owner, pipeline")
  func deals() async throws {
    func change(
      _ waiting: Waiting, _ change: @escaping (EngineScene) -> DealChange
    ) async throws -> Int {
      try await begins(waiting) { scene in
        let deal = try await scene.deal(with: try await scene.contact())
        _ = try await scene.parley.editDeal(deal.id, change(scene), by: scene.owner)
      }
    }
    let toLast: (EngineScene) -> DealChange = { DealChange(stageID: $0.pipeline.stages[2].id) }
    #expect(try await change(Waiting { _ in .when(.dealStageChanged) }, toLast) == 1)
    #expect(
      try await change(
        Waiting { scene in .when(.dealStageChanged) { $0.toStageID = scene.pipeline.stages[2].id } }, toLast)
        == 1)
    #expect(
      try await change(
        Waiting { scene in .when(.dealStageChanged) { $0.toStageID = scene.pipeline.stages[1].id } }, toLast)
        == 0)
    #expect(
      try await change(
        Waiting { scene in .when(.dealStageChanged) { $0.fromStageID = scene.pipeline.stages[0].id } }, toLast
      ) == 1)
    #expect(
      try await change(Waiting { _ in .when(.dealStatusChanged) { $0.to = .won } }) { _ in
        DealChange(status: .won)
      }
        == 1)
    #expect(
      try await change(Waiting { _ in .when(.dealStatusChanged) { $0.to = .lost } }) { _ in
        DealChange(status: .won)
      }
        == 0)
    #expect(
      try await change(Waiting { _ in .when(.dealValueChanged) }) { _ in
        DealChange(value: .init(minor: 1, currency: nil))
      } == 1)
    #expect(
      try await change(Waiting { _ in .when(.dealOwnerChanged) }) {
        DealChange(ownerID: $0.workshop.agent.id)
      } == 1)
    #expect(try await change(Waiting { _ in .when(.dealCreated) }) { _ in DealChange(title: "Other") } == 1)
    #expect(
      try await change(Waiting { scene in .when(.dealEnteredPipeline) { $0.pipelineID = scene.pipeline.id } })
      { _ in
        DealChange(title: "Other")
      } == 1)
  }

  @Test("conversations: started, written in, completed, pages by their pattern")
  func conversations() async throws {
    #expect(
      try await begins(Waiting { _ in .when(.conversationStarted) }) {
        _ = try await $0.workshop.conversation()
      } == 1
    )
    #expect(
      try await begins(Waiting { _ in .when(.visitorWrote) }) { _ = try await $0.workshop.conversation() }
        == 1)
    let completed = try await begins(Waiting { _ in .when(.conversationCompleted) }) { scene in
      let conversation = try await scene.workshop.conversation()
      _ = try await scene.parley.updateConversation(
        conversation.id, ConversationChange(status: .completed), by: scene.owner)
    }
    #expect(completed == 1)
    for (pattern, count) in [("*/prices*", 1), ("https://shop.example/*", 1), ("*/about", 0), ("*", 1)] {
      let visited = try await begins(Waiting { _ in .when(.pageVisited) { $0.url = pattern } }) { scene in
        let conversation = try await scene.workshop.conversation()
        try await scene.parley.visit(
          Page(url: "https://shop.example/prices?from=home", title: "Prices"), from: conversation.visitor)
      }
      #expect(visited == count, "\(pattern)")
    }
    let task = try await begins(Waiting { _ in .when(.taskDone) { $0.taskKind = "Call" } }) { scene in
      let contact = try await scene.contact()
      let task = try await scene.parley.addTask(
        TaskDraft(title: "Ring", kind: "call"), to: RecordID(.contact, contact.id), by: scene.owner)
      _ = try await scene.parley.editTask(task.id, TaskDraft(done: true), by: scene.owner)
    }
    #expect(task == 1)
  }

  @Test(
    "nobody answers in time: once for the first of the messages, not after an answer, and anew for the next question"
  )
  func unanswered() async throws {
    let scene = try await EngineScene()
    let automation = try await scene.automation(
      [.when(.conversationUnanswered) { $0.minutes = 10 }], [.step(.end)])
    let conversation = try await scene.workshop.conversation()
    let next = await scene.engine.work()
    #expect(next == scene.parley.now() + 600_000)
    scene.workshop.advance(by: 300_000)
    try await scene.parley.post(text: "Anyone?", clientID: .client(), from: conversation.visitor)
    _ = await scene.engine.work()
    scene.workshop.advance(by: 300_000)
    _ = await scene.engine.work()
    #expect(try await scene.runs(automation).count == 1)
    try await scene.workshop.answer("Here I am", to: conversation.id)
    scene.workshop.advance(by: 3_600_000)
    _ = await scene.engine.work()
    #expect(try await scene.runs(automation).count == 1)
    // A question that is answered, and the next one that is not, within one wait.
    try await scene.parley.post(text: "And this?", clientID: .client(), from: conversation.visitor)
    _ = await scene.engine.work()
    scene.workshop.advance(by: 60_000)
    try await scene.workshop.answer("Yes", to: conversation.id)
    scene.workshop.advance(by: 60_000)
    try await scene.parley.post(text: "And that?", clientID: .client(), from: conversation.visitor)
    _ = await scene.engine.work()
    scene.workshop.advance(by: 480_000)
    _ = await scene.engine.work()
    #expect(try await scene.runs(automation).count == 1)
    scene.workshop.advance(by: 120_000)
    _ = await scene.engine.work()
    #expect(try await scene.runs(automation).count == 2)
  }

  @Test(
    "days before a close date: once, in the workspace's day, for an open deal, and again for another date")
  func closeDate() async throws {
    let scene = try await EngineScene()
    // 2023-11-14 in Paris; a deal that closes in three days.
    let today = try await scene.parley.read { try WorkspaceTime(now: scene.parley.now(), in: $0).today }
    let closeOn = try #require(today.adding(days: 3))
    let automation = try await scene.automation(
      [.when(.dealCloseDate) { $0.days = -2 }], [.step(.end)])
    let deal = try await scene.deal(with: try await scene.contact(), closeOn: closeOn.description)
    let next = try #require(await scene.engine.work())
    let midnight = try #require(today.adding(days: 1)).start(in: TimeZone(identifier: "Europe/Paris")!)
    #expect(next == midnight)
    #expect(try await scene.runs(automation).isEmpty)
    scene.workshop.advance(by: midnight - scene.parley.now())
    _ = await scene.engine.work()
    #expect(try await scene.runs(automation).map { $0.deal?.id } == [deal.id])
    _ = await scene.engine.work()
    #expect(try await scene.runs(automation).count == 1)
    // Put off to a date whose day is today: its day has begun.
    let later = try #require(today.adding(days: 4))
    _ = try await scene.parley.editDeal(
      deal.id, DealChange(forecastedCloseOn: later.description), by: scene.owner)
    _ = await scene.engine.work()
    #expect(try await scene.runs(automation).count == 1)
    scene.workshop.advance(by: 86_400_000)
    _ = await scene.engine.work()
    #expect(try await scene.runs(automation).count == 2)
    _ = await scene.engine.work()
    #expect(try await scene.runs(automation).count == 2)
  }
}
