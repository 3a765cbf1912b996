import SQLite

/// One step of a run, done in the transaction that also moves the run on.
struct StepExecution {
  /// What is to become of the run.
  enum Result {
    case next(AutomationStepDetail?)
    case branch(Bool)
    case wait(until: Int64)
    /// Until the visitor says by what address they are known.
    case awaitAddress
    case goto(String)
    case end
  }

  let step: AutomationStep
  let agent: AgentIdentity
  let runID: Int64
  let steps: Int
  let presence: Presence
  let changes: Changes
  private(set) var context: RunContext

  init(
    _ step: AutomationStep, of run: StoredRun, by agent: AgentIdentity, _ presence: Presence,
    _ changes: Changes
  ) {
    self.step = step
    self.agent = agent
    runID = run.id
    steps = run.steps
    self.presence = presence
    self.changes = changes
    context = run.context
  }

  /// - Throws: `StepFailure` for what the step lacks; whatever the use cases throw.
  mutating func perform(in transaction: borrowing Transaction) throws -> Result {
    switch step.kind {
    case .dealAdd: return try addDeal(in: transaction)
    case .dealUpdate: return .next(try updateDeal(in: transaction))
    case .taskAdd: return .next(try addTask(in: transaction))
    case .noteAdd: return .next(try addNote(in: transaction))
    case .tagAdd, .tagRemove:
      try changeTag(in: transaction)
      return .next(nil)
    case .fieldSet:
      try setField(in: transaction)
      return .next(nil)
    case .messageSend: return .next(try sendMessage(in: transaction))
    case .conversationAssign:
      let change = ConversationChange(assigneeID: .some(step.assigneeID))
      try Parley.change(try conversationID(), change, by: agent, presence, in: transaction, changes)
      return .next(nil)
    case .conversationComplete:
      let change = ConversationChange(status: .completed)
      try Parley.change(try conversationID(), change, by: agent, presence, in: transaction, changes)
      return .next(nil)
    case .agentNotify:
      try notify(in: transaction)
      return .next(nil)
    case .condition: return .branch(try holds(in: transaction.snapshot))
    case .wait: return .wait(until: try waitEnd(in: transaction.snapshot))
    case .goto: return .goto(step.target ?? "")
    case .end: return .end
    // Nothing of it is done in a transaction.
    case .webhookCall: throw ParleyError.defect(reason: "automation.webhook")
    }
  }

  // MARK: - What the run is about

  func contactID() throws -> Int64 {
    guard let id = context.contactID else { throw StepFailure("automation.contact.missing") }
    return id
  }

  func dealID() throws -> Int64 {
    guard let id = context.dealID else { throw StepFailure("automation.deal.missing") }
    return id
  }

  private func conversationID() throws -> Int64 {
    guard let id = context.conversationID else { throw StepFailure("automation.conversation.missing") }
    return id
  }

  func record() throws -> RecordID {
    step.on == .deal ? RecordID(.deal, try dealID()) : RecordID(.contact, try contactID())
  }

  func deal(in snapshot: borrowing Snapshot) throws -> Deal? {
    let time = try WorkspaceTime(now: changes.now, in: snapshot)
    return try context.dealID.flatMap { try DealRecords.deal($0, at: time, in: snapshot) }
  }

  /// What the tags of the step's texts stand for.
  func values(in snapshot: borrowing Snapshot) throws -> PersonalizationValues {
    let contact = try context.contactID.flatMap { try ContactRecords.contact($0, in: snapshot) }
    let deal = try deal(in: snapshot)
    let account = deal?.account?.id ?? contact?.account?.id
    var values = try PersonalizationValues(
      contact: contact.map { .existing($0.id) }, account: account.map { .existing($0) }, now: changes.now,
      in: snapshot)
    values.deal = deal.map { PersonalizedDeal($0) }
    return values
  }

