extension OperationTests {
  /// The same where the ids of a `ClosedScene` are needed.
  static let closedExamples: [Example] = [
    Example(method: "GET", path: "/api/automations"),
    Example(
      method: "POST", path: "/api/automations", body: automation, fields: ["Idempotency-Key": "examples-0001"]
    ),
    Example(method: "GET", path: "/api/automations/{id}"),
    Example(method: "PUT", path: "/api/automations/{id}", body: automation.with(["version": 1])),
    Example(method: "POST", path: "/api/automations/{id}/enabled", body: ["enabled": false]),
    Example(method: "GET", path: "/api/automations/{id}/runs", query: "?status=done&limit=5"),
    Example(method: "GET", path: "/api/contacts/{id}/runs", query: "?limit=5"),
    Example(method: "GET", path: "/api/runs/{id}"),
    Example(method: "POST", path: "/api/runs/{id}/stop"),
    Example(method: "GET", path: "/api/notifications", query: "?limit=5"),
    Example(method: "POST", path: "/api/notifications/read", body: ["upTo": 1]),
    Example(method: "GET", path: "/api/imports", query: "?limit=5"),
    Example(
      method: "POST", path: "/api/imports", body: ["kind": "contacts", "fileName": "a.csv", "size": 10],
      fields: ["Idempotency-Key": "examples-0002"]),
    Example(method: "GET", path: "/api/imports/{id}"),
    Example(method: "GET", path: "/api/imports/{id}/faults"),
    Example(method: "POST", path: "/api/imports/{id}/cancel"),
    Example(method: "PATCH", path: "/api/views/{id}", body: ["name": "Mine", "isShared": true]),
    Example(method: "GET", path: "/api/fields"),
    Example(
      method: "POST", path: "/api/fields",
      body: ["kind": "contact", "type": "choice", "name": "Size", "choices": [["name": "S"], ["name": "M"]]]),
    Example(method: "PATCH", path: "/api/fields/{id}", body: ["name": "Hue"]),
    Example(method: "PUT", path: "/api/pipelines/{id}/stages", body: ["order": "STAGES"]),
    Example(
      method: "POST", path: "/api/contacts", body: ["email": "new@engine.example", "tags": ["fair"]],
      fields: ["Idempotency-Key": "examples-0003"]),
    Example(
      method: "GET", path: "/api/contacts/list", query: "?search=ada&limit=2&deals=any"),
    Example(method: "GET", path: "/api/contacts/{id}/deals"),
    Example(method: "GET", path: "/api/contacts/{id}/conversations"),
    Example(method: "GET", path: "/api/contacts/{id}/notes"),
    Example(method: "GET", path: "/api/contacts/{id}/tasks"),
    Example(method: "POST", path: "/api/contacts/{id}/tasks", body: ["title": "Ring", "kind": "call"]),
    Example(
      method: "POST", path: "/api/accounts", body: ["name": "Difference", "url": "difference.example"],
      fields: ["Idempotency-Key": "examples-0004"]),
    Example(method: "GET", path: "/api/accounts/list", query: "?search=eng"),
    Example(method: "PATCH", path: "/api/accounts/{id}", body: ["phone": "+44 1"]),
    Example(method: "GET", path: "/api/accounts/{id}/contacts"),
    Example(method: "GET", path: "/api/accounts/{id}/deals"),
    Example(method: "GET", path: "/api/accounts/{id}/conversations"),
    Example(method: "GET", path: "/api/accounts/{id}/notes"),
    Example(method: "POST", path: "/api/accounts/{id}/notes", body: ["text": "Brass"]),
    Example(method: "GET", path: "/api/accounts/{id}/tasks"),
    Example(method: "POST", path: "/api/deals/{id}/notes", body: ["text": "Brass"]),
    Example(method: "POST", path: "/api/deals/{id}/tasks", body: ["title": "Ring", "kind": "call"]),
    Example(method: "GET", path: "/api/reports/forecast", query: "\(range)&by=week"),
    Example(method: "GET", path: "/api/reports/forecast/deals", query: "\(range)&figure=forecast"),
    Example(method: "GET", path: "/api/reports/outcomes", query: range),
    Example(method: "GET", path: "/api/reports/outcomes/deals", query: range),
    Example(method: "GET", path: "/api/reports/funnel", query: "\(range)&pipeline=PIPELINE"),
    Example(
      method: "GET", path: "/api/reports/funnel/deals", query: "\(range)&pipeline=PIPELINE&stage=STAGE"),
    Example(method: "GET", path: "/api/reports/stage-times", query: "\(range)&pipeline=PIPELINE"),
  ]

  /// What has tests of its own, since one request alone does not succeed.
  static let tried: Set<String> = [
    // SetupTests, SessionTests
    "POST /api/setup", "POST /api/session", "PUT /api/session/password",
    // DealTests
    "POST /api/deals",
    // Browser/test_deal_page.py: of a contact that is not the deal's own.
    "PUT /api/deals/{id}/contacts/{contact}",
    // For a website's pages, with its origin.
    "GET /widget/site",
    // PeopleRouteTests
    "POST /api/contacts/{id}/merge", "POST /api/accounts/{id}/merge",
    // FieldRouteTests
    "PUT /api/fields",
    // Acceptance/test_imports.py, Browser/test_imports.py
    "PUT /api/imports/{id}/parts", "POST /api/imports/{id}/check", "POST /api/imports/{id}/run",
    "POST /api/imports/{id}/undo",
    // Browser/test_automations.py: of a run that failed.
    "POST /api/runs/{id}/retry",
  ]

  private static let range = "?from=2026-01-01&to=2031-12-31"

  static let automation: JSONValue = [
    "name": "Greet", "entry": "once",
    "definition": [
      "triggers": [["id": "when", "kind": "contact.created"]],
      "steps": [["id": "note", "kind": "note.add", "on": "contact", "text": "Hello"]],
    ],
  ]
}
