/// What an automation waits for and does, as someone builds it: not necessarily whole, so most members may be missing. Whether it
/// can run is for `AutomationCheck` to say.
package struct AutomationDefinition: Sendable, Hashable, Codable {
  package var triggers: [AutomationTrigger]
  package var steps: [AutomationStep]

  package init(triggers: [AutomationTrigger] = [], steps: [AutomationStep] = []) {
    self.triggers = triggers
    self.steps = steps
  }

  /// How many triggers and steps there may be in all.
  static let limit = 100
}

/// What records an automation's triggers and steps are about.
package enum AutomationRecord: String, Sendable, Hashable, Codable {
  case contact, deal, account
}

package struct AutomationTrigger: Sendable, Hashable, Codable {
  package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    case contactCreated = "contact.created"
    case tagAdded = "tag.added"
    case tagRemoved = "tag.removed"
    case fieldChanged = "field.changed"
    case conversationStarted = "conversation.started"
    case visitorWrote = "visitor.wrote"
    case conversationCompleted = "conversation.completed"
    case pageVisited = "page.visited"
    case conversationUnanswered = "conversation.unanswered"
    case dealCreated = "deal.created"
    case dealEnteredPipeline = "deal.entered-pipeline"
    case dealStageChanged = "deal.stage-changed"
    case dealStatusChanged = "deal.status-changed"
    case dealValueChanged = "deal.value-changed"
    case dealOwnerChanged = "deal.owner-changed"
    case taskDone = "task.done"
    case dealCloseDate = "deal.close-date"
  }

  package var id: String
  package var kind: Kind
  package var tag: String?
  package var on: AutomationRecord?
  /// A name of the record's change in the interface, or `fields.ID`.
  package var field: String?
  package var siteID: Int64?
  /// A pattern: `*` is anything.
  package var url: String?
  package var minutes: Int?
  package var pipelineID: Int64?
  package var fromStageID: Int64?
  package var toStageID: Int64?
  package var to: Deal.Status?
  package var taskKind: String?
  /// After the close date, negative before.
  package var days: Int?

  package init(id: String, kind: Kind) {
    self.id = id
    self.kind = kind
  }
}

package struct AutomationStep: Sendable, Hashable, Codable {
  package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    case dealAdd = "deal.add"
    case dealUpdate = "deal.update"
    case taskAdd = "task.add"
    case noteAdd = "note.add"
    case tagAdd = "tag.add"
    case tagRemove = "tag.remove"
    case fieldSet = "field.set"
    case messageSend = "message.send"
    case conversationAssign = "conversation.assign"
    case conversationComplete = "conversation.complete"
    case agentNotify = "agent.notify"
    case webhookCall = "webhook.call"
    case condition, wait, goto, end
  }

  package enum Match: String, Sendable, Hashable, Codable {
    case all, any
  }

  package enum Unit: String, Sendable, Hashable, Codable {
    case minutes, hours, days
  }

  package var id: String
  package var kind: Kind
  package var title: String?
  package var description: String?
  /// Money of a deal, or the text that a field gets.
  package var value: AutomationValue?
  package var pipelineID: Int64?
  package var stageID: Int64?
  package var ownerID: Int64?
  package var closeInDays: Int?
  package var status: Deal.Status?
  package var lostReason: String?
  package var taskKind: String?
  package var dueInDays: Int?
  package var assigneeID: Int64?
  package var on: AutomationRecord?
  package var text: String?
  package var tag: String?
  package var field: String?
  package var agentID: Int64?
  package var url: String?
  package var secret: String?
  package var match: Match?
  package var tests: [AutomationTest]?
  package var yes: [AutomationStep]?
  package var no: [AutomationStep]?
  package var amount: Int?
  package var unit: Unit?
  package var target: String?

  package init(id: String, kind: Kind) {
    self.id = id
    self.kind = kind
  }
}

/// One question of a condition.
package struct AutomationTest: Sendable, Hashable, Codable {
  package enum Relation: String, Sendable, Hashable, Codable {
    case has
    case hasNot = "has-not"
    case contains
    case containsNot = "contains-not"
    case equals
    case equalsNot = "equals-not"
    case exists
    case existsNot = "exists-not"
    case atLeast = "at-least"
    case lessThan = "less-than"
  }

  package var subject: String
  package var `is`: Relation
  package var value: AutomationValue?

  package init(subject: String, is relation: Relation, value: AutomationValue? = nil) {
    self.subject = subject
    self.is = relation
    self.value = value
  }
}

/// A value of a step or a test, in whichever form the interface gives it.
package enum AutomationValue: Sendable, Hashable, Codable {
  case text(String)
  case id(Int64)
  /// Of several choices.
  case ids([Int64])
  case money(DealDraft.Value)

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    // One form after the other: the last says what is wrong.
    if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let id = try? container.decode(Int64.self) {  // As above.
      self = .id(id)
    } else if let ids = try? container.decode([Int64].self) {  // As above.
      self = .ids(ids)
    } else {
      self = .money(try container.decode(DealDraft.Value.self))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .id(let id): try container.encode(id)
    case .ids(let ids): try container.encode(ids)
    case .money(let money): try container.encode(money)
    }
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }
  var id: Int64? { if case .id(let id) = self { id } else { nil } }
  var money: DealDraft.Value? { if case .money(let money) = self { money } else { nil } }
}