  func resolved(_ text: String?, in snapshot: borrowing Snapshot) throws -> String {
    PersonalizedText(text ?? "", knowsDeal: context.dealID != nil).resolved(with: try values(in: snapshot))
  }

  func resolvedLines(_ text: String?, in snapshot: borrowing Snapshot) throws -> String {
    PersonalizedText(text ?? "", knowsDeal: context.dealID != nil).resolvedLines(
      with: try values(in: snapshot))
  }

  // MARK: - Deals

  private mutating func addDeal(in transaction: borrowing Transaction) throws -> Result {
    guard let choice = try person(in: transaction.snapshot) else { return .awaitAddress }
    var contact: Contact?
    if case .existing(let id) = choice {
      contact = try ContactRecords.contact(id, in: transaction.snapshot)
      context.contactID = id
    }
    let time = try WorkspaceTime(now: changes.now, in: transaction.snapshot)
    let closeOn = step.closeInDays.flatMap { time.today.adding(days: $0) }
    let description = PersonalizedText(step.description ?? "").resolvedLines(
      with: try PersonalizationValues(
        contact: choice, account: contact?.account.map { .existing($0.id) }, now: changes.now,
        in: transaction.snapshot))
    let draft = DealDraft(
      title: step.title, value: step.value?.money, ownerID: step.ownerID,
      forecastedCloseOn: closeOn?.description, pipelineID: step.pipelineID, stageID: step.stageID,
      description: description, conversationID: context.conversationID, contact: choice,
      account: contact?.account.map { .existing($0.id) })
    var check = DealCheck(by: agent, presence, now: changes.now)
    let checked = try check.check(draft, in: transaction.snapshot)
    let added = try DealAddition(deal: checked, agent: agent, presence: presence, changes: changes)
      .store(in: transaction)
    context.dealID = added.deal.id
    context.contactID = added.deal.contact?.id
    return .next(AutomationStepDetail(dealID: added.deal.id))
  }

  /// Whom a deal is with: the contact, or the visitor under the address that they have given, of which a contact is made with the
  /// deal. Nil while a visitor has given none.
  private func person(in snapshot: borrowing Snapshot) throws -> ContactChoice? {
    if let id = context.contactID { return .existing(id) }
    guard
      let conversation = try context.conversationID.flatMap({
        try ConversationRecords.find($0, presence, in: snapshot)
      }),
      let visitor = try VisitorRecords.find(conversation.visitorID, presence, in: snapshot)?.visitor
    else { throw StepFailure("automation.contact.missing") }
    if let id = visitor.contactID { return .existing(id) }
    return EmailAddress(visitor.email).map { .new(name: visitor.name, email: $0.text) }
  }

  private func updateDeal(in transaction: borrowing Transaction) throws -> AutomationStepDetail {
    var revision = try DealRevision(of: try dealID(), by: agent, in: transaction.snapshot, changes)
    let pipeline = try step.stageID.flatMap {
      try PipelineRecords.pipeline(ofStage: $0, in: transaction.snapshot)
    }
    let change = DealChange(
      value: step.value?.money, ownerID: step.ownerID, pipelineID: pipeline?.id, stageID: step.stageID,
      status: step.status, lostReason: step.lostReason)
    var check = DealCheck(by: agent, presence, now: changes.now)
    try check.apply(change, to: &revision, in: transaction.snapshot)
    return AutomationStepDetail(dealID: try revision.store(in: transaction).id)
  }

  // MARK: - Conversations

  /// As an agent's text, which opens a completed conversation again.
  private func sendMessage(in transaction: borrowing Transaction) throws -> AutomationStepDetail {
    let text = try Message.checkedText(try resolvedLines(step.text, in: transaction.snapshot))
    var thread = try ConversationThread.load(try conversationID(), presence, in: transaction)
    if thread.conversation.status == .completed {
      let before = CountKey(thread.conversation)
      try thread.reopen(by: agent, presence, in: transaction, changes)
      try changes.recordCounts([before, CountKey(thread.conversation)], in: transaction)
    }
    // A step that is done again, after a "go to", sends another message.
    let clientID = "run-\(runID)-\(steps)-\(changes.now)"
    let message = try thread.append(
      .text(text, clientID: clientID, by: agent), in: transaction, changes)
    return AutomationStepDetail(messageID: message.id)
  }

