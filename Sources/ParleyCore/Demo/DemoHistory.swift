import SQLite

/// Plays what happened in a demo, in the order of time over all conversations, by the same means as when it really happens:
/// so numbers, marks, counts, search and the event log come out as they would have.
struct DemoHistory {
  /// A conversation as it goes on.
  private struct Progress {
    var id: Int64
    var visitorID: Int64
    /// The number of the last entry by an agent: so far the team has read for sure.
    var agentNumber: Int64 = 0
    var entries = 0
  }

  private enum Moment {
    case entry(DemoEntry.Event, conversation: Int)
    case deal(DemoWorkspace.Deal)
    case merge(DemoWorkspace.Merge)
  }

  let cast: DemoCast
  let log: EventLog
  let presence: Presence
  /// Milliseconds since 1970 UTC.
  let now: Int64
  private var progress: [Int: Progress] = [:]
  private var visitorIDs: [String: Int64] = [:]
  private var dealIDs: [String: Int64] = [:]

  init(cast: DemoCast, log: EventLog, presence: Presence, now: Int64) {
    self.cast = cast
    self.log = log
    self.presence = presence
    self.now = now
  }

  mutating func play(_ demo: DemoWorkspace, in transaction: borrowing Transaction) throws {
    for (time, moment) in Self.moments(of: demo, now: now) {
      let changes = Changes(log: log, now: time)
      switch moment {
      case .deal(let deal):
        _ = try insert(deal, conversationID: nil, at: time, by: try cast.agent(deal.owner), in: transaction)
      case .merge(let merge):
        try play(merge, in: transaction, changes)
      case .entry(let event, let index):
        try play(event, of: index, demo, in: transaction, changes)
      }
      try changes.store(in: transaction)
    }
    for (index, conversation) in demo.conversations.enumerated() {
      try setMarks(of: conversation, index, in: transaction)
    }
    // Last: what happened in the demo began none of them.
    for automation in demo.automations {
      try automation.insert(cast, deals: dealIDs, now: now, in: transaction)
    }
  }

  /// All that happens, by time; what happens at the same time as the demo tells it.
  private static func moments(of demo: DemoWorkspace, now: Int64) -> [(time: Int64, moment: Moment)] {
    var moments: [(time: Int64, moment: Moment)] = []
    for deal in demo.deals {
      guard let days = deal.daysAgo else { continue }
      moments.append((now - days * 24 * 60 * 60 * 1000, .deal(deal)))
    }
    for merge in demo.merges { moments.append((now - merge.daysAgo * 24 * 60 * 60 * 1000, .merge(merge))) }
    for (index, conversation) in demo.conversations.enumerated() {
      let seconds = conversation.thread.reduce(0) { $0 + $1.after }
      var time = now - (conversation.minutesAgo * 60 + seconds) * 1000
      for entry in conversation.thread {
        time += entry.after * 1000
        moments.append((time, .entry(entry.event, conversation: index)))
      }
    }
    let inOrder = moments.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
    return inOrder.map(\.element)
  }

  private func play(
    _ merge: DemoWorkspace.Merge, in transaction: borrowing Transaction, _ changes: Changes
  ) throws {
    let ids = try DemoCast.insertContacts(
      [merge.contact], accountIDs: [:], cast.fields, founded: now - DemoCast.age, in: transaction)
    guard let goneID = ids[merge.contact.email],
      let gone = try ContactRecords.contact(goneID, in: transaction.snapshot),
      let kept = try ContactRecords.contact(try cast.contactID(merge.into), in: transaction.snapshot)
    else { throw ParleyError.defect(reason: "demo: a merge of nobody") }
    let party = PartyChange(
      records: PartyRecords(kind: .contact), agent: try cast.agent(merge.by), presence: presence,
      changes: changes)
    _ = try party.merge(gone, into: kept, MergeRequest(with: goneID), in: transaction)
  }

  private mutating func play(
    _ event: DemoEntry.Event, of index: Int, _ demo: DemoWorkspace, in transaction: borrowing Transaction,
    _ changes: Changes
  ) throws {
    guard var conversation = progress[index] else {
      return try begin(with: event, index, demo, in: transaction, changes)
    }
    conversation.entries += 1
    var thread = try ConversationThread.load(conversation.id, presence, in: transaction)
    let clientID = "demo-\(index)-\(conversation.entries)"
    var isByAgent = true
    switch event {
    case .page(let path):
      _ = try Parley.visit(page(path, demo), thread.visitor, presence, in: transaction, changes)
      isByAgent = false
    case .visitor(let text):
      try thread.append(.text(text, clientID: clientID), in: transaction, changes)
      isByAgent = false
    case .identified(let name, let email):
      try thread.append(.status(.identified(name: name, email: email), by: nil), in: transaction, changes)
      isByAgent = false
    case .agent(let key, let text):
      let entry = ConversationThread.Entry.text(text, clientID: clientID, by: try cast.agent(key))
      try thread.append(entry, in: transaction, changes)
    case .note(let key, let text):
      let entry = ConversationThread.Entry.note(text, clientID: clientID, by: try cast.agent(key))
      try thread.append(entry, in: transaction, changes)
    case .assigned(let key, let assignee):
      let assigneeID = try cast.agent(assignee).id
      try thread.assign(assigneeID, by: try cast.agent(key), in: transaction, changes)
    case .completed(let key):
      try thread.complete(by: try cast.agent(key), in: transaction, changes)
    case .reopened(let key):
      try thread.reopen(by: try cast.agent(key), presence, in: transaction, changes)
    case .deal(let key, let dealKey):
      try addDeal(dealKey, by: try cast.agent(key), demo, to: &thread, in: transaction, changes)
    }
    if isByAgent { conversation.agentNumber = thread.conversation.lastNumber }
    progress[index] = conversation
  }

