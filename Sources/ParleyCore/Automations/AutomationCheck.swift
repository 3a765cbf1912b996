import SQLite

/// Looks over a definition, and gathers everything that keeps it from running, each at its place.
struct AutomationCheck {
  private(set) var problems: [AutomationProblem] = []
  private let definition: AutomationDefinition
  private let pipelines: [Pipeline]
  private let agents: Set<Int64>
  private let sites: Set<Int64>
  /// Those of one's own, by their ids.
  private let fields: [Int64: CustomField]
  private var stepIDs: Set<String> = []

  init(_ definition: AutomationDefinition, in snapshot: borrowing Snapshot) throws {
    self.definition = definition
    pipelines = try PipelineRecords.pipelines(in: snapshot)
    agents = Set(try AgentRecords.ids(in: snapshot))
    sites = Set(try SiteRecords.sites(in: snapshot).map(\.id))
    fields = Dictionary(uniqueKeysWithValues: try FieldRecords.fields(in: snapshot).map { ($0.id, $0) })
  }

  /// What is wrong with a definition, in the order in which it stands; nothing for one that can run.
  static func problems(
    of definition: AutomationDefinition, in snapshot: borrowing Snapshot
  ) throws -> [AutomationProblem] {
    var check = try AutomationCheck(definition, in: snapshot)
    check.run()
    return check.problems
  }

  private mutating func run() {
    if definition.triggers.isEmpty { add(.triggers, nil, "triggers", "automation.triggers.required") }
    if definition.steps.isEmpty { add(.steps, nil, "steps", "automation.steps.required") }
    let steps = definition.allSteps
    if definition.triggers.count + steps.count > AutomationDefinition.limit {
      add(.steps, nil, "steps", "automation.steps.too-many")
    }
    var triggerIDs: Set<String> = []
    for trigger in definition.triggers {
      checkID(trigger.id, .triggers, &triggerIDs)
      check(trigger)
    }
    var known: Set<String> = []
    for step in steps { checkID(step.id, .steps, &known) }
    stepIDs = known
    // What every way in can bring; a step may ask for no more. A contact that turns out to be unknown fails a run, not the
    // automation.
    let brought = definition.triggers.map(\.brings).reduce(nil as Set<AutomationSubject>?) { all, some in
      all?.intersection(some) ?? some
    }
    _ = check(definition.steps, knowing: brought ?? [])
  }

  private mutating func add(_ place: AutomationProblem.Place, _ id: String?, _ field: String, _ code: String)
  {
    problems.append(AutomationProblem(place: place, id: id, field: field, code: code))
  }

  private mutating func checkID(
    _ id: String, _ place: AutomationProblem.Place, _ known: inout Set<String>
  ) {
    let isAllowed = id.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
    if !isAllowed || !(1...64).contains(id.utf8.count) || !known.insert(id).inserted {
      add(place, id, "id", "automation.id.invalid")
    }
  }

  private mutating func check(_ trigger: AutomationTrigger) {
    if let id = trigger.siteID, !sites.contains(id) { fault(trigger, "site", "unknown") }
    if let id = trigger.pipelineID, !pipelines.contains(where: { $0.id == id }) {
      fault(trigger, "pipeline", "unknown")
    }
    for id in [trigger.fromStageID, trigger.toStageID] {
      if let id, pipeline(ofStage: id) == nil { fault(trigger, "stage", "unknown") }
    }
    switch trigger.kind {
    case .tagAdded, .tagRemoved:
      if trigger.tag.flatMap({ TagName($0) }) == nil { fault(trigger, "tag", "required") }
      if trigger.on == nil || trigger.on == .account { fault(trigger, "on", "required") }
    case .fieldChanged:
      if trigger.on == nil { fault(trigger, "on", "required") }
      if trigger.field?.isEmpty ?? true { fault(trigger, "field", "required") }
      if let name = trigger.field, !isField(name, of: trigger.on, AutomationRecord.changing) {
        fault(trigger, "field", "unknown")
      }
    case .pageVisited:
      if trigger.url?.trimmed.isEmpty ?? true { fault(trigger, "url", "required") }
      if (trigger.url?.unicodeScalars.count ?? 0) > 2000 { fault(trigger, "url", "too-long") }
    case .conversationUnanswered:
      if !(1...10_080).contains(trigger.minutes ?? 0) { fault(trigger, "minutes", "invalid") }
    case .dealEnteredPipeline:
      if trigger.pipelineID == nil { fault(trigger, "pipeline", "required") }
    case .dealCloseDate:
      if trigger.days.map({ !(-365...365).contains($0) }) ?? true { fault(trigger, "days", "invalid") }
    case .contactCreated, .conversationStarted, .visitorWrote, .conversationCompleted, .dealCreated,
      .dealStageChanged, .dealStatusChanged, .dealValueChanged, .dealOwnerChanged, .taskDone:
      break
    }
  }

