import SQLite

extension Parley {
  private static let followedAtOnce = 64

  /// Follows the event log a little: begins runs for the next facts. One transaction with the cursor, so each fact is
  /// followed once.
  ///
  /// - Returns: whether there may be more.
  func followFacts() async throws(ParleyError) -> Bool {
    let isAny = try await read { try FactRecords.firstPending(in: $0) != nil }
    guard isAny else { return false }
    return try await write { transaction, changes in
      let pending = try FactRecords.pending(limit: Self.followedAtOnce, in: transaction.snapshot)
      guard let last = pending.last else { return false }
      let automations = try AutomationRecords.enabled(in: transaction.snapshot)
      var touched: Set<Int64> = []
      for (_, fact) in pending {
        for automation in automations where automation.id != fact.automationID {
          guard let trigger = automation.definition.triggers.first(where: { $0.isMet(by: fact) }) else {
            continue
          }
          try Self.begin(automation, by: trigger, fact, in: transaction, changes)
          touched.insert(automation.id)
        }
      }
      try FactRecords.moveCursor(to: last.sequence, in: transaction)
      try changes.recordAutomations(touched, in: transaction)
      return pending.count == Self.followedAtOnce
    }
  }

  private static func begin(
    _ automation: StoredAutomation, by trigger: AutomationTrigger, _ fact: Fact,
    in transaction: borrowing Transaction, _ changes: Changes
  ) throws {
    var context = RunContext(
      contactID: fact.contactID, dealID: fact.dealID, conversationID: fact.conversationID)
    switch trigger.kind {
    case .conversationUnanswered:
      guard let conversationID = fact.conversationID, let number = fact.number, let minutes = trigger.minutes
      else {
        return
      }
      let timer = AutomationTimerRecords.Timer(
        automationID: automation.id, triggerID: trigger.id, conversationID: conversationID, number: number)
      let due = (fact.at ?? changes.now) + Int64(minutes) * 60_000
      return try AutomationTimerRecords.start(timer, dueAt: due, in: transaction)
    case .dealCloseDate:
      // A date that is set today for today is not waited for: its day has begun.
      let time = try WorkspaceTime(now: changes.now, in: transaction.snapshot)
      guard let dealID = fact.dealID, let days = trigger.days,
        let deal = try DealRecords.deal(dealID, at: time, in: transaction.snapshot), deal.status == .open,
        let day = deal.forecastedCloseOn, day.adding(days: days) == time.today,
        try AutomationTimerRecords.note(
          dealID, closingOn: day, for: automation.id, trigger.id, in: transaction)
      else { return }
    case .contactCreated, .tagAdded, .tagRemoved, .fieldChanged, .conversationStarted, .visitorWrote,
      .conversationCompleted, .pageVisited, .dealCreated, .dealEnteredPipeline, .dealStageChanged,
      .dealStatusChanged, .dealValueChanged, .dealOwnerChanged, .taskDone:
      break
    }
    try context.keepExisting(in: transaction.snapshot)
    try AutomationEntering(automation).enter(
      context, by: trigger, depth: (fact.depth ?? 0), in: transaction, changes)
  }

  /// Ends the waits that have run out, a little at a time.
  ///
  /// - Returns: whether there may be more.
  func fireTimers() async throws(ParleyError) -> Bool {
    let now = now()
    let due = try await read { try AutomationTimerRecords.due(at: now, limit: 1, in: $0) }
    guard !due.isEmpty else { return false }
    return try await write { [presence] transaction, changes in
      let due = try AutomationTimerRecords.due(
        at: changes.now, limit: Self.followedAtOnce, in: transaction.snapshot)
      var touched: Set<Int64> = []
      for timer in due {
        try AutomationTimerRecords.remove(timer, in: transaction)
        guard let automation = try AutomationRecords.enabled(timer.automationID, in: transaction.snapshot),
          let trigger = automation.definition.triggers.first(where: { $0.id == timer.triggerID }),
          let minutes = trigger.minutes, trigger.kind == .conversationUnanswered,
          let conversation = try ConversationRecords.find(
            timer.conversationID, presence, in: transaction.snapshot),
          conversation.status == .open,
          let waiting = try AutomationTimerRecords.unanswered(in: timer.conversationID, transaction.snapshot)
        else { continue }
        let wait = Int64(minutes) * 60_000
        if waiting.number == timer.number || waiting.at + wait <= changes.now {
          let contactID = try VisitorRecords.find(
            conversation.visitorID, presence, in: transaction.snapshot)?.visitor.contactID
          let context = RunContext(contactID: contactID, conversationID: conversation.id)
          try AutomationEntering(automation).enter(
            context, by: trigger, depth: 0, in: transaction, changes)
          touched.insert(automation.id)
        } else {
          // Answered meanwhile, and asked again.
          let next = AutomationTimerRecords.Timer(
            automationID: timer.automationID, triggerID: timer.triggerID,
            conversationID: timer.conversationID,
            number: waiting.number)
          try AutomationTimerRecords.start(next, dueAt: waiting.at + wait, in: transaction)
        }
      }
      try changes.recordAutomations(touched, in: transaction)
      return due.count == Self.followedAtOnce
    }
  }
}

extension RunContext {
  /// Lets go of what is no more since it happened.
  mutating func keepExisting(in snapshot: borrowing Snapshot) throws {
    if let id = contactID, try ContactRecords.contact(id, in: snapshot) == nil { contactID = nil }
    if let id = dealID, try DealRecords.pipelineID(of: id, in: snapshot) == nil { dealID = nil }
  }
}

extension Changes {
  /// Records that what became of these automations' runs is another now.
  func recordAutomations(_ ids: Set<Int64>, in transaction: borrowing Transaction) throws {
    for id in ids.sorted() {
      try record(.automationsChanged(automationID: id), for: .agents, in: transaction)
    }
  }
}
