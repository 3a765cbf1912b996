import Foundation
import Testing

@testable import ParleyCore

@Suite("What automations do")
struct ActionTests {
  @Test("a deal is changed, gets a task, a note and a tag, and the texts know the deal and the day")
  func dealWork() async throws {
    let scene = try await EngineScene()
    try await scene.automation(
      [.when(.dealCreated)],
      [
        .step(.dealUpdate) {
          $0.stageID = scene.pipeline.stages[2].id
          $0.ownerID = scene.workshop.agent.id
          $0.value = .money(.init(minor: 4200, currency: "USD"))
        },
        .step(.taskAdd) {
          $0.on = .deal
          $0.title = "Call %FIRSTNAME% about %DEAL_VALUE%"
          $0.taskKind = "call"
          $0.dueInDays = 2
        },
        .step(.noteAdd) {
          $0.on = .deal
          $0.text = "%DEAL_TITLE% in %DEAL_STAGE%\nof %DEAL_OWNER_FULL_NAME% on %TODAY+1%"
        },
        .step(.tagAdd) {
          $0.on = .deal
          $0.tag = "Hot"
        },
      ])
    let deal = try await scene.deal(with: try await scene.contact())
    _ = await scene.engine.work()
    let after = try await scene.parley.deal(deal.id, by: scene.owner)
    #expect(after.stage.id == scene.pipeline.stages[2].id && after.owner.id == scene.workshop.agent.id)
    #expect(after.value.minorUnits == 4200 && after.tags == ["Hot"])
    let time = try await scene.parley.read { try WorkspaceTime(now: scene.parley.now(), in: $0) }
    let task = try #require(after.nextTask)
    #expect(task.title == "Call Ada about 42.00 USD" && task.dueOn == time.today.adding(days: 2))
    #expect(task.assignee.id == scene.workshop.agent.id)
    let notes = try await scene.parley.notes(
      on: RecordID(.deal, deal.id), before: nil, limit: 9, by: scene.owner)
    let tomorrow = try #require(time.today.adding(days: 1))
    #expect(notes.notes.map(\.text) == ["By hand in Follow Up\nof Adam Agent on \(tomorrow)"])
  }

  @Test("a contact's fields are set, also those of one's own, and a value that cannot be fails the run")
  func fields() async throws {
    let scene = try await EngineScene()
    let field = try await scene.parley.addField(
      FieldDraft(kind: .contact, type: .date, name: "Since"), by: scene.owner)
    func set(_ name: String, _ value: String) -> AutomationStep {
      .step(.fieldSet, id: "set-\(name.replacing(".", with: "-"))") {
        $0.on = .contact
        $0.field = name
        $0.value = .text(value)
      }
    }
    let automation = try await scene.automation(
      [.when(.contactCreated)],
      [set("jobTitle", "Friend of %FIRSTNAME%"), set("fields.\(field.id)", "%TODAY%")])
    let bad = try await scene.automation([.when(.contactCreated)], [set("fields.\(field.id)", "%FIRSTNAME%")])
    let contact = try await scene.contact()
    _ = await scene.engine.work()
    let after = try await scene.parley.contact(contact.id, by: scene.owner)
    let today = try await scene.parley.read { try WorkspaceTime(now: scene.parley.now(), in: $0).today }
    #expect(after.jobTitle == "Friend of Ada" && after.fields[field.id] == .date(today))
    #expect(try await scene.runs(automation)[0].status == .done)
    #expect(try await scene.runs(bad)[0].code == "fields.invalid")
  }

