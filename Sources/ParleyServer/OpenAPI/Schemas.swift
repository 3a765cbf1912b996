/// The shapes that the interface's answers and requests are made of, by the names that Interface.md gives them.
enum Schemas {
  static let all: [(name: String, schema: JSONSchema)] =
    [
      ("Error", error), ("Agent", agent), ("Preferences", preferences),
      ("PreferencesChange", preferencesChange), ("Workspace", workspace),
      ("Session", session), ("Greetings", greetings), ("Site", site), ("SiteDraft", siteDraft),
      ("CountRow", countRow),
      ("Conversation", conversation), ("Message", message),
      ("SearchResult", searchResult), ("Visitor", visitor), ("Contact", contact), ("Account", account),
      ("ContactChange", contactChange), ("AccountChange", accountChange),
      ("Money", money), ("ContactChoice", contactChoice), ("AccountChoice", accountChoice),
      ("Panel", panel),
    ] + deals + groups + reports + fields + merges + recordBulk + views + automations + imports

  static let reference = JSONSchema.object(["id": .integer, "name": .string])

  private static let error = JSONSchema.object([
    "error": .object([
      "code": .string, "fields": .optional(.map(.string)), "tags": .optional(.array(.string)),
      "retryAfter": .optional(.integer), "conversationID": .optional(.integer),
      "existing": .optional(.anyOf([.named("Contact"), .named("Account"), reference])),
      "deals": .optional(.integer), "records": .optional(.integer), "mergedInto": .optional(.integer),
      "current": .optional(.named("Automation")),
      "problems": .optional(.array(.named("AutomationProblem"))),
    ])
  ])

  private static let agent = JSONSchema.object([
    "id": .integer, "name": .string, "email": .string, "role": .oneOf(strings: ["owner", "agent"]),
    "online": .boolean,
  ])

  private static let preferences = JSONSchema.object([
    "sendWith": .oneOf(strings: ["enter", "ctrl-enter"]), "sound": .boolean, "notifications": .boolean,
    "language": .oneOf(strings: ["auto", "en", "fr"]), "theme": .oneOf(strings: ["auto", "light", "dark"]),
  ])

  private static let preferencesChange = JSONSchema.object([
    "sendWith": .optional(.oneOf(strings: ["enter", "ctrl-enter"])), "sound": .optional(.boolean),
    "notifications": .optional(.boolean), "language": .optional(.oneOf(strings: ["auto", "en", "fr"])),
    "theme": .optional(.oneOf(strings: ["auto", "light", "dark"])),
  ])

  private static let workspace = JSONSchema.object([
    "name": .string, "timeZone": .string, "defaultCurrency": .string,
    "weekStartsOn": .oneOf(strings: ["monday", "sunday"]),
  ])

  private static let session = JSONSchema.object([
    "agent": .named("Agent"), "preferences": .named("Preferences"), "workspace": .named("Workspace"),
    "agents": .array(.named("Agent")), "pipelines": .array(.named("Pipeline")),
    "fields": .array(.named("Field")), "counts": .array(.named("CountRow")), "sequence": .integer,
  ])

  private static let greetings = JSONSchema.object(["en": .string, "fr": .string])

  private static let site = JSONSchema.object([
    "id": .integer, "key": .string, "name": .string, "greetings": .named("Greetings"),
    "color": .string, "position": .oneOf(strings: ["left", "right"]), "origins": .array(.string),
  ])

  private static let siteDraft = JSONSchema.object([
    "name": .optional(.string),
    "greetings": .optional(.object(["en": .optional(.string), "fr": .optional(.string)])),
    "color": .optional(.string), "position": .optional(.oneOf(strings: ["left", "right"])),
    "origins": .optional(.array(.string)),
  ])

  private static let status = JSONSchema.oneOf(strings: ["open", "completed"])

  private static let countRow = JSONSchema.object([
    "status": status, "assigneeID": .nullable(.integer), "count": .integer,
  ])

