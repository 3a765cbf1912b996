import ParleyCore

extension Schemas {
  /// The shapes of automations, by the names that Automations.md gives them.
  static let automations: [(name: String, schema: JSONSchema)] = [
    ("Automation", automation), ("AutomationDraft", automationDraft), ("AutomationSaving", automationSaving),
    ("AutomationDefinition", automationDefinition), ("AutomationTrigger", automationTrigger),
    ("AutomationStep", automationStep), ("AutomationTest", automationTest),
    ("AutomationProblem", automationProblem), ("AutomationRun", automationRun),
    ("AutomationRunStep", automationRunStep), ("Notification", notification),
  ]

  private static let entry = JSONSchema.oneOf(strings: ["always", "once"])
  private static let record = JSONSchema.oneOf(strings: ["contact", "deal", "account"])
  private static let status = JSONSchema.oneOf(strings: ["open", "won", "lost"])

  private static let automationValue = JSONSchema.anyOf([
    .string, .integer, .array(.integer), .named("Money"),
  ])

  private static let automation = JSONSchema.object([
    "id": .integer, "name": .string, "enabled": .boolean, "entry": entry,
    "definition": .named("AutomationDefinition"), "problems": .array(.named("AutomationProblem")),
    "version": .integer,
    "counts": .object(["active": .integer, "done": .integer, "failed": .integer, "stopped": .integer]),
    "updatedAt": .moment, "updatedBy": reference,
  ])

  private static let automationDraft = JSONSchema.object([
    "name": .string, "entry": .optional(entry), "definition": .optional(.named("AutomationDefinition")),
  ])

  private static let automationSaving = JSONSchema.object([
    "version": .integer, "name": .string, "entry": .optional(entry),
    "definition": .optional(.named("AutomationDefinition")),
  ])

  private static let automationDefinition = JSONSchema.object([
    "triggers": .array(.named("AutomationTrigger")), "steps": .array(.named("AutomationStep")),
  ])

  private static let automationTrigger = JSONSchema.object([
    "id": .string, "kind": .oneOf(strings: AutomationTrigger.Kind.allCases.map(\.rawValue)),
    "tag": .optional(.string), "on": .optional(record), "field": .optional(.string),
    "siteID": .optional(.integer), "url": .optional(.string), "minutes": .optional(.integer),
    "pipelineID": .optional(.integer), "fromStageID": .optional(.integer), "toStageID": .optional(.integer),
    "to": .optional(status), "taskKind": .optional(.string), "days": .optional(.integer),
  ])

  private static let automationStep = JSONSchema.object([
    "id": .string, "kind": .oneOf(strings: AutomationStep.Kind.allCases.map(\.rawValue)),
    "title": .optional(.string), "description": .optional(.string), "value": .optional(automationValue),
    "pipelineID": .optional(.integer), "stageID": .optional(.integer),
    "ownerID": .optional(.nullable(.integer)),
    "closeInDays": .optional(.nullable(.integer)), "status": .optional(status),
    "lostReason": .optional(.string),
    "taskKind": .optional(.string), "dueInDays": .optional(.nullable(.integer)),
    "assigneeID": .optional(.nullable(.integer)), "on": .optional(record), "text": .optional(.string),
    "tag": .optional(.string), "field": .optional(.string), "agentID": .optional(.nullable(.integer)),
    "url": .optional(.string), "secret": .optional(.string),
    "match": .optional(.oneOf(strings: ["all", "any"])), "tests": .optional(.array(.named("AutomationTest"))),
    "yes": .optional(.array(.named("AutomationStep"))), "no": .optional(.array(.named("AutomationStep"))),
    "amount": .optional(.integer), "unit": .optional(.oneOf(strings: ["minutes", "hours", "days"])),
    "target": .optional(.string),
  ])

  private static let automationTest = JSONSchema.object([
    "subject": .string,
    "is": .oneOf(strings: [
      "has", "has-not", "contains", "contains-not", "equals", "equals-not", "exists", "exists-not",
      "at-least",
      "less-than",
    ]), "value": .optional(automationValue),
  ])

  private static let automationProblem = JSONSchema.object([
    "place": .oneOf(strings: ["triggers", "steps"]), "id": .nullable(.string), "field": .string,
    "code": .string, "tags": .optional(.array(.string)),
  ])

  private static let automationRun = JSONSchema.object([
    "id": .integer, "automationID": .integer, "automationName": .string,
    "status": .oneOf(strings: ["active", "done", "failed", "stopped", "refused"]),
    "contact": .nullable(reference), "deal": .nullable(.object(["id": .integer, "title": .string])),
    "conversationID": .nullable(.integer), "trigger": .string, "stepID": .nullable(.string),
    "wakeAt": .nullable(.moment), "code": .nullable(.string), "startedAt": .moment,
    "endedAt": .nullable(.moment),
  ])

  private static let automationRunStep = JSONSchema.object([
    "id": .integer, "stepID": .string, "kind": .string,
    "outcome": .oneOf(strings: ["done", "failed", "yes", "no", "waiting", "retrying", "skipped"]),
    "code": .nullable(.string),
    "detail": .nullable(
      .object([
        "dealID": .optional(.integer), "taskID": .optional(.integer), "noteID": .optional(.integer),
        "messageID": .optional(.integer), "status": .optional(.integer), "until": .optional(.moment),
      ])), "at": .moment,
  ])

  private static let notification = JSONSchema.object([
    "id": .integer, "text": .string,
    "link": .nullable(
      .object(["kind": .oneOf(strings: ["deal", "contact", "conversation"]), "id": .integer])),
    "automation": .nullable(reference), "createdAt": .moment, "readAt": .nullable(.moment),
  ])
}
