import SQLite

/// An automation of a demo, and who has been through it.
struct DemoAutomation: Sendable, Decodable {
  struct Run: Sendable, Decodable {
    struct Step: Sendable, Decodable {
      var id: String
      var outcome: AutomationRunStep.Outcome
      var code: String?
    }

    /// A contact's e-mail.
    var contact: String
    var minutesAgo: Int64
    var status: AutomationRun.Status
    /// One a minute, from the run's beginning.
    var steps: [Step]
    var code: String?
    /// Of an active run: the step that it waits for, and for how long yet.
    var next: String?
    var waitsMinutes: Int64?
  }

  var name: String
  /// An agent's key.
  var by: String
  /// Ids in it are those that an empty database gives: pipelines, stages and agents in the order of the demo.
  var definition: AutomationDefinition
  var runs: [Run]

  /// - Throws: `defect` for an automation that cannot run.
  func insert(
    _ cast: DemoCast, now: Int64, in transaction: borrowing Transaction
  ) throws {
    let problems = try AutomationCheck.problems(of: definition, in: transaction.snapshot)
    guard problems.isEmpty, let trigger = definition.triggers.first else {
      throw ParleyError.defect(reason: "demo: \(problems.map(\.code).joined(separator: ", "))")
    }
    let id = try AutomationRecords.insert(
      name, entry: .always, definition, by: try cast.agent(by).id, at: now - DemoCast.age, in: transaction)
    try AutomationRecords.setEnabled(id, true, in: transaction)
    // What had its day before is not done again.
    let today = try WorkspaceTime(now: now, in: transaction.snapshot).today
    for trigger in definition.triggers where trigger.kind == .dealCloseDate {
      try AutomationTimerRecords.setProgress(of: id, trigger.id, through: today, in: transaction)
    }
    for run in runs { try insert(run, of: id, by: trigger.kind, cast, now: now, in: transaction) }
  }

  private func insert(
    _ run: Run, of automationID: Int64, by trigger: AutomationTrigger.Kind, _ cast: DemoCast,
    now: Int64, in transaction: borrowing Transaction
  ) throws {
    let began = now - run.minutesAgo * 60_000
    let context = RunContext(contactID: try cast.contactID(run.contact))
    let id = try RunRecords.insert(
      context, of: automationID, subject: context.subject ?? "", trigger: trigger, status: .active,
      stepID: run.next ?? definition.steps.first?.id, depth: 0, at: began, in: transaction)
    let flow = AutomationFlow(definition)
    for (index, step) in run.steps.enumerated() {
      guard let told = flow.steps[step.id] else {
        throw ParleyError.defect(reason: "demo: no step \(step.id)")
      }
      try RunRecords.log(
        told, of: id, step.outcome, code: step.code, at: began + Int64(index) * 60_000, in: transaction)
    }
    guard let stored = try RunRecords.run(id, in: transaction.snapshot) else { return }
    if run.status == .active {
      let wakeAt = now + (run.waitsMinutes ?? 60) * 60_000
      try RunRecords.advance(stored, to: run.next, steps: 0, at: wakeAt, in: transaction)
    } else {
      let ended = began + Int64(run.steps.count) * 60_000
      try RunRecords.end(stored, run.status, code: run.code, at: ended, in: transaction)
    }
  }
}