  private static let conversation = JSONSchema.object([
    "id": .integer, "status": status, "assigneeID": .nullable(.integer), "activity": .integer,
    "lastNumber": .integer, "lastTextNumber": .integer, "readNumber": .optional(.integer),
    "agentsSeenNumber": .integer,
    "visitorSeenNumber": .integer, "lastText": .string,
    "lastAuthor": .oneOf(strings: ["visitor", "agent"]), "lastAgentID": .nullable(.integer),
    "lastAt": .moment, "createdAt": .moment, "siteID": .integer, "visitorID": .integer, "name": .string,
    "email": .string, "pageURL": .string,
    "pageTitle": .string, "online": .boolean,
  ])

  private static let message = JSONSchema.object([
    "id": .integer, "conversationID": .integer, "number": .integer,
    "kind": .oneOf(strings: ["text", "note", "page", "status"]),
    "author": .oneOf(strings: ["visitor", "agent", "system"]), "agentID": .nullable(.integer),
    "clientID": .nullable(.string), "text": .string, "detail": .nullable(.anyOf([page, change])),
    "createdAt": .moment,
  ])

  private static let page = JSONSchema.object(["url": .string, "title": .string])

  private static let change = JSONSchema.object([
    "status": .oneOf(strings: [
      "assigned", "unassigned", "completed", "reopened", "identified", "deal-added", "deal-linked",
      "deal-unlinked",
    ]), "assigneeID": .optional(.integer), "name": .optional(.string), "email": .optional(.string),
    "dealID": .optional(.integer), "title": .optional(.string),
  ])

  private static let searchResult = JSONSchema.object([
    "conversation": .named("Conversation"),
    "hit": .object([
      "field": .oneOf(strings: ["message", "person"]), "messageNumber": .nullable(.integer),
      "parts": .array(.object(["text": .string, "match": .boolean])),
    ]),
  ])

  private static let visitor = JSONSchema.object([
    "id": .integer, "siteID": .integer, "contactID": .nullable(.integer), "name": .string,
    "email": .string, "phone": .string, "language": .string, "timeZone": .string, "userAgent": .string,
    "pageURL": .string, "pageTitle": .string, "online": .boolean, "createdAt": .moment,
    "lastSeenAt": .moment,
  ])

  private static let contact = JSONSchema.object([
    "id": .integer, "email": .string, "firstName": .string, "lastName": .string, "name": .string,
    "phone": .string, "jobTitle": .string, "account": .nullable(reference), "tags": .array(.string),
    "fields": .named("FieldValues"), "createdAt": .moment, "lastActivityAt": .nullable(.moment),
  ])

  private static let account = JSONSchema.object([
    "id": .integer, "name": .string, "url": .string, "phone": .string, "owner": .nullable(reference),
    "fields": .named("FieldValues"), "createdAt": .moment, "lastActivityAt": .nullable(.moment),
  ])

  private static let contactChange = JSONSchema.object([
    "email": .optional(.string), "firstName": .optional(.string), "lastName": .optional(.string),
    "phone": .optional(.string), "jobTitle": .optional(.string),
    "accountID": .optional(.nullable(.integer)), "tags": .optional(.array(.string)),
    "fields": .optional(.named("FieldEntries")),
  ])

  private static let accountChange = JSONSchema.object([
    "name": .optional(.string), "url": .optional(.string), "phone": .optional(.string),
    "ownerID": .optional(.nullable(.integer)), "fields": .optional(.named("FieldEntries")),
  ])

  private static let money = JSONSchema.object(["minor": .integer, "currency": .string])

  private static let contactChoice = JSONSchema.anyOf([
    .object(["id": .integer]), .object(["new": .object(["name": .string, "email": .string])]),
  ])

  private static let accountChoice = JSONSchema.anyOf([
    .object(["id": .integer]), .object(["new": .object(["name": .string])]),
  ])

  private static let panel = JSONSchema.object([
    "visitor": .named("Visitor"), "contact": .nullable(.named("Contact")),
    "account": .nullable(.named("Account")), "deals": .array(.named("Deal")), "dealsTotal": .integer,
    "previous": .array(.named("Conversation")), "previousTotal": .integer,
  ])
}