  @Test("a conversation is answered, assigned and completed; an agent is told")
  func conversation() async throws {
    let scene = try await EngineScene()
    try await scene.automation(
      [.when(.visitorWrote)],
      [
        .step(.messageSend) { $0.text = "We are back on %TODAY+1%." },
        .step(.conversationAssign) { $0.assigneeID = scene.workshop.agent.id },
        .step(.agentNotify) { $0.text = "Someone wrote" },
        .step(.conversationComplete),
      ])
    let conversation = try await scene.workshop.conversation()
    _ = await scene.engine.work()
    let thread = try await scene.parley.thread(of: conversation.id, .latest, by: scene.owner)
    let answer = try #require(thread.messages.first { $0.author == .agent })
    #expect(answer.text.hasPrefix("We are back on 20") && answer.agentID == scene.owner.id)
    let view = try await scene.parley.conversation(conversation.id, by: scene.owner)
    #expect(view.conversation.status == .completed && view.conversation.assigneeID == scene.workshop.agent.id)
    let page = try await scene.parley.notifications(by: scene.workshop.agent)
    #expect(page.unread == 1 && page.notifications.map(\.text) == ["Someone wrote"])
    #expect(page.notifications[0].link == Notification.Link(kind: .conversation, id: conversation.id))
    #expect(try await scene.parley.notifications(by: scene.owner).notifications.isEmpty)
    let unread = try await scene.parley.readNotifications(
      upTo: page.notifications[0].id, by: scene.workshop.agent)
    #expect(unread == 0)
  }

  @Test("a run whose webhook must wait for others says so, once")
  func queued() async throws {
    let scene = try await EngineScene()
    let automation = try await scene.automation(
      [.when(.contactCreated)],
      [scene.wait(5, .days), .step(.webhookCall) { $0.url = "https://hooks.example/x" }])
    _ = try await scene.contact()
    _ = await scene.engine.work()
    let run = try await scene.runs(automation)[0]
    for _ in 1...2 { try await scene.parley.putOff(run.id, by: 1000) }
    let steps = try await scene.parley.run(run.id, by: scene.owner).steps
    #expect(steps.map(\.outcome) == [.waiting, .waiting])
    #expect(steps.map(\.code) == [nil, "automation.webhook.queued"])
  }

  @Test("a webhook is called signed, tried again under the same name, and its refusal ends the run")
  func webhook() async throws {
    let scene = try await EngineScene()
    let automation = try await scene.automation(
      [.when(.contactCreated)],
      [
        .step(.webhookCall) {
          $0.url = "https://hooks.example/x"
          $0.secret = "key"
        }, scene.note(),
      ])
    scene.calls.will(.answered(500), .unreachable, .answered(204))
    let contact = try await scene.contact()
    func settle() async throws {
      _ = await scene.engine.work()
      // The call goes on beside the engine: what it came to is stored when the run has moved.
      while try await scene.parley.run(scene.runs(automation)[0].id, by: scene.owner).steps.count
        < scene.calls.requests.count
      { await Task.yield() }
    }
    try await settle()
    #expect(scene.calls.requests.count == 1)
    scene.workshop.advance(by: 60_000)
    try await settle()
    scene.workshop.advance(by: 300_000)
    try await settle()
    _ = await scene.engine.work()
    #expect(try await scene.notes(of: contact).count == 1)
    let requests = scene.calls.requests
    #expect(requests.count == 3 && Set(requests.map(\.delivery)).count == 1)
    #expect(requests[0].signature?.hasPrefix("sha256=") == true)
    let steps = try await scene.steps(try await scene.runs(automation)[0])
    #expect(steps == ["webhook-call retrying", "webhook-call retrying", "webhook-call done", "note done"])
    scene.calls.will(.refused)
    _ = try await scene.contact()
    _ = await scene.engine.work()
    while try await scene.runs(automation)[0].status == .active { await Task.yield() }
    #expect(try await scene.runs(automation)[0].code == "automation.webhook.refused")
  }

  @Test(
    "HMAC is the standard's (RFC 4231, cases 1, 2 and 6)",
    arguments: [
      (
        [UInt8](repeating: 0x0B, count: 20), "Hi There",
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
      ),
      (
        Array("Jefe".utf8), "what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
      ),
      (
        [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
      ),
    ])
  func hmac(key: [UInt8], message: String, expected: String) {
    let code = HMAC.sha256(message.utf8, key: key)
    #expect(code.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() == expected)
  }
}
