import Foundation
import Synchronization

@testable import ParleyCore

/// A workshop with an engine that works when the test says so.
struct EngineScene {
  let workshop: Workshop
  let engine: AutomationEngine
  let pipeline: Pipeline
  let calls = Calls()

  init() async throws {
    workshop = try await Workshop()
    pipeline = try await workshop.parley.pipelines(by: workshop.owner)[0]
    engine = AutomationEngine(workshop.parley, call: { [calls] in calls.answer($0) }, failed: { _ in })
  }

  var parley: Parley { workshop.parley }
  var owner: AgentIdentity { workshop.owner }

  /// What webhooks were called, and how each is answered.
  final class Calls: Sendable {
    private let state = Mutex<(requests: [WebhookRequest], outcomes: [WebhookOutcome])>(([], []))

    var requests: [WebhookRequest] { state.withLock { $0.requests } }

    func will(_ outcomes: WebhookOutcome...) {
      state.withLock { $0.outcomes += outcomes }
    }

    func answer(_ request: WebhookRequest) -> WebhookOutcome {
      state.withLock { state in
        state.requests.append(request)
        return state.outcomes.isEmpty ? .answered(200) : state.outcomes.removeFirst()
      }
    }
  }

  /// An automation that is on.
  @discardableResult
  func automation(
    _ triggers: [AutomationTrigger], _ steps: [AutomationStep], entry: Automation.Entry = .always
  ) async throws -> Int64 {
    let draft = AutomationDraft(
      name: "Test", entry: entry, definition: AutomationDefinition(triggers: triggers, steps: steps))
    let added = try await parley.addAutomation(draft, idempotencyKey: .fresh(), by: owner)
    return try await parley.setAutomation(added.id, enabled: true, by: owner).id
  }

  func contact(_ name: String = "Ada Lovelace", tags: [String]? = nil) async throws -> Contact {
    let email = "\(UUID().uuidString.lowercased())@example.com"
    let parts = name.split(separator: " ").map(String.init)
    return try await parley.addContact(
      ContactChange(
        email: email, firstName: parts[0], lastName: parts.dropFirst().joined(separator: " "), tags: tags),
      idempotencyKey: .fresh(), by: owner)
  }

  func deal(with contact: Contact, minor: Int64 = 1000, closeOn: String? = nil) async throws -> Deal {
    let draft = DealDraft(
      title: "By hand", value: .init(minor: minor, currency: "USD"), ownerID: owner.id,
      forecastedCloseOn: closeOn,
      pipelineID: pipeline.id, stageID: pipeline.stages[0].id, contact: .existing(contact.id))
    return try await parley.addDeal(draft, idempotencyKey: .fresh(), by: owner).deal
  }

  func deals(of contact: Contact) async throws -> [Deal] {
    try await parley.deals(ofContact: contact.id, by: owner).deals
  }

  func runs(_ automation: Int64) async throws -> [AutomationRun] {
    try await parley.runs(ofAutomation: automation, by: owner).runs
  }

  func steps(_ run: AutomationRun) async throws -> [String] {
    try await parley.run(run.id, by: owner).steps.map { "\($0.stepID) \($0.outcome.rawValue)" }
  }

  var addDeal: AutomationStep {
    var step = AutomationStep(id: "add", kind: .dealAdd)
    step.title = "Deal for %FULLNAME%"
    step.value = .money(.init(minor: 5000, currency: "USD"))
    step.pipelineID = pipeline.id
    step.stageID = pipeline.stages[1].id
    return step
  }

  func note(_ id: String = "note", _ text: String = "Noted for %FIRSTNAME%") -> AutomationStep {
    var step = AutomationStep(id: id, kind: .noteAdd)
    step.on = .contact
    step.text = text
    return step
  }

  func wait(_ amount: Int, _ unit: AutomationStep.Unit, id: String = "wait") -> AutomationStep {
    var step = AutomationStep(id: id, kind: .wait)
    step.amount = amount
    step.unit = unit
    return step
  }

  func notes(of contact: Contact) async throws -> [String] {
    try await parley.notes(on: RecordID(.contact, contact.id), before: nil, limit: 50, by: owner).notes.map(
      \.text)
  }
}

extension AutomationTrigger {
  static func when(_ kind: Kind, _ fill: (inout AutomationTrigger) -> Void = { _ in }) -> AutomationTrigger {
    var trigger = AutomationTrigger(id: "when", kind: kind)
    fill(&trigger)
    return trigger
  }
}

extension AutomationStep {
  static func step(_ kind: Kind, id: String? = nil, _ fill: (inout AutomationStep) -> Void = { _ in })
    -> AutomationStep
  {
    var step = AutomationStep(id: id ?? kind.rawValue.replacing(".", with: "-"), kind: kind)
    fill(&step)
    return step
  }
}
