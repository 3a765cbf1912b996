import Foundation
import Testing

@testable import ParleyCore

@Suite("Automations at work")
struct EngineTests {
  @Test(
    "a contact who reaches the step gets the deal, with its title's tags resolved, and its history names the automation"
  )
  func addsDeal() async throws {
    let scene = try await EngineScene()
    let automation = try await scene.automation([.when(.contactCreated)], [scene.addDeal])
    let contact = try await scene.contact()
    _ = await scene.engine.work()
    let deal = try #require(try await scene.deals(of: contact).first)
    #expect(deal.title == "Deal for Ada Lovelace" && deal.stage.id == scene.pipeline.stages[1].id)
    let change = try #require(
      try await scene.parley.history(of: deal.id, before: nil, limit: 9, by: scene.owner).changes.last)
    #expect(change.automation?.id == automation && change.field == .created)
    let run = try #require(try await scene.runs(automation).first)
    #expect(run.status == .done && run.deal?.id == deal.id && run.contact?.id == contact.id)
    #expect(try await scene.steps(run) == ["add done"])
  }

  @Test(
    "what happened before an automation was switched on does not begin it, and nothing is logged for one that is off"
  )
  func onlyFromNow() async throws {
    let scene = try await EngineScene()
    let before = try await scene.contact()
    let automation = try await scene.automation([.when(.contactCreated)], [scene.note()])
    _ = await scene.engine.work()
    #expect(try await scene.notes(of: before).isEmpty)
    _ = try await scene.parley.setAutomation(automation, enabled: false, by: scene.owner)
    let off = try await scene.contact()
    let facts = try await scene.parley.read { try FactRecords.pending(limit: 9, in: $0).count }
    #expect(facts == 0)
    _ = try await scene.parley.setAutomation(automation, enabled: true, by: scene.owner)
    _ = await scene.engine.work()
    #expect(try await scene.notes(of: off).isEmpty)
  }

  @Test("a wait lasts, and the run goes on behind it")
  func waits() async throws {
    let scene = try await EngineScene()
    let automation = try await scene.automation(
      [.when(.contactCreated)], [scene.wait(2, .hours), scene.note()])
    let contact = try await scene.contact()
    let next = await scene.engine.work()
    #expect(next == scene.parley.now() + 2 * 3_600_000)
    #expect(try await scene.runs(automation)[0].status == .active)
    scene.workshop.advance(by: 2 * 3_600_000 - 1)
    _ = await scene.engine.work()
    #expect(try await scene.notes(of: contact).isEmpty)
    scene.workshop.advance(by: 1)
    _ = await scene.engine.work()
    #expect(try await scene.notes(of: contact) == ["Noted for Ada"])
    #expect(try await scene.steps(try await scene.runs(automation)[0]) == ["wait waiting", "note done"])
  }

  @Test("a step that fails leaves nothing of its own, ends its run alone, and can be tried again")
  func failure() async throws {
    let scene = try await EngineScene()

    // A visitor who is nobody's contact reaches a step that needs one.
    let automation = try await scene.automation(
      [.when(.visitorWrote)], [scene.note("first"), scene.note("second")])
    let stranger = try await scene.workshop.conversation()
    let known = try await scene.workshop.conversation()
    let contact = try await scene.workshop.contact("Grace Hopper", "grace@example.com")
    try await scene.parley.identify(name: "Grace", email: "grace@example.com", from: known.visitor)
    try await scene.parley.post(text: "Again", clientID: .client(), from: known.visitor)
    _ = await scene.engine.work()
    let runs = try await scene.runs(automation)
    #expect(runs.filter { $0.status == .failed && $0.code == "automation.contact.missing" }.count == 2)
    #expect(runs.filter { $0.status == .done }.count == 1)
    #expect(try await scene.notes(of: contact).count == 2)
    let failed = try #require(runs.first { $0.conversationID == stranger.id })
    let again = try await scene.parley.retryRun(failed.id, by: scene.owner)
    #expect(again.status == .active)
    _ = await scene.engine.work()
    #expect(try await scene.parley.run(failed.id, by: scene.owner).run.status == .failed)
    await #expect(throws: ParleyError.runNotFailed) {
      _ = try await scene.parley.retryRun(runs.first { $0.status == .done }!.id, by: scene.owner)
    }
  }

  @Test("two automations that set each other off are cut short")
  func loops() async throws {
    let scene = try await EngineScene()
    func tag(_ tag: String, adds other: String) async throws -> Int64 {
      try await scene.automation(
        [
          .when(.tagAdded) {
            $0.tag = tag
            $0.on = .contact
          }
        ],
        [
          .step(.tagRemove) {
            $0.tag = tag
            $0.on = .contact
          },
          .step(.tagAdd) {
            $0.tag = other
            $0.on = .contact
          },
        ])
    }
    let one = try await tag("one", adds: "two")
    let two = try await tag("two", adds: "one")
    _ = try await scene.contact(tags: ["one"])
    _ = await scene.engine.work()
    let runs = try await scene.runs(one) + scene.runs(two)
    #expect(runs.count == 7)
    #expect(runs.filter { $0.status == .refused }.map(\.code) == ["automation.chain.too-long"])
  }

  @Test("a contact enters at most ten times a day; the eleventh is refused, once")
  func entries() async throws {
    let scene = try await EngineScene()
    let automation = try await scene.automation([.when(.visitorWrote)], [.step(.end)])
    let conversation = try await scene.workshop.conversation()
    for _ in 0..<14 {
      try await scene.parley.post(text: "More", clientID: .client(), from: conversation.visitor)
    }
    _ = await scene.engine.work()
    let runs = try await scene.runs(automation)
    #expect(runs.filter { $0.status == .done }.count == 10)
    #expect(runs.filter { $0.status == .refused }.map(\.code) == ["automation.entries.too-many"])
    scene.workshop.advance(by: AutomationEntering.entriesPeriod + 1)
    try await scene.parley.post(text: "Tomorrow", clientID: .client(), from: conversation.visitor)
    _ = await scene.engine.work()
    #expect(try await scene.runs(automation)[0].status == .done)
  }

  @Test("a “go to” without a wait comes to an end")
  func gotoLoop() async throws {
    let scene = try await EngineScene()
    let automation = try await scene.automation(
      [.when(.contactCreated)],
      [
        .step(.condition, id: "if") {
          $0.match = .all
          $0.tests = [AutomationTest(subject: "contact.account", is: .existsNot)]
          $0.yes = [.step(.goto) { $0.target = "if" }]
        }
      ])
    _ = try await scene.contact()
    _ = await scene.engine.work()
    let run = try await scene.runs(automation)[0]
    #expect(run.status == .failed && run.code == "automation.steps.too-many")
  }

  @Test("a condition goes one way or the other, and the flow goes on behind it")
  func condition() async throws {
    let scene = try await EngineScene()
    let automation = try await scene.automation(
      [.when(.contactCreated)],
      [
        .step(.condition, id: "if") {
          $0.match = .all
          $0.tests = [AutomationTest(subject: "contact.tag", is: .has, value: .text("VIP"))]
          $0.yes = [scene.note("yes", "is vip")]
          $0.no = [scene.note("no", "is none")]
        }, scene.note("after", "behind"),
      ])
    let vip = try await scene.contact(tags: ["vip"])
    let other = try await scene.contact()
    _ = await scene.engine.work()
    #expect(try await scene.notes(of: vip) == ["behind", "is vip"])
    #expect(try await scene.notes(of: other) == ["behind", "is none"])
    let steps = try await scene.steps(try await scene.runs(automation)[0])
    #expect(steps == ["if no", "no done", "after done"])
  }

  @Test("a run whose next step is no more is stopped; one that is switched off stands still")
  func changedUnderWay() async throws {
    let scene = try await EngineScene()
    let automation = try await scene.automation(
      [.when(.contactCreated)], [scene.wait(1, .hours), scene.note()])
    let contact = try await scene.contact()
    _ = await scene.engine.work()
    _ = try await scene.parley.setAutomation(automation, enabled: false, by: scene.owner)
    scene.workshop.advance(by: 3_600_000)
    _ = await scene.engine.work()
    #expect(try await scene.notes(of: contact).isEmpty)
    let stored = try await scene.parley.automation(automation, by: scene.owner)
    let draft = AutomationDraft(
      name: "Test",
      definition: AutomationDefinition(triggers: stored.definition.triggers, steps: [.step(.end)]))
    _ = try await scene.parley.saveAutomation(automation, draft, version: stored.version, by: scene.owner)
    _ = try await scene.parley.setAutomation(automation, enabled: true, by: scene.owner)
    _ = await scene.engine.work()
    let run = try await scene.runs(automation)[0]
    #expect(run.status == .stopped && run.code == "automation.step.removed")
  }

  @Test("“once” is once")
  func once() async throws {
    let scene = try await EngineScene()
    let automation = try await scene.automation([.when(.visitorWrote)], [.step(.end)], entry: .once)
    let conversation = try await scene.workshop.conversation()
    try await scene.parley.post(text: "More", clientID: .client(), from: conversation.visitor)
    _ = await scene.engine.work()
    #expect(try await scene.runs(automation).count == 1)
  }
}
