import Testing

@testable import ParleyCore

@Suite("What keeps an automation from running")
struct CheckTests {
  private func problems(
    _ triggers: [AutomationTrigger], _ steps: (EngineScene) -> [AutomationStep]
  ) async throws -> [String] {
    let scene = try await EngineScene()
    let draft = AutomationDraft(
      name: "Draft", definition: AutomationDefinition(triggers: triggers, steps: steps(scene)))
    let added = try await scene.parley.addAutomation(draft, idempotencyKey: .fresh(), by: scene.owner)
    if !added.problems.isEmpty {
      await #expect(throws: ParleyError.automationFaulty(added.problems)) {
        _ = try await scene.parley.setAutomation(added.id, enabled: true, by: scene.owner)
      }
    }
    return added.problems.map { "\($0.id ?? "-") \($0.code)" }
  }

  @Test("an empty one may be saved, and says what it lacks")
  func empty() async throws {
    #expect(
      try await problems([]) { _ in [] } == ["- automation.triggers.required", "- automation.steps.required"])
  }

  @Test("each step tells what it lacks, at its place")
  func steps() async throws {
    let found = try await problems([.when(.contactCreated)]) { _ in
      [
        .step(.dealAdd), .step(.taskAdd), .step(.messageSend) { $0.text = "Hi" },
        .step(.webhookCall) { $0.url = "ftp://x" },
        .step(.goto) { $0.target = "nowhere" }, .step(.wait), .step(.condition),
        .step(.noteAdd) {
          $0.on = .contact
          $0.text = "%DEAL_TITLE% %NICKNAME%"
        },
      ]
    }
    #expect(
      found == [
        "deal-add automation.title.required", "deal-add automation.value.required",
        "deal-add automation.pipeline.required", "task-add automation.title.required",
        "task-add automation.taskKind.required", "task-add automation.on.required",
        "message-send automation.context.conversation", "webhook-call automation.url.invalid",
        "goto automation.target.unknown", "wait automation.unit.required",
        "condition automation.tests.required",
        "note-add automation.text.unknown-tag",
      ])
  }

  @Test(
    "a test tells what it lacks at its own place, a value what its field cannot hold, and a text which tags")
  func places() async throws {
    let scene = try await EngineScene()
    let field = try await scene.parley.addField(
      FieldDraft(kind: .contact, type: .number, name: "Seats"), by: scene.owner)
    let steps: [AutomationStep] = [
      .step(.condition) {
        $0.tests = [
          AutomationTest(subject: "contact.tag", is: .has, value: .text("VIP")),
          AutomationTest(subject: "contact.tag", is: .has, value: .text(" ")),
          AutomationTest(subject: "fields.999", is: .exists),
        ]
      },
      .step(.fieldSet) {
        $0.on = .contact
        $0.field = "fields.\(field.id)"
        $0.value = .text("many")
      },
      .step(.noteAdd) {
        $0.on = .contact
        $0.text = "%NICKNAME% %DEAL_TITLE% %FIRSTNAME%"
      },
    ]
    let draft = AutomationDraft(
      name: "Draft", definition: AutomationDefinition(triggers: [.when(.contactCreated)], steps: steps))
    let problems = try await scene.parley.addAutomation(draft, idempotencyKey: .fresh(), by: scene.owner)
      .problems
    #expect(
      problems.map { "\($0.field) \($0.code)" } == [
        "tests.1.value automation.value.required", "tests.2.subject automation.subject.unknown",
        "value automation.value.invalid", "text automation.text.unknown-tag",
      ])
    #expect(problems.last?.tags == ["NICKNAME", "DEAL_TITLE"])
  }

  @Test("the tags of a deal are known behind the step that adds one, and in a branch only there")
  func dealTags() async throws {
    func note(_ id: String) -> AutomationStep {
      .step(.noteAdd, id: id) {
        $0.on = .contact
        $0.text = "%DEAL_TITLE%"
      }
    }
    #expect(
      try await problems([.when(.contactCreated)]) { [note("before"), $0.addDeal, note("after")] }
        == ["before automation.text.unknown-tag"])
    let branched = try await problems([.when(.contactCreated)]) { scene in
      [
        .step(.condition) {
          $0.tests = [AutomationTest(subject: "contact.deal", is: .existsNot)]
          $0.yes = [scene.addDeal, note("within")]
        }, note("behind"),
      ]
    }
    #expect(branched == ["behind automation.text.unknown-tag"])
  }

  @Test("a save over another's is refused with what it is now; the same save again is not")
  func conflict() async throws {
    let scene = try await EngineScene()
    let added = try await scene.parley.addAutomation(
      AutomationDraft(name: "One"), idempotencyKey: .fresh(), by: scene.owner)
    let saved = try await scene.parley.saveAutomation(
      added.id, AutomationDraft(name: "Two"), version: added.version, by: scene.owner)
    let again = try await scene.parley.saveAutomation(
      added.id, AutomationDraft(name: "Two"), version: added.version, by: scene.owner)
    #expect(again == saved)
    await #expect(throws: ParleyError.automationConflict(current: saved)) {
      _ = try await scene.parley.saveAutomation(
        added.id, AutomationDraft(name: "Three"), version: added.version, by: scene.owner)
    }
    await #expect(throws: ParleyError.permissionDenied) {
      _ = try await scene.parley.automations(by: scene.workshop.agent)
    }
  }
}