  /// The first entry opens the conversation: a page that its visitor is on, or what they write.
  private mutating func begin(
    with event: DemoEntry.Event, _ index: Int, _ demo: DemoWorkspace, in transaction: borrowing Transaction,
    _ changes: Changes
  ) throws {
    guard case .page(let path) = event else {
      throw ParleyError.defect(reason: "demo: a conversation begins on a page")
    }
    let key = demo.conversations[index].visitor
    var visitor = try visitor(key, demo, in: transaction, at: changes.now)
    let page = page(path, demo)
    visitor.visitor.pageURL = page.url
    visitor.visitor.pageTitle = page.title
    try VisitorRecords.save(visitor.visitor, in: transaction)
    let thread = try ConversationThread.open(for: visitor, presence, in: transaction, changes)
    progress[index] = Progress(id: thread.conversation.id, visitorID: visitor.visitor.id)
  }

  private mutating func visitor(
    _ key: String, _ demo: DemoWorkspace, in transaction: borrowing Transaction, at time: Int64
  ) throws -> StoredVisitor {
    if let id = visitorIDs[key],
      let known = try VisitorRecords.find(id, presence, in: transaction.snapshot)
    {
      return known
    }
    let all = Dictionary(uniqueKeysWithValues: demo.visitors.map { ($0.key, $0) })
    let person = try DemoCast.find(key, in: all)
    let identity = VisitorIdentity(
      siteID: cast.siteID, key: VisitorKey(hash: SecretToken.random().hash), language: person.language,
      timeZone: person.timeZone, userAgent: try DemoCast.find(person.browser, in: demo.browsers))
    var stored = try VisitorRecords.insert(identity, at: time, presence, in: transaction)
    stored.visitor.name = person.name
    stored.visitor.email = person.email
    stored.visitor.phone = person.phone ?? ""
    stored.visitor.contactID = try person.contact.map { try cast.contactID($0) }
    try VisitorRecords.save(stored.visitor, in: transaction)
    visitorIDs[key] = stored.visitor.id
    return stored
  }

  private func page(_ path: String, _ demo: DemoWorkspace) -> Page {
    Page(url: cast.website.text + path, title: demo.pages[path] ?? "")
  }

  private mutating func addDeal(
    _ key: String, by agent: AgentIdentity, _ demo: DemoWorkspace, to thread: inout ConversationThread,
    in transaction: borrowing Transaction, _ changes: Changes
  ) throws {
    let deal = try DemoCast.find(key, in: Dictionary(uniqueKeysWithValues: demo.deals.map { ($0.key, $0) }))
    let id = try insert(
      deal, conversationID: thread.conversation.id, at: changes.now, by: agent, in: transaction)
    let detail = MessageDetail.dealAdded(dealID: id, title: deal.title)
    try thread.append(.status(detail, by: agent), in: transaction, changes)
  }

  private mutating func insert(
    _ deal: DemoWorkspace.Deal, conversationID: Int64?, at time: Int64, by agent: AgentIdentity,
    in transaction: borrowing Transaction
  ) throws -> Int64 {
    let id = try DemoDeal(deal: deal, cast: cast, now: now).insert(
      conversationID: conversationID, at: time, by: agent, in: transaction)
    dealIDs[deal.key] = id
    return id
  }

  /// What the team and the visitor have read of it by now.
  private func setMarks(
    of conversation: DemoWorkspace.Conversation, _ index: Int, in transaction: borrowing Transaction
  ) throws {
    guard let progress = progress[index] else { return }
    var thread = try ConversationThread.load(progress.id, presence, in: transaction)
    let read = conversation.unread ? progress.agentNumber : thread.conversation.lastNumber
    thread.conversation.agentsSeenNumber = read
    for agent in cast.everyAgent where read > 0 {
      _ = try ConversationRecords.markRead(progress.id, upTo: read, by: agent.id, in: transaction)
    }
    // Whoever was answered less than half an hour ago has not come back to read it.
    if conversation.minutesAgo > 30 {
      thread.conversation.visitorSeenNumber = thread.conversation.lastNumber
      let isTheirLatest = self.progress.values.allSatisfy { other in
        other.visitorID != progress.visitorID || other.id <= progress.id
      }
      if isTheirLatest {
        thread.visitor.seenNumber = thread.visitor.lastNumber
        try VisitorRecords.saveNumbers(thread.visitor, in: transaction)
      }
    }
    try ConversationRecords.save(thread.conversation, in: transaction)
  }
}
