import SQLite

/// Whether who or what a trigger concerns enters an automation, and the run that begins then.
struct AutomationEntering {
  let automation: StoredAutomation
  let first: String?

  /// Of one subject in one automation.
  static let mostEntries = 10
  /// Milliseconds.
  static let entriesPeriod: Int64 = 24 * 60 * 60 * 1000
  /// How many automations may set one another off.
  static let longestChain = 5

  init(_ automation: StoredAutomation) {
    self.automation = automation
    first = automation.definition.steps.first?.id
  }

  /// - Parameter depth: how many automations caused what began it.
  func enter(
    _ context: RunContext, by trigger: AutomationTrigger, depth: Int, in transaction: borrowing Transaction,
    _ changes: Changes
  ) throws {
    guard let subject = context.subject, let first else { return }
    if automation.entry == .once,
      try RunRecords.hasEntered(subject, automation.id, in: transaction.snapshot)
    {
      return
    }
    let (entered, refused) = try RunRecords.entries(
      of: subject, in: automation.id, since: changes.now - Self.entriesPeriod, in: transaction.snapshot)
    let code: String? =
      if depth > Self.longestChain {
        "automation.chain.too-long"
      } else if entered >= Self.mostEntries {
        "automation.entries.too-many"
      } else {
        nil
      }
    // One refusal tells of a loop; a thousand would be one.
    if code != nil, refused > 0 { return }
    try RunRecords.insert(
      context, of: automation.id, subject: subject, trigger: trigger.kind,
      status: code == nil ? .active : .refused, stepID: first, depth: depth, code: code, at: changes.now,
      in: transaction)
  }
}
