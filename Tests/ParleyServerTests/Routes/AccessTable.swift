/// How each operation stands to deals that the caller may not see. Each of the interface's is here: a new one fails the tests until
/// it is.
enum AccessTable {
  enum Rule: Sendable, Hashable {
    /// Answers 404 where the deal may not be seen.
    case of
    /// Answers what of it may be seen.
    case among
    /// Changes the deal, or what hangs on it: refused, and nothing is changed.
    case change
    /// Changes many: what may not be seen is left out, and nothing of it is changed.
    case bulk
    /// For owners, who may see everything: 403 for others.
    case owners
    /// Leads to no deal, and why.
    case aside(String)
  }

  struct Row: Sendable {
    let operation: String
    var query = ""
    var body: JSONValue?
    let rule: Rule
  }

  private static let range = "?from=2026-01-01&to=2031-12-31"

  static let reading: [Row] = [
    Row(operation: "GET /api/deals/{id}", rule: .of),
    Row(operation: "GET /api/deals/{id}/changes", rule: .of),
    Row(operation: "GET /api/deals/{id}/conversations", rule: .of),
    Row(operation: "GET /api/deals/{id}/notes", rule: .of),
    Row(operation: "GET /api/deals/{id}/tasks", rule: .of),
    Row(operation: "GET /api/pipelines/{id}/board", query: "?status=all", rule: .of),
    Row(operation: "GET /api/imports/{id}", rule: .of),
    Row(operation: "GET /api/imports/{id}/faults", rule: .of),
    Row(operation: "GET /api/imports/{id}/faults.csv", rule: .of),
    Row(operation: "GET /api/session", rule: .among),
    Row(operation: "GET /api/pipelines", rule: .among),
    Row(operation: "GET /api/deals", query: "?status=all", rule: .among),
    Row(operation: "GET /api/deals", query: "?status=all&search=hush", rule: .among),
    Row(operation: "GET /api/deals", query: "?status=all&tag=hush7f3c", rule: .among),
    Row(operation: "GET /api/deals", query: "?status=all&field.FIELD=hush", rule: .among),
    Row(operation: "GET /api/deals/list.csv", query: "?status=all", rule: .among),
    Row(operation: "GET /api/tags", query: "?search=hush", rule: .among),
    Row(operation: "GET /api/contacts/{id}/deals", rule: .among),
    Row(operation: "GET /api/accounts/{id}/deals", rule: .among),
    Row(operation: "GET /api/contacts/{id}/runs", rule: .among),
    Row(operation: "GET /api/conversations/{id}", rule: .among),
    Row(operation: "GET /api/conversations/{id}/messages", rule: .among),
    Row(operation: "GET /api/imports", rule: .among),
    Row(operation: "GET /api/tasks", rule: .among),
    Row(operation: "GET /api/tasks/kinds", rule: .among),
    Row(operation: "GET /api/views", rule: .among),
    Row(operation: "GET /api/reports/forecast", query: range + "&by=month", rule: .among),
    Row(operation: "GET /api/reports/forecast.csv", query: range + "&by=month", rule: .among),
    Row(operation: "GET /api/reports/forecast/deals", query: range + "&figure=forecast", rule: .among),
    Row(operation: "GET /api/reports/outcomes", query: range, rule: .among),
    Row(operation: "GET /api/reports/outcomes.csv", query: range, rule: .among),
    Row(operation: "GET /api/reports/outcomes/reasons.csv", query: range, rule: .among),
    Row(operation: "GET /api/reports/outcomes/deals", query: range + "&figure=lost", rule: .among),
    Row(operation: "GET /api/reports/funnel", query: range + "&pipeline=PIPELINE", rule: .of),
    Row(operation: "GET /api/reports/funnel.csv", query: range + "&pipeline=PIPELINE", rule: .of),
    Row(
      operation: "GET /api/reports/funnel/deals", query: range + "&pipeline=PIPELINE&stage=STAGE", rule: .of),
    Row(operation: "GET /api/reports/stage-times", query: range + "&pipeline=PIPELINE", rule: .of),
    Row(operation: "GET /api/reports/stage-times.csv", query: range + "&pipeline=PIPELINE", rule: .of),
    Row(operation: "GET /api/automations", rule: .owners),
    Row(operation: "GET /api/automations/{id}", rule: .owners),
    Row(operation: "GET /api/automations/{id}/runs", rule: .owners),
    Row(operation: "GET /api/runs/{id}", rule: .owners),
    Row(operation: "GET /api/groups", rule: .owners),
  ]

