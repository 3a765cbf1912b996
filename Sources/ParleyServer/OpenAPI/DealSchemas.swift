import ParleyCore

extension Schemas {
  /// The shapes of deals and of what belongs to them, by the names that Deals.md gives them.
  static let deals: [(name: String, schema: JSONSchema)] = [
    ("Stage", stage), ("StageDraft", stageDraft), ("Pipeline", pipeline), ("Deal", deal),
    ("DealDraft", dealDraft), ("DealChange", dealChange), ("Total", total), ("Column", column),
    ("Task", task), ("TaskDraft", taskDraft), ("TaskAgenda", taskAgenda),
    ("Note", note), ("Change", change), ("BulkChange", bulkChange),
  ]

  private static let sort = JSONSchema.oneOf(strings: [
    "rank", "newest", "value", "close", "activity", "title",
  ])

  static let assignment = JSONSchema.oneOf(strings: ["manual", "round-robin", "round-robin-by-value"])

  private static let dealStatus = JSONSchema.oneOf(strings: ["open", "won", "lost"])

  private static let stage = JSONSchema.object([
    "id": .integer, "name": .string, "color": .string, "probability": .integer,
    "rottingDays": .nullable(.integer), "sort": sort,
  ])

  private static let stageDraft = JSONSchema.object([
    "name": .optional(.string), "color": .optional(.string), "probability": .optional(.integer),
    "rottingDays": .optional(.nullable(.integer)), "sort": .optional(sort),
  ])

  private static let pipeline = JSONSchema.object([
    "id": .integer, "name": .string, "currency": .string, "assignment": assignment,
    "stages": .array(.named("Stage")), "rights": rights, "watchers": .array(.integer),
  ])

  static let rights = JSONSchema.array(.oneOf(strings: ["see", "add", "edit", "delete", "reassign"]))

  private static let deal = JSONSchema.object([
    "id": .integer, "title": .string, "description": .string, "value": .named("Money"),
    "owner": reference, "forecastedCloseOn": .nullable(.calendarDate), "overdue": .boolean,
    "pipeline": reference, "stage": .named("Stage"), "status": dealStatus,
    "contact": .nullable(.object(["id": .integer, "name": .string, "email": .string])),
    "account": .nullable(reference),
    "secondaryContacts": .array(
      .object(["id": .integer, "name": .string, "email": .string, "role": .string])),
    "conversationID": .nullable(.integer), "linkedConversationIDs": .array(.integer), "createdBy": .integer,
    "createdAt": .moment,
    "stageEnteredAt": .moment, "lastActivityAt": .moment, "rotting": .boolean, "closedAt": .nullable(.moment),
    "lostReason": .string, "tags": .array(.string), "fields": .named("FieldValues"),
    "nextTask": .nullable(.named("Task")), "rank": .string,
  ])

  private static let dealDraft = JSONSchema.object([
    "title": .string, "value": .named("Money"), "ownerID": .optional(.integer),
    "forecastedCloseOn": .optional(.nullable(.calendarDate)), "pipelineID": .integer,
    "stageID": .optional(.integer),
    "description": .optional(.string), "conversationID": .optional(.nullable(.integer)),
    "contact": .optional(.nullable(.named("ContactChoice"))),
    "account": .optional(.nullable(.named("AccountChoice"))),
    "origin": .optional(.nullable(.oneOf(strings: ["conversation", "pipeline", "contact", "account"]))),
    "fields": .optional(.named("FieldEntries")),
  ])

  private static let dealChange = JSONSchema.object([
    "title": .optional(.string), "description": .optional(.string), "value": .optional(.named("Money")),
    "ownerID": .optional(.integer), "forecastedCloseOn": .optional(.nullable(.calendarDate)),
    "pipelineID": .optional(.integer), "stageID": .optional(.integer),
    "contactID": .optional(.nullable(.integer)), "accountID": .optional(.nullable(.integer)),
    "status": .optional(dealStatus), "lostReason": .optional(.string), "tags": .optional(.array(.string)),
    "fields": .optional(.named("FieldEntries")),
  ])

  private static let total = JSONSchema.object(["currency": .string, "count": .integer, "minor": .string])

  private static let column = JSONSchema.object([
    "stage": .named("Stage"), "count": .integer, "isExact": .boolean, "totals": .array(.named("Total")),
    "deals": .array(.named("Deal")), "next": .nullable(.string),
  ])

  private static let task = JSONSchema.object([
    "id": .integer, "title": .string, "kind": .string, "dueOn": .nullable(.calendarDate),
    "dueAt": .nullable(.moment), "overdue": .boolean, "assignee": reference, "doneAt": .nullable(.moment),
    "outcome": .string,
    "record": .object([
      "kind": .oneOf(strings: ["deal", "contact", "account"]), "id": .integer, "name": .string,
    ]), "pipelineID": .nullable(.integer), "createdAt": .moment,
  ])

  private static let taskAgenda = JSONSchema.object([
    "groups": .array(
      .object([
        "group": .oneOf(strings: TaskGroup.allCases.map(\.rawValue)), "tasks": .array(.named("Task")),
        "next": .nullable(.string), "count": .integer, "isExact": .boolean,
      ]))
  ])

  private static let taskDraft = JSONSchema.object([
    "title": .optional(.string), "kind": .optional(.string), "dueOn": .optional(.nullable(.calendarDate)),
    "dueAt": .optional(.nullable(.moment)), "assigneeID": .optional(.integer), "done": .optional(.boolean),
    "outcome": .optional(.string),
  ])

  private static let note = JSONSchema.object([
    "id": .integer, "text": .string, "agent": .nullable(reference), "createdAt": .moment,
    "updatedAt": .moment,
  ])

  private static let change = JSONSchema.object([
    "id": .integer,
    "field": .oneOf(strings: [
      "created", "title", "description", "value", "owner", "forecastedCloseOn", "stage", "pipeline", "status",
      "lostReason", "contact", "account", "secondaryContact", "tags", "task", "note",
      "conversation", "field",
    ]), "from": .nullable(.string), "to": .nullable(.string), "agent": .nullable(reference),
    "automation": .nullable(reference),
    "createdAt": .moment,
  ])

  private static let bulkChange = JSONSchema.object([
    "ownerID": .optional(.integer), "stageID": .optional(.integer), "status": .optional(dealStatus),
    "lostReason": .optional(.string), "addTag": .optional(.string), "removeTag": .optional(.string),
  ])
}
