import SQLite

/// An automation of a demo, and who has been through it.
struct DemoAutomation: Sendable, Decodable {
  struct Run: Sendable, Decodable {
    struct Step: Sendable, Decodable {
      var id: String
      var outcome: AutomationRunStep.Outcome
      var code: String?
      /// From the run's beginning; without it, one a minute.
      var afterMinutes: Int64?
    }

    /// A contact's e-mail.
    var contact: String
    /// A deal's key.
    var deal: String?
    var minutesAgo: Int64
    var status: AutomationRun.Status
    var steps: [Step]
    var code: String?
    /// Of an active run: the step that it waits for, and for how long yet.
    var next: String?
    var waitsMinutes: Int64?
  }

  /// What it told an agent.
  struct Notice: Sendable, Decodable {
    /// An agent's key.
    var to: String
    var text: String
    /// A contact's e-mail.
    var contact: String
    /// A deal's key.
    var deal: String?
    var minutesAgo: Int64
    var isRead: Bool
  }

  var name: String
  /// An agent's key.
  var by: String
  var isOff: Bool?
  /// Ids in it are those that an empty database gives: pipelines, stages and agents in the order of the demo.
  var definition: AutomationDefinition
  var runs: [Run]
  /// The oldest first.
  var notices: [Notice]?

  /// - Parameter deals: by their keys.
  /// - Throws: `defect` for an automation that cannot run.
  func insert(
    _ cast: DemoCast, deals: [String: Int64], now: Int64, in transaction: borrowing Transaction
  ) throws {
    let problems = try AutomationCheck.problems(of: definition, in: transaction.snapshot)
    guard problems.isEmpty, let trigger = definition.triggers.first else {
      throw ParleyError.defect(reason: "demo: \(problems.map(\.code).joined(separator: ", "))")
    }
    let id = try AutomationRecords.insert(
      name, entry: .always, definition, by: try cast.agent(by).id, at: now - DemoCast.age, in: transaction)
    try AutomationRecords.setEnabled(id, isOff != true, in: transaction)
    // What had its day before is not done again.
    let today = try WorkspaceTime(now: now, in: transaction.snapshot).today
    for trigger in definition.triggers where trigger.kind == .dealCloseDate {
      try AutomationTimerRecords.setProgress(of: id, trigger.id, through: today, in: transaction)
    }
    for run in runs {
      let context = RunContext(
        contactID: try cast.contactID(run.contact),
        dealID: try run.deal.map { try DemoCast.find($0, in: deals) })
      try insert(run, about: context, of: id, by: trigger.kind, now: now, in: transaction)
    }
    for notice in notices ?? [] {
      let context = RunContext(
        contactID: try cast.contactID(notice.contact),
        dealID: try notice.deal.map { try DemoCast.find($0, in: deals) })
      let agentID = try cast.agent(notice.to).id
      let told = now - notice.minutesAgo * 60_000
      let number = try NotificationRecords.insert(
        notice.text, about: context, for: agentID, by: id, at: told, in: transaction)
      guard notice.isRead else { continue }
      _ = try NotificationRecords.markRead(upTo: number, of: agentID, at: told + 60_000, in: transaction)
    }
  }

  private func insert(
    _ run: Run, about context: RunContext, of automationID: Int64, by trigger: AutomationTrigger.Kind,
    now: Int64, in transaction: borrowing Transaction
  ) throws {
    let began = now - run.minutesAgo * 60_000
    let id = try RunRecords.insert(
      context, of: automationID, subject: context.subject ?? "", trigger: trigger, status: .active,
      stepID: run.next ?? definition.steps.first?.id, depth: 0, at: began, in: transaction)
    let wakeAt = now + (run.waitsMinutes ?? 60) * 60_000
    let moments = run.steps.enumerated().map { began + ($1.afterMinutes ?? Int64($0)) * 60_000 }
    let flow = AutomationFlow(definition)
    for (index, step) in run.steps.enumerated() {
      guard let told = flow.steps[step.id] else {
        throw ParleyError.defect(reason: "demo: no step \(step.id)")
      }
      let next = index + 1 < moments.count ? moments[index + 1] : wakeAt
      try RunRecords.log(
        told, of: id, step.outcome, code: step.code,
        detail: step.outcome == .waiting ? AutomationStepDetail(until: next) : nil, at: moments[index],
        in: transaction)
    }
    guard let stored = try RunRecords.run(id, in: transaction.snapshot) else { return }
    if run.status == .active {
      try RunRecords.advance(stored, to: run.next, steps: 0, at: wakeAt, in: transaction)
    } else {
      try RunRecords.end(stored, run.status, code: run.code, at: moments.last ?? began, in: transaction)
    }
  }
}
