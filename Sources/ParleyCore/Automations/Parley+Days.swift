import SQLite

extension Parley {
  private static let dealsAtOnce = 64

  /// Goes through the days that have begun since, for the triggers that wait for days before or after a close date. A trigger that
  /// is new begins with today.
  ///
  /// - Returns: whether there may be more.
  func passDays() async throws(ParleyError) -> Bool {
    let now = now()
    let isDue = try await read { snapshot in
      let time = try WorkspaceTime(now: now, in: snapshot)
      for automation in try AutomationRecords.enabled(in: snapshot) {
        for trigger in automation.definition.triggers where trigger.kind == .dealCloseDate {
          let progress = try AutomationTimerRecords.progress(of: automation.id, trigger.id, in: snapshot)
          if progress.map({ $0.through < time.today }) ?? true { return true }
        }
      }
      return false
    }
    guard isDue else { return false }
    return try await write { transaction, changes in
      let time = try WorkspaceTime(now: changes.now, in: transaction.snapshot)
      for automation in try AutomationRecords.enabled(in: transaction.snapshot) {
        for trigger in automation.definition.triggers where trigger.kind == .dealCloseDate {
          if try Self.pass(trigger, of: automation, at: time, in: transaction, changes) { return true }
        }
      }
      return false
    }
  }

  /// A part of the first day that a trigger has not been through. Answers whether anything was done.
  private static func pass(
    _ trigger: AutomationTrigger, of automation: StoredAutomation, at time: WorkspaceTime,
    in transaction: borrowing Transaction, _ changes: Changes
  ) throws -> Bool {
    let progress =
      try AutomationTimerRecords.progress(of: automation.id, trigger.id, in: transaction.snapshot)
      ?? time.today.adding(days: -1).map { ($0, 0) }
    guard let progress, progress.through < time.today, let day = progress.through.adding(days: 1),
      let closingOn = day.adding(days: -(trigger.days ?? 0))
    else { return false }
    let ids = try AutomationTimerRecords.deals(
      closingOn: closingOn, after: progress.dealID, limit: dealsAtOnce, in: transaction.snapshot)
    for deal in try DealRecords.deals(ids, at: time, in: transaction.snapshot) {
      if let pipelineID = trigger.pipelineID, pipelineID != deal.pipeline.id { continue }
      let isFirst = try AutomationTimerRecords.note(
        deal.id, closingOn: closingOn, for: automation.id, trigger.id, in: transaction)
      guard isFirst else { continue }
      let context = RunContext(
        contactID: deal.contact?.id, dealID: deal.id, conversationID: deal.conversationID)
      try AutomationEntering(automation).enter(context, by: trigger, depth: 0, in: transaction, changes)
    }
    if ids.count < dealsAtOnce {
      try AutomationTimerRecords.setProgress(of: automation.id, trigger.id, through: day, in: transaction)
    } else if let last = ids.last {
      try AutomationTimerRecords.setProgress(
        of: automation.id, trigger.id, through: progress.through, dealID: last, in: transaction)
    }
    try changes.recordAutomations([automation.id], in: transaction)
    return true
  }

  /// When automations must be looked after next, if nothing happens before; nil for never.
  func nextAutomationMoment() async throws(ParleyError) -> Int64? {
    let now = now()
    return try await read { snapshot in
      var moments: [Int64] = []
      var waitsForDays = false
      for automation in try AutomationRecords.enabled(in: snapshot) {
        if let wake = try RunRecords.nextWake(of: automation.id, in: snapshot) { moments.append(wake) }
        waitsForDays = waitsForDays || automation.definition.triggers.contains { $0.kind == .dealCloseDate }
      }
      if let due = try AutomationTimerRecords.nextDue(in: snapshot) { moments.append(due) }
      if waitsForDays {
        let time = try WorkspaceTime(now: now, in: snapshot)
        if let tomorrow = time.today.adding(days: 1) { moments.append(tomorrow.start(in: time.timeZone)) }
      }
      return moments.min()
    }
  }
}
