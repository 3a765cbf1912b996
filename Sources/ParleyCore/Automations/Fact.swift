/// Something that happened which an automation may wait for. Stands in the event log, for the automations alone.
struct Fact: Sendable, Hashable, Codable {
  enum Kind: String, Sendable, Hashable, Codable {
    case contactCreated = "contact.created"
    case tagAdded = "tag.added"
    case tagRemoved = "tag.removed"
    case fieldChanged = "field.changed"
    case conversationStarted = "conversation.started"
    case visitorWrote = "visitor.wrote"
    case conversationCompleted = "conversation.completed"
    case pageVisited = "page.visited"
    case dealCreated = "deal.created"
    case dealEnteredPipeline = "deal.entered-pipeline"
    case dealStageChanged = "deal.stage-changed"
    case dealStatusChanged = "deal.status-changed"
    case dealValueChanged = "deal.value-changed"
    case dealOwnerChanged = "deal.owner-changed"
    case dealCloseDateChanged = "deal.close-date-changed"
    case taskDone = "task.done"
  }

  var kind: Kind
  var contactID: Int64?
  var dealID: Int64?
  var conversationID: Int64?
  /// What kind of record a tag or a field is of.
  var on: AutomationRecord?
  /// The tag's key, the field, the page's address, the task's kind, the status that it has now.
  var name: String?
  var siteID: Int64?
  var pipelineID: Int64?
  var fromStageID: Int64?
  var toStageID: Int64?
  /// The message's number.
  var number: Int64?
  /// The automation that caused it, and how many had caused one another.
  var automationID: Int64?
  var depth: Int?
  var at: Int64?

  init(_ kind: Kind) {
    self.kind = kind
  }

  init(_ kind: Kind, of deal: Deal) {
    self.kind = kind
    dealID = deal.id
    contactID = deal.contact?.id
    conversationID = deal.conversationID
    pipelineID = deal.pipeline.id
  }

  init(_ kind: Kind, in thread: ConversationThread) {
    self.kind = kind
    conversationID = thread.conversation.id
    contactID = thread.visitor.visitor.contactID
    siteID = thread.conversation.siteID
  }
}

/// What an automation does while it causes something: those facts bear its mark.
struct FactCause: Sendable {
  let automationID: Int64
  let depth: Int
}

extension AutomationTrigger.Kind {
  /// The facts that an automation with this trigger must hear of.
  var facts: Set<Fact.Kind> {
    switch self {
    case .contactCreated: [.contactCreated]
    case .tagAdded: [.tagAdded]
    case .tagRemoved: [.tagRemoved]
    case .fieldChanged: [.fieldChanged]
    case .conversationStarted: [.conversationStarted]
    case .visitorWrote, .conversationUnanswered: [.visitorWrote]
    case .conversationCompleted: [.conversationCompleted]
    case .pageVisited: [.pageVisited]
    case .dealCreated: [.dealCreated]
    case .dealEnteredPipeline: [.dealEnteredPipeline]
    case .dealStageChanged: [.dealStageChanged]
    case .dealStatusChanged: [.dealStatusChanged]
    case .dealValueChanged: [.dealValueChanged]
    case .dealOwnerChanged: [.dealOwnerChanged]
    case .taskDone: [.taskDone]
    case .dealCloseDate: [.dealCreated, .dealCloseDateChanged]
    }
  }
}

extension AutomationTrigger {
  /// Whether a fact is what this trigger waits for; of a conversation left without an answer and of a date, whether it begins
  /// to wait.
  func isMet(by fact: Fact) -> Bool {
    guard kind.facts.contains(fact.kind) else { return false }
    if let siteID, siteID != fact.siteID { return false }
    if let pipelineID, pipelineID != fact.pipelineID { return false }
    switch kind {
    case .tagAdded, .tagRemoved:
      return on == fact.on && tag.flatMap { TagName($0) }?.key == fact.name
    case .fieldChanged:
      return on == fact.on && field == fact.name
    case .pageVisited:
      return url.map { AddressPattern($0).matches(fact.name ?? "") } ?? false
    case .dealStageChanged:
      return (fromStageID == nil || fromStageID == fact.fromStageID)
        && (toStageID == nil || toStageID == fact.toStageID)
    case .dealStatusChanged:
      return to == nil || to?.rawValue == fact.name
    case .taskDone:
      return taskKind == nil || taskKind?.lowercased() == fact.name?.lowercased()
    case .contactCreated, .conversationStarted, .visitorWrote, .conversationCompleted,
      .conversationUnanswered, .dealCreated, .dealEnteredPipeline, .dealValueChanged, .dealOwnerChanged,
      .dealCloseDate:
      return true
    }
  }
}

/// An address with `*` for anything, compared without regard to case.
struct AddressPattern: Sendable {
  private let parts: [Substring]

  init(_ text: String) {
    parts = text.lowercased().split(separator: "*", omittingEmptySubsequences: false)
  }

  func matches(_ address: String) -> Bool {
    var rest = address.lowercased()[...]
    guard let head = parts.first, let tail = parts.last, rest.hasPrefix(head) else { return false }
    guard parts.count > 1 else { return rest == head }
    rest = rest.dropFirst(head.count)
    // Each part as early as it is found: what follows then has the most room (a pattern of `*` alone needs no more).
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return rest.hasSuffix(tail)
  }
}