  static let writing: [Row] = [
    Row(operation: "PATCH /api/deals/{id}", body: ["title": "Mine"], rule: .change),
    Row(operation: "DELETE /api/deals/{id}", rule: .change),
    Row(operation: "POST /api/deals/{id}/move", body: ["stageID": 1, "after": nil], rule: .change),
    Row(operation: "PUT /api/deals/{id}/contacts/{contact}", body: ["role": "Mine"], rule: .change),
    Row(operation: "DELETE /api/deals/{id}/contacts/{contact}", rule: .change),
    Row(operation: "PUT /api/deals/{id}/conversations/{conversation}", rule: .change),
    Row(operation: "DELETE /api/deals/{id}/conversations/{conversation}", rule: .change),
    Row(operation: "POST /api/deals/{id}/notes", body: ["text": "Mine"], rule: .change),
    Row(operation: "PATCH /api/notes/{id}", body: ["text": "Mine"], rule: .change),
    Row(operation: "DELETE /api/notes/{id}", rule: .change),
    Row(operation: "POST /api/deals/{id}/tasks", body: ["title": "Mine", "kind": "call"], rule: .change),
    Row(operation: "PATCH /api/tasks/{id}", body: ["done": true], rule: .change),
    Row(operation: "DELETE /api/tasks/{id}", rule: .change),
    Row(operation: "PATCH /api/views/{id}", body: ["name": "Mine"], rule: .change),
    Row(operation: "DELETE /api/views/{id}", rule: .change),
    Row(
      operation: "POST /api/deals/bulk", body: ["ids": ["DEAL"], "change": ["addTag": "mine"]], rule: .bulk),
    Row(operation: "POST /api/deals", body: ["pipelineID": "PIPELINE"], rule: .change),
    Row(operation: "POST /api/imports/{id}/check", body: ["columns": ["title"]], rule: .change),
    Row(operation: "POST /api/imports/{id}/run", rule: .change),
    Row(operation: "POST /api/imports/{id}/cancel", rule: .change),
    Row(operation: "POST /api/imports/{id}/undo", rule: .change),
    Row(operation: "PUT /api/imports/{id}/parts", query: "?start=0", rule: .change),
    Row(operation: "POST /api/automations", body: OperationTests.automation, rule: .owners),
    Row(
      operation: "PUT /api/automations/{id}", body: OperationTests.automation.with(["version": 1]),
      rule: .owners),
    Row(operation: "DELETE /api/automations/{id}", rule: .owners),
    Row(operation: "POST /api/automations/{id}/enabled", body: ["enabled": false], rule: .owners),
    Row(operation: "POST /api/runs/{id}/stop", rule: .owners),
    Row(operation: "POST /api/runs/{id}/retry", rule: .owners),
    Row(operation: "POST /api/pipelines", body: ["name": "Mine"], rule: .owners),
    Row(operation: "PATCH /api/pipelines/{id}", body: ["name": "Mine"], rule: .owners),
    Row(operation: "DELETE /api/pipelines/{id}", rule: .owners),
    Row(operation: "POST /api/pipelines/{id}/stages", body: ["name": "Mine"], rule: .owners),
    Row(operation: "PUT /api/pipelines/{id}/stages", body: ["order": []], rule: .owners),
    Row(operation: "PATCH /api/stages/{id}", body: ["name": "Mine"], rule: .owners),
    Row(operation: "DELETE /api/stages/{id}", rule: .owners),
    Row(operation: "POST /api/groups", body: ["name": "Mine"], rule: .owners),
    Row(operation: "PATCH /api/groups/{id}", body: ["name": "Mine"], rule: .owners),
    Row(operation: "DELETE /api/groups/{id}", rule: .owners),
    Row(operation: "PUT /api/groups/{id}/pipelines/{pipeline}", body: ["rights": ["see"]], rule: .owners),
    Row(operation: "POST /api/fields", body: ["name": "Mine"], rule: .owners),
    Row(operation: "PUT /api/fields", body: ["kind": "deal", "order": []], rule: .owners),
    Row(operation: "PATCH /api/fields/{id}", body: ["name": "Mine"], rule: .owners),
    Row(operation: "DELETE /api/fields/{id}", rule: .owners),
  ]

  private static let nobody = "before there is a team, or without one"
  private static let person = "of people and companies, whom all of the team may see; it names no deal"
  private static let own = "of the caller alone"
  private static let team = "of the team, its websites and what its records are made of"
  private static let chat = "of a visitor and what they wrote"

  static let aside: [Row] =
    rows(nobody, ["GET /api/setup", "POST /api/setup", "POST /api/session", "GET /healthz", "GET /readyz"])
    + rows("figures of the server", ["GET /metrics"])
    + rows("says what the interface is", ["GET /api/openapi.json"])
    + rows(
      own,
      [
        "DELETE /api/session", "PATCH /api/session/agent", "PUT /api/session/password",
        "PATCH /api/session/preferences", "GET /api/notifications", "POST /api/notifications/read",
        "POST /api/views", "POST /api/imports", "GET /api/tasks/overdue",
      ])
    + rows(
      team,
      [
        "GET /api/agents", "POST /api/agents", "PATCH /api/agents/{id}", "GET /api/sites", "POST /api/sites",
        "PATCH /api/sites/{id}", "PATCH /api/workspace", "GET /api/fields",
      ])
    + rows(
      chat,
      [
        "GET /api/conversations", "GET /api/conversations/search", "GET /api/conversations/unread",
        "PATCH /api/conversations/{id}",
        "PATCH /api/visitors/{id}", "GET /widget/frame", "GET /widget/site", "GET /widget/live",
      ])
    + rows("reads a title that is typed, with people's names in it", ["POST /api/deals/preview"])
    + rows("events, of which `PipelineFanOutTests` asks", ["GET /api/live"])
    + rows(person, ["contacts", "accounts"].flatMap(records))

  private static func rows(_ reason: String, _ operations: [String]) -> [Row] {
    operations.map { Row(operation: $0, rule: .aside(reason)) }
  }

  /// What there is of contacts as of accounts.
  private static func records(_ name: String) -> [String] {
    [
      "GET /api/\(name)", "POST /api/\(name)", "GET /api/\(name)/list", "GET /api/\(name)/list.csv",
      "POST /api/\(name)/bulk", "GET /api/\(name)/{id}", "PATCH /api/\(name)/{id}",
      "DELETE /api/\(name)/{id}",
      "GET /api/\(name)/{id}/conversations", "GET /api/\(name)/{id}/duplicates",
      "GET /api/\(name)/{id}/merges", "POST /api/\(name)/{id}/merge", "GET /api/\(name)/{id}/notes",
      "POST /api/\(name)/{id}/notes", "GET /api/\(name)/{id}/tasks", "POST /api/\(name)/{id}/tasks",
    ] + (name == "accounts" ? ["GET /api/accounts/{id}/contacts"] : [])
  }

  static var all: [Row] { reading + writing + aside }
}
