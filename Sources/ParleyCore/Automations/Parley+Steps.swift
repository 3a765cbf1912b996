import SQLite

/// What a run needs of the world outside before it can go on.
package struct WebhookRequest: Sendable, Hashable {
  package let url: String
  /// Empty for none.
  package let secret: String
  /// The same at each try of the same step.
  package let delivery: String
  /// JSON.
  package let body: [UInt8]

  /// What proves to the receiver that whoever knows the secret sent this: HMAC-SHA256 over the body. Nil without a secret.
  package var signature: String? {
    guard !secret.isEmpty else { return nil }
    let code = HMAC.sha256(body, key: secret.utf8)
    return "sha256=" + code.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}

/// What came of a webhook's call.
package enum WebhookOutcome: Sendable, Hashable {
  /// The receiver's status code.
  case answered(Int)
  /// Nobody was reached, or not in time; a later try may succeed.
  case unreachable
  /// The address is none that may be called; no try will succeed.
  case refused
  /// This machine has no program to call with.
  case unavailable
}

/// What became of a run's turn.
enum RunTurn: Sendable {
  /// It did what it could.
  case done
  /// It waits for a webhook that has to be called.
  case calls(WebhookRequest)
}

extension Parley {
  static let mostSteps = 100
  /// How long a webhook's call is thought to be under way, in milliseconds: after that, and after a restart, it is tried again.
  private static let callLease: Int64 = 120_000
  /// How long a run waits for a visitor's address, in milliseconds: a month.
  private static let addressWait: Int64 = 30 * 24 * 60 * 60 * 1000
  /// Waits between the tries of a webhook, in milliseconds.
  private static let callPauses: [Int64] = [60_000, 300_000, 1_800_000, 7_200_000]

  /// The runs whose next step is due, a page of them.
  func dueRuns(limit: Int) async throws(ParleyError) -> [Int64] {
    let now = now()
    return try await read { snapshot in
      var due: [Int64] = []
      for automation in try AutomationRecords.enabled(in: snapshot) where due.count < limit {
        due += try RunRecords.due(of: automation.id, at: now, limit: limit - due.count, in: snapshot)
      }
      return due
    }
  }

  /// Does a run's next step: its effect, its line in the log and the run's new place are one transaction. A step that fails leaves
  /// nothing of its own, and ends the run as failed.
  ///
  /// - Throws: `storageUnavailable`: nothing has happened then.
  func advance(_ runID: Int64) async throws(ParleyError) -> RunTurn {
    do {
      return try await advanceOnce(runID)
    } catch {
      if case .storageUnavailable = error { throw error }
      try await fail(runID, code: error.stepCode)
      return .done
    }
  }

  private func advanceOnce(_ runID: Int64) async throws(ParleyError) -> RunTurn {
    try await write { [presence] transaction, changes in
      guard let run = try RunRecords.run(runID, in: transaction.snapshot), run.isDue(at: changes.now),
        let automation = try AutomationRecords.enabled(run.automationID, in: transaction.snapshot)
      else { return .done }
      let flow = AutomationFlow(automation.definition)
      guard let stepID = run.stepID else {
        try RunRecords.end(run, .done, at: changes.now, in: transaction)
        return .done
      }
      guard let step = flow.steps[stepID] else {
        try RunRecords.end(run, .stopped, code: "automation.step.removed", at: changes.now, in: transaction)
        return .done
      }
      guard run.steps < Self.mostSteps else { throw StepFailure("automation.steps.too-many") }
      changes.cause = FactCause(automationID: automation.id, depth: run.depth + 1)
      if step.kind == .webhookCall {
        let request = try Self.request(step, of: run, automation, at: changes.now, in: transaction.snapshot)
        try RunRecords.postpone(
          run.id, tries: run.tries, to: changes.now + Self.callLease, in: transaction)
        return .calls(request)
      }
      var execution = StepExecution(step, of: run, by: automation.author, presence, changes)
      let result = try execution.perform(in: transaction)
      if case .awaitAddress = result {
        try Self.awaitAddress(run, step, in: transaction, changes)
        return .done
      }
      try Self.move(run.about(execution.context), behind: step, result, flow, in: transaction, changes)
      return .done
    }
  }

  /// A run that has waited for an address in vain ends without what needs one.
  private static func awaitAddress(
    _ run: StoredRun, _ step: AutomationStep, in transaction: borrowing Transaction, _ changes: Changes
  ) throws {
    if try RunRecords.lastCode(of: run.id, at: step.id, in: transaction.snapshot) == RunRecords.addressAwaited
    {
      let code = "automation.address.missing"
      try RunRecords.log(step, of: run.id, .skipped, code: code, at: changes.now, in: transaction)
      try RunRecords.end(run, .stopped, code: code, at: changes.now, in: transaction)
    } else {
      let until = changes.now + addressWait
      try RunRecords.log(
        step, of: run.id, .waiting, code: RunRecords.addressAwaited,
        detail: AutomationStepDetail(until: until), at: changes.now, in: transaction)
      try RunRecords.postpone(run.id, tries: run.tries, to: until, in: transaction)
    }
    try changes.recordAutomations([run.automationID], in: transaction)
  }

  private static func move(
    _ run: StoredRun, behind step: AutomationStep, _ result: StepExecution.Result, _ flow: AutomationFlow,
    in transaction: borrowing Transaction, _ changes: Changes
  ) throws {
    let now = changes.now
    var next = flow.after(step)
    var steps = run.steps + 1
    var wakeAt = now
    switch result {
    case .next(let detail):
      try RunRecords.log(step, of: run.id, .done, detail: detail, at: now, in: transaction)
    case .branch(let holds):
      next = flow.after(step, holds: holds)
      try RunRecords.log(step, of: run.id, holds ? .yes : .no, at: now, in: transaction)
    case .wait(let until):
      steps = 0
      wakeAt = until
      let detail = AutomationStepDetail(until: until)
      try RunRecords.log(step, of: run.id, .waiting, detail: detail, at: now, in: transaction)
    // It stays where it is.
    case .awaitAddress: return
    case .goto(let target):
      next = target
      try RunRecords.log(step, of: run.id, .done, at: now, in: transaction)
    case .end:
      next = nil
      try RunRecords.log(step, of: run.id, .done, at: now, in: transaction)
    }
    try RunRecords.advance(run, to: next, steps: steps, at: wakeAt, in: transaction)
    if next == nil, wakeAt <= now { try RunRecords.end(run, .done, at: now, in: transaction) }
  }

  private func fail(_ runID: Int64, code: String) async throws(ParleyError) {
    try await write { transaction, changes in
      guard let run = try RunRecords.run(runID, in: transaction.snapshot), run.status == .active else {
        return
      }
      let automation = try AutomationRecords.enabled(run.automationID, in: transaction.snapshot)
      if let step = run.stepID.flatMap({ id in automation.flatMap { AutomationFlow($0.definition).steps[id] }
      }) {
        try RunRecords.log(step, of: runID, .failed, code: code, at: changes.now, in: transaction)
      }
      try RunRecords.end(run, .failed, code: code, at: changes.now, in: transaction)
      try changes.recordAutomations([run.automationID], in: transaction)
    }
  }

  /// Has a run whose webhook cannot be called just now, since too many are, come back later. Said once, however often that is.
  func putOff(_ runID: Int64, by milliseconds: Int64) async throws(ParleyError) {
    try await write { transaction, changes in
      guard let run = try RunRecords.run(runID, in: transaction.snapshot), run.status == .active else {
        return
      }
      let automation = try AutomationRecords.enabled(run.automationID, in: transaction.snapshot)
      let code = "automation.webhook.queued"
      if let stepID = run.stepID,
        let step = automation.flatMap({ AutomationFlow($0.definition).steps[stepID] }),
        try RunRecords.lastCode(of: runID, at: stepID, in: transaction.snapshot) != code
      {
        try RunRecords.log(step, of: runID, .waiting, code: code, at: changes.now, in: transaction)
        try changes.recordAutomations([run.automationID], in: transaction)
      }
      try RunRecords.postpone(runID, tries: run.tries, to: changes.now + milliseconds, in: transaction)
    }
  }

  /// What became of the call that a run waited for. Nothing if the run has gone on or ended since.
  func called(_ runID: Int64, _ request: WebhookRequest, _ outcome: WebhookOutcome) async throws(ParleyError)
  {
    try await write { transaction, changes in
      guard let run = try RunRecords.run(runID, in: transaction.snapshot), run.status == .active,
        request.delivery == Self.delivery(of: run),
        let automation = try AutomationRecords.enabled(run.automationID, in: transaction.snapshot),
        let stepID = run.stepID, let step = AutomationFlow(automation.definition).steps[stepID]
      else { return }
      let now = changes.now
      switch outcome {
      case .answered(let status) where (200..<300).contains(status):
        try Self.move(
          run, behind: step, .next(AutomationStepDetail(status: status)),
          AutomationFlow(automation.definition),
          in: transaction, changes)
      case .answered, .unreachable, .refused, .unavailable:
        let status: Int? = if case .answered(let status) = outcome { status } else { nil }
        let code = outcome.code
        let detail = status.map { AutomationStepDetail(status: $0) }
        if outcome.mayPass, run.tries < Self.callPauses.count {
          try RunRecords.log(
            step, of: runID, .retrying, code: code, detail: detail, at: now, in: transaction)
          try RunRecords.postpone(
            runID, tries: run.tries + 1, to: now + Self.callPauses[run.tries], in: transaction)
        } else {
          try RunRecords.log(step, of: runID, .failed, code: code, detail: detail, at: now, in: transaction)
          try RunRecords.end(run, .failed, code: code, at: now, in: transaction)
        }
      }
      try changes.recordAutomations([run.automationID], in: transaction)
    }
  }

  /// Names a step of a run, and not its tries.
  private static func delivery(of run: StoredRun) -> String {
    "\(run.id)-\(run.stepID ?? "")-\(run.steps)"
  }

  private static func request(
    _ step: AutomationStep, of run: StoredRun, _ automation: StoredAutomation, at now: Int64,
    in snapshot: borrowing Snapshot
  ) throws -> WebhookRequest {
    struct Body: Encodable {
      let automation: AutomationReference
      let run: Int64
      let contact: Contact?
      let deal: Deal?
      let conversationID: Int64?
    }
    let time = try WorkspaceTime(now: now, in: snapshot)
    let body = Body(
      automation: AutomationReference(id: automation.id, name: automation.name), run: run.id,
      contact: try run.context.contactID.flatMap { try ContactRecords.contact($0, in: snapshot) },
      deal: try run.context.dealID.flatMap { try DealRecords.deal($0, at: time, in: snapshot) },
      conversationID: run.context.conversationID)
    return WebhookRequest(
      url: step.url?.trimmed ?? "", secret: step.secret ?? "", delivery: delivery(of: run),
      body: try JSON.bytes(body))
  }
}

extension WebhookOutcome {
  /// Whether a later try may succeed.
  fileprivate var mayPass: Bool {
    switch self {
    case .answered, .unreachable: true
    case .refused, .unavailable: false
    }
  }

  fileprivate var code: String {
    switch self {
    case .unavailable: "automation.webhook.unavailable"
    case .answered: "automation.webhook.status"
    case .unreachable: "automation.webhook.unreachable"
    case .refused: "automation.webhook.refused"
    }
  }
}

extension StoredRun {
  func isDue(at now: Int64) -> Bool {
    status == .active && (wakeAt ?? .max) <= now
  }

  func about(_ context: RunContext) -> StoredRun {
    var run = self
    run.context = context
    return run
  }
}

extension ParleyError {
  /// As a failed step's: of several field errors the first by name.
  var stepCode: String {
    guard case .invalid(let invalid) = self,
      let field = invalid.fields.min(by: { $0.key < $1.key })
    else { return code }
    return field.value
  }
}