  private func notify(in transaction: borrowing Transaction) throws {
    let text = try resolved(step.text, in: transaction.snapshot)
    guard !text.isEmpty else { throw StepFailure("automation.text.required") }
    let deal = try deal(in: transaction.snapshot)
    let assignee = try context.conversationID.flatMap {
      try ConversationRecords.find($0, presence, in: transaction.snapshot)?.assigneeID
    }
    let agentID = step.agentID ?? deal?.owner.id ?? assignee ?? agent.id
    guard let reader = try AgentRecords.identity(agentID, in: transaction.snapshot) else {
      throw StepFailure("automation.agent.unknown")
    }
    // What it says may be about the deal.
    if let deal,
      try !PipelineAccess.rights(of: reader, in: deal.pipeline.id, transaction.snapshot).contains(.see)
    {
      throw StepFailure("automation.agent.denied")
    }
    let id = try NotificationRecords.insert(
      String(text.prefix(Notification.textLimit)), about: context, for: agentID, by: agent.automationID,
      at: changes.now, in: transaction)
    guard let notification = try NotificationRecords.notification(id, in: transaction.snapshot) else {
      throw ParleyError.defect(reason: "notifications.insert")
    }
    let unread = try NotificationRecords.unread(of: reader, in: transaction.snapshot)
    try changes.record(
      .notificationAdded(notification, unread: unread), for: .agent(agentID), in: transaction)
  }

  // MARK: - Flow

  private func holds(in snapshot: borrowing Snapshot) throws -> Bool {
    var facts = TestedFacts(today: try WorkspaceTime(now: changes.now, in: snapshot).today)
    facts.contact = try context.contactID.flatMap { try ContactRecords.contact($0, in: snapshot) }
    facts.deal = try deal(in: snapshot)
    let accountID = facts.deal?.account?.id ?? facts.contact?.account?.id
    facts.account = try accountID.flatMap { try AccountRecords.account($0, in: snapshot) }
    if let id = context.conversationID {
      facts.conversation = try ConversationRecords.find(id, presence, in: snapshot)
      facts.pageURL = facts.conversation?.pageURL
    }
    if let id = context.contactID { facts.hasOpenDeal = try DealRecords.hasOpen(ofContact: id, in: snapshot) }
    let tests = step.tests ?? []
    for field in tests.compactMap({ AutomationField($0.subject) }) {
      guard let definition = try FieldRecords.field(field.id, in: snapshot) else { continue }
      let values =
        switch definition.kind {
        case .deal: facts.deal?.fields
        case .contact: facts.contact?.fields
        case .account: facts.account?.fields
        }
      facts.fields[field.id] = values.map { TestedField(field: definition, value: $0[field.id]) }
    }
    return step.match == .any
      ? tests.contains { $0.holds(for: facts) } : tests.allSatisfy { $0.holds(for: facts) }
  }

  /// Days end at the same time of day in the workspace's time zone, whatever its clocks do meanwhile.
  private func waitEnd(in snapshot: borrowing Snapshot) throws -> Int64 {
    let amount = step.amount ?? 0
    guard step.unit == .days else {
      return changes.now + Int64(amount * (step.unit ?? .minutes).minutes) * 60_000
    }
    let time = try WorkspaceTime(now: changes.now, in: snapshot)
    return time.timeZone.moment(changes.now, addingDays: amount)
  }
}

/// Why a step cannot be done, by its code.
struct StepFailure: Error, Equatable {
  let code: String

  init(_ code: String) {
    self.code = code
  }
}
