import Testing

@testable import ParleyCore

@Suite("Deals by automation with visitors who are nobody's contact")
struct AddressTests {
  private static let month: Int64 = 30 * 24 * 60 * 60 * 1000

  private func deals(_ scene: EngineScene) async throws -> [Deal] {
    try await scene.parley.deals(
      DealFilter(), order: .newest, after: nil, limit: 5, by: scene.owner
    ).deals
  }

  @Test("an address that the visitor gave makes the contact with the deal")
  func known() async throws {
    let scene = try await EngineScene()
    let automation = try await scene.automation(
      [.when(.conversationCompleted)], [scene.addDeal, scene.note()])
    let conversation = try await scene.workshop.conversation()
    try await scene.parley.identify(
      name: "Ada Lovelace", email: "ada@engine.example", from: conversation.visitor)
    _ = try await scene.parley.updateConversation(
      conversation.id, ConversationChange(status: .completed), by: scene.owner)
    _ = await scene.engine.work()
    let run = try #require(try await scene.runs(automation).first)
    #expect(run.status == .done)
    let deal = try #require(try await deals(scene).first)
    #expect(deal.title == "Deal for Ada Lovelace" && deal.conversationID == conversation.id)
    let contact = try #require(deal.contact)
    #expect(contact.email == "ada@engine.example" && run.contact?.id == contact.id)
    // The run goes on with the contact too.
    let notes = try await scene.parley.notes(
      on: RecordID(.contact, contact.id), before: nil, limit: 5, by: scene.owner)
    #expect(notes.notes.map(\.text) == ["Noted for Ada"])
  }

  @Test("a run waits until the visitor gives an address, and goes on with it", arguments: [true, false])
  func waits(_ saysSo: Bool) async throws {
    let scene = try await EngineScene()
    let automation = try await scene.automation([.when(.conversationStarted)], [scene.addDeal])
    let other = try await scene.automation(
      [.when(.conversationStarted)], [scene.wait(5, .days), .step(.end)])
    let conversation = try await scene.workshop.conversation()
    let outsider = try await scene.workshop.conversation()
    _ = await scene.engine.work()
    let waiting = try await scene.runs(automation)
    #expect(waiting.map(\.status) == [.active, .active])
    #expect(waiting.allSatisfy { $0.wakeAt == scene.parley.now() + Self.month })
    let view = try await scene.parley.run(waiting[0].id, by: scene.owner)
    #expect(view.steps.map(\.code) == ["automation.address.awaited"])
    #expect(try await deals(scene).isEmpty)
    // A name is no address.
    try await scene.parley.identify(name: "Ada", email: nil, from: conversation.visitor)
    _ = await scene.engine.work()
    #expect(try await deals(scene).isEmpty)
    if saysSo {
      try await scene.parley.identify(name: nil, email: "ada@engine.example", from: conversation.visitor)
    } else {
      let visitorID = try await scene.parley.conversation(conversation.id, by: scene.owner).conversation
        .visitorID
      try await scene.parley.updateVisitor(
        visitorID, VisitorChange(email: "ada@engine.example"), by: scene.owner)
    }
    _ = await scene.engine.work()
    #expect(try await deals(scene).map(\.conversationID) == [conversation.id])
    let runs = try await scene.runs(automation)
    let done = try #require(runs.first { $0.conversationID == conversation.id })
    #expect(done.status == .done)
    #expect(try await scene.steps(done) == ["add waiting", "add done"])
    // Nobody else's run went on, nor one that waits for days.
    #expect(runs.first { $0.conversationID == outsider.id }?.status == .active)
    #expect(try await scene.runs(other).map(\.status) == [.active, .active])
  }

  @Test("what was tried before in a run's place is no wait for an address")
  func tried() async throws {
    let scene = try await EngineScene()
    let automation = try await scene.automation(
      [.when(.conversationStarted)], [scene.wait(5, .days), scene.addDeal])
    try await scene.workshop.conversation()
    _ = await scene.engine.work()
    let id = try await scene.runs(automation)[0].id
    try await scene.parley.write { transaction, changes in
      try RunRecords.postpone(id, tries: 1, to: changes.now, in: transaction)
    }
    _ = await scene.engine.work()
    #expect(try await scene.runs(automation)[0].status == .active)
    #expect(try await scene.steps(try await scene.runs(automation)[0]).last == "add waiting")
  }