  private mutating func fault(_ trigger: AutomationTrigger, _ field: String, _ reason: String) {
    add(.triggers, trigger.id, field, "automation.\(field).\(reason)")
  }

  /// Answers what is known behind the steps.
  private mutating func check(
    _ steps: [AutomationStep], knowing before: Set<AutomationSubject>
  ) -> Set<AutomationSubject> {
    var known = before
    for step in steps {
      check(step, known)
      if step.kind == .dealAdd { known.insert(.deal) }
      if step.kind == .condition {
        let yes = check(step.yes ?? [], knowing: known)
        let no = check(step.no ?? [], knowing: known)
        known = yes.intersection(no)
      }
    }
    return known
  }

  private mutating func check(_ step: AutomationStep, _ known: Set<AutomationSubject>) {
    for subject in step.needs.subtracting(known).sorted(by: { $0.rawValue < $1.rawValue }) {
      add(.steps, step.id, "context", subject.code)
    }
    var checking = StepCheck(step, knowsDeal: known.contains(.deal))
    checking.run(pipelines: pipelines, agents: agents, fields: fields)
    if step.kind == .goto, !stepIDs.contains(step.target ?? "") {
      checking.fault("target", step.target == nil ? "required" : "unknown")
    }
    if step.kind == .fieldSet, let name = step.field, !name.isEmpty,
      !isField(name, of: step.on, AutomationRecord.settable)
    {
      checking.fault("field", "unknown")
    }
    problems += checking.problems
  }

  private func isField(
    _ name: String, of record: AutomationRecord?, _ standard: [AutomationRecord: Set<String>]
  ) -> Bool {
    guard let record else { return true }
    if let field = AutomationField(name) { return fields[field.id]?.kind.rawValue == record.rawValue }
    return standard[record]?.contains(name) ?? false
  }

  private func pipeline(ofStage id: Int64) -> Pipeline? {
    pipelines.first { $0.stages.contains { $0.id == id } }
  }
}

/// What a run may be about.
enum AutomationSubject: String, Sendable, Hashable {
  case contact, deal, conversation

  /// Of a step that needs one, where none is known.
  var code: String {
    switch self {
    case .contact: "automation.context.contact"
    case .deal: "automation.context.deal"
    case .conversation: "automation.context.conversation"
    }
  }
}

extension AutomationTrigger {
  /// What a run that it begins can be about.
  var brings: Set<AutomationSubject> {
    switch kind {
    case .contactCreated: [.contact]
    case .tagAdded, .tagRemoved, .fieldChanged:
      switch on {
      case .deal: [.deal, .contact, .conversation]
      case .contact: [.contact]
      case .account, nil: []
      }
    case .conversationStarted, .visitorWrote, .conversationCompleted, .pageVisited, .conversationUnanswered:
      [.conversation, .contact]
    case .dealCreated, .dealEnteredPipeline, .dealStageChanged, .dealStatusChanged, .dealValueChanged,
      .dealOwnerChanged, .dealCloseDate, .taskDone:
      [.deal, .contact, .conversation]
    }
  }
}

extension AutomationStep {
  /// What it cannot be done without.
  var needs: Set<AutomationSubject> {
    switch kind {
    case .dealAdd: [.contact]
    case .dealUpdate: [.deal]
    case .taskAdd, .noteAdd, .tagAdd, .tagRemove, .fieldSet:
      on == .deal ? [.deal] : on == .contact ? [.contact] : []
    case .messageSend, .conversationAssign, .conversationComplete: [.conversation]
    case .agentNotify, .webhookCall, .condition, .wait, .goto, .end: []
    }
  }
}

extension AutomationRecord {
  /// What of a record an automation may wait to be changed.
  static let changing: [AutomationRecord: Set<String>] = [
    .contact: ["email", "firstName", "lastName", "phone", "jobTitle", "accountID"],
    .deal: ["title", "description", "forecastedCloseOn", "contactID", "accountID"],
    .account: ["name", "url", "phone", "ownerID"],
  ]
  /// What an automation may set.
  static let settable: [AutomationRecord: Set<String>] = [
    .contact: ["firstName", "lastName", "phone", "jobTitle"], .deal: ["description"],
  ]
}
