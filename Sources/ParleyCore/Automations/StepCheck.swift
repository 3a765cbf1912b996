/// Looks over the members of one step.
struct StepCheck {
  private(set) var problems: [AutomationProblem] = []
  private let step: AutomationStep
  private let knowsDeal: Bool

  private static let mostDays = 3650

  /// - Parameter knowsDeal: whether there is a deal where the step stands, for the tags of its texts.
  init(_ step: AutomationStep, knowsDeal: Bool) {
    self.step = step
    self.knowsDeal = knowsDeal
  }

  /// - Parameter path: to the member, where it is none of the step's own: `tests.0.value`.
  mutating func fault(_ field: String, _ reason: String, at path: String? = nil, tags: [String]? = nil) {
    problems.append(
      AutomationProblem(
        place: .steps, id: step.id, field: path ?? field, code: "automation.\(field).\(reason)",
        tags: tags))
  }

  /// - Parameter fields: those of one's own, by their ids.
  mutating func run(pipelines: [Pipeline], agents: Set<Int64>, fields: [Int64: CustomField]) {
    for (field, id) in [("owner", step.ownerID), ("assignee", step.assigneeID), ("agent", step.agentID)] {
      if let id, !agents.contains(id) { fault(field, "unknown") }
    }
    switch step.kind {
    case .dealAdd: checkDeal(pipelines)
    case .dealUpdate: checkUpdate(pipelines)
    case .taskAdd:
      text("title", step.title, limit: AssignedTask.titleLimit)
      if step.taskKind?.trimmed.isEmpty ?? true { fault("taskKind", "required") }
      if (step.taskKind?.unicodeScalars.count ?? 0) > AssignedTask.kindLimit { fault("taskKind", "too-long") }
      days("dueInDays", step.dueInDays)
      record()
    case .noteAdd:
      text("text", step.text, limit: Note.limit)
      record()
    case .tagAdd, .tagRemove:
      if step.tag.flatMap({ TagName($0) }) == nil { fault("tag", "required") }
      record()
    case .fieldSet:
      if step.field?.isEmpty ?? true { fault("field", "required") }
      checkEntry(fields)
      record()
    case .messageSend: text("text", step.text, limit: Message.textLimit)
    case .agentNotify: text("text", step.text, limit: Notification.textLimit)
    case .webhookCall: checkWebhook()
    case .condition:
      if step.tests?.isEmpty ?? true { fault("tests", "required") }
      for (index, test) in (step.tests ?? []).enumerated() {
        guard let found = test.fault(fields) else { continue }
        fault(found.member, found.reason, at: "tests.\(index).\(found.member)")
      }
    case .wait:
      let minutes = step.unit.map { ($0.minutes * (step.amount ?? 0)) } ?? 0
      if step.unit == nil { fault("unit", "required") }
      if step.unit != nil, !(1...366 * 24 * 60).contains(minutes) { fault("amount", "invalid") }
    case .conversationAssign, .conversationComplete, .goto, .end: break
    }
  }

  private mutating func checkDeal(_ pipelines: [Pipeline]) {
    text("title", step.title, limit: Deal.titleLimit, inDeal: true)
    if let description = step.description { tags("description", description, inDeal: true) }
    if (step.description?.unicodeScalars.count ?? 0) > Deal.descriptionLimit {
      fault("description", "too-long")
    }
    value(isRequired: true)
    let pipeline = pipelines.first { $0.id == step.pipelineID }
    if pipeline == nil { fault("pipeline", step.pipelineID == nil ? "required" : "unknown") }
    if let pipeline {
      if step.stageID == nil { fault("stage", "required") }
      if let id = step.stageID, !pipeline.stages.contains(where: { $0.id == id }) {
        fault("stage", "unknown")
      }
    }
    days("closeInDays", step.closeInDays)
  }

  private mutating func checkUpdate(_ pipelines: [Pipeline]) {
    if step.stageID == nil, step.status == nil, step.ownerID == nil, step.value == nil, step.lostReason == nil
    {
      fault("change", "required")
    }
    if let id = step.stageID, !pipelines.contains(where: { $0.stages.contains { $0.id == id } }) {
      fault("stage", "unknown")
    }
    if let reason = step.lostReason, !reason.isEmpty, step.status != .lost { fault("lostReason", "invalid") }
    if (step.lostReason?.unicodeScalars.count ?? 0) > Deal.lostReasonLimit { fault("lostReason", "too-long") }
    value(isRequired: false)
  }

  /// What a field is set to: a text with tags is seen for what it is only when they are filled in.
  private mutating func checkEntry(_ fields: [Int64: CustomField]) {
    if let text = step.value?.text {
      tags("value", text)
      if PersonalizedText(text, knowsDeal: knowsDeal).hasTags { return }
    }
    guard let field = step.field.flatMap({ AutomationField($0) }).flatMap({ fields[$0.id] }) else { return }
    do throws(FieldFault) {
      _ = try step.value?.entry(as: field, currency: nil)
    } catch {
      fault("value", error == .unknown ? "unknown" : error == .tooLong ? "too-long" : "invalid")
    }
  }

  private mutating func checkWebhook() {
    let url = step.url?.trimmed ?? ""
    let isWeb = url.lowercased().hasPrefix("https://") || url.lowercased().hasPrefix("http://")
    if url.isEmpty {
      fault("url", "required")
    } else if !isWeb || url.utf8.count > 2000 {
      fault("url", "invalid")
    }
    if (step.secret?.unicodeScalars.count ?? 0) > 200 { fault("secret", "too-long") }
  }

  private mutating func value(isRequired: Bool) {
    guard let value = step.value else {
      if isRequired { fault("value", "required") }
      return
    }
    guard let money = value.money, let minor = money.minor else { return fault("value", "required") }
    guard let code = money.currency else { return }
    guard let currency = Currency(code: code) else { return fault("value", "unknown") }
    if Money(minorUnits: minor, currency: currency) == nil { fault("value", "invalid") }
  }

  private mutating func text(_ field: String, _ text: String?, limit: Int, inDeal: Bool = false) {
    guard let text, !text.trimmed.isEmpty else { return fault(field, "required") }
    if text.unicodeScalars.count > limit { fault(field, "too-long") }
    tags(field, text, inDeal: inDeal)
  }

  /// A deal that is being made has no tags of its own.
  private mutating func tags(_ field: String, _ text: String, inDeal: Bool = false) {
    let unknown = PersonalizedText(text, knowsDeal: knowsDeal && !inDeal).unknownTags
    if !unknown.isEmpty { fault(field, "unknown-tag", tags: unknown) }
  }

  private mutating func days(_ field: String, _ days: Int?) {
    if let days, !(0...Self.mostDays).contains(days) { fault(field, "invalid") }
  }

  private mutating func record() {
    if step.on == nil || step.on == .account { fault("on", "required") }
  }
}

extension AutomationStep.Unit {
  var minutes: Int {
    switch self {
    case .minutes: 1
    case .hours: 60
    case .days: 24 * 60
    }
  }
}