  @Test("a run that waited in vain ends without a deal, and says why")
  func inVain() async throws {
    let scene = try await EngineScene()
    let automation = try await scene.automation([.when(.conversationStarted)], [scene.addDeal, scene.note()])
    try await scene.workshop.conversation()
    _ = await scene.engine.work()
    scene.workshop.advance(by: Self.month)
    _ = await scene.engine.work()
    let run = try #require(try await scene.runs(automation).first)
    #expect(run.status == .stopped && run.code == "automation.address.missing")
    #expect(try await scene.steps(run) == ["add waiting", "add skipped"])
    #expect(try await deals(scene).isEmpty)
  }

  @Test("nobody is told of a deal that they may not see")
  func told() async throws {
    let scene = try await EngineScene()
    let automation = try await scene.automation(
      [.when(.dealCreated)],
      [
        .step(.agentNotify) {
          $0.agentID = scene.workshop.agent.id
          $0.text = "New: %DEAL_TITLE%"
        }
      ])
    _ = try await scene.deal(with: try await scene.contact())
    _ = await scene.engine.work()
    #expect(try await scene.parley.notifications(by: scene.workshop.agent).notifications.count == 1)
    let everyone = try #require(try await scene.parley.groups(by: scene.owner).first { $0.isEveryone })
    _ = try await scene.parley.setRights([], of: everyone.id, in: scene.pipeline.id, by: scene.owner)
    _ = try await scene.deal(with: try await scene.contact())
    _ = await scene.engine.work()
    // What was told before goes with the right to see it, and comes back with it.
    let closed = try await scene.parley.notifications(by: scene.workshop.agent)
    #expect(closed.notifications.isEmpty && closed.unread == 0)
    #expect(try await scene.runs(automation).first?.code == "automation.agent.denied")
    _ = try await scene.parley.setRights(.see, of: everyone.id, in: scene.pipeline.id, by: scene.owner)
    #expect(try await scene.parley.notifications(by: scene.workshop.agent).unread == 1)
  }

  @Test("a checkbox is asked whether it is checked, a choice which it is")
  func fields() async throws {
    let scene = try await EngineScene()
    let box = try await scene.parley.addField(
      FieldDraft(kind: .contact, type: .checkbox, name: "Signed"), by: scene.owner)
    let plan = try await scene.parley.addField(
      FieldDraft(
        kind: .contact, type: .choice, name: "Plan", choices: [.init(name: "Gold"), .init(name: "Tin")]),
      by: scene.owner)
    let ofDeal = try await scene.parley.addField(
      FieldDraft(kind: .deal, type: .checkbox, name: "Urgent"), by: scene.owner)
    let tests: [(AutomationTest, checked: Bool, bare: Bool)] = [
      (.init(subject: "fields.\(box.id)", is: .equals, value: .text("true")), true, false),
      (.init(subject: "fields.\(box.id)", is: .equals, value: .text("false")), false, true),
      (.init(subject: "fields.\(box.id)", is: .equalsNot, value: .text("true")), false, true),
      (.init(subject: "fields.\(box.id)", is: .exists), true, false),
      (.init(subject: "fields.\(plan.id)", is: .equals, value: .id(plan.choices[0].id)), true, false),
      (.init(subject: "fields.\(plan.id)", is: .equalsNot, value: .id(plan.choices[1].id)), true, false),
      // There is no deal whose box could be unchecked.
      (.init(subject: "fields.\(ofDeal.id)", is: .equals, value: .text("false")), false, false),
    ]
    var automations: [Int64] = []
    for (test, _, _) in tests {
      automations.append(
        try await scene.automation(
          [.when(.contactCreated)],
          [
            .step(.condition) {
              $0.tests = [test]
              $0.yes = [.step(.end, id: "holds")]
              $0.no = []
            }
          ]))
    }
    for isChecked in [true, false] {
      _ = try await scene.parley.addContact(
        ContactChange(
          email: "\(isChecked)@example.com",
          fields: isChecked ? [box.id: .truth(true), plan.id: .integer(plan.choices[0].id)] : nil),
        idempotencyKey: .fresh(), by: scene.owner)
      _ = await scene.engine.work()
      for (automation, (test, checked, bare)) in zip(automations, tests) {
        let run = try #require(try await scene.runs(automation).first)
        let holds = try await scene.steps(run).first == "condition yes"
        #expect(holds == (isChecked ? checked : bare), "\(test) of \(isChecked)")
      }
    }
  }
}
