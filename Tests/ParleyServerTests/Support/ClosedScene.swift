@testable import ParleyCore
@testable import ParleyServer

/// The scene with a second deal of the same people, in a pipeline that only owners may see, and someone of the team who may not.
struct ClosedScene {
  /// In every text of the closed deal, and nowhere else.
  static let mark = "hush7f3c"
  /// Its amount, in a currency that nothing else is in.
  static let amount = "73737373"
  static let decimals = "737373.73"

  let scene: Scene
  let outsider: Browser
  let pipelineID: Int64
  let stageIDs: [Int64]
  let dealID: Int64
  let noteID: Int64
  let taskID: Int64
  let automationID: Int64
  let runID: Int64
  let importID: Int64
  let viewID: Int64
  let fieldID: Int64

  init(_ server: TestServer, _ owner: Browser) async throws {
    let scene = try await Scene(server, owner)
    self.scene = scene
    outsider = try await server.agent("Otto")
    let mark = JSONValue.string(Self.mark)
    let pipeline = try await owner.post("/api/pipelines", ["name": mark, "currency": "GBP"]).json
    let pipelineID = pipeline["id"].int ?? 0
    self.pipelineID = pipelineID
    stageIDs = pipeline["stages"].array.compactMap { $0["id"].int }
    let everyone = try await owner.get("/api/groups").json["groups"][0]["id"].int ?? 0
    _ = try await owner.send("PUT", "/api/groups/\(everyone)/pipelines/\(pipelineID)", ["rights": []])

    automationID = try await Self.automation(owner, pipelineID)
    let dealID = try await Self.deal(scene, mark, pipelineID)
    self.dealID = dealID
    noteID = try await owner.post("/api/deals/\(dealID)/notes", ["text": mark]).json["id"].int ?? 0
    taskID =
      try await owner.post("/api/deals/\(dealID)/tasks", ["title": mark, "kind": mark]).json["id"].int ?? 0
    _ = await AutomationEngine(server.parley, call: { _ in .answered(200) }, failed: { _ in }).work()
    let runs = try await owner.get("/api/automations/\(automationID)/runs").json
    runID = runs["runs"][0]["id"].int ?? 0
    let begun: JSONValue = ["kind": "deals", "fileName": mark, "size": 10]
    importID =
      try await owner.post("/api/imports", begun, ["Idempotency-Key": "closed-00000001"]).json["id"].int ?? 0
    let view: JSONValue = [
      "kind": "deals", "name": mark, "query": "status=all", "columns": [], "isShared": false,
    ]
    viewID =
      try await owner.post("/api/views", view, ["Idempotency-Key": "closed-00000002"]).json["id"].int ?? 0
    fieldID =
      try await owner.post(
        "/api/fields", ["kind": "deal", "type": "text", "name": "Colour"],
        ["Idempotency-Key": "closed-00000003"]
      ).json["id"].int ?? 0
    _ = try await owner.patch("/api/deals/\(dealID)", ["fields": .object([String(fieldID): mark])])
  }

  private static func deal(_ scene: Scene, _ mark: JSONValue, _ pipelineID: Int64) async throws -> Int64 {
    let owner = scene.owner
    let draft = try await Scene.draft(owner, scene.conversationID).with([
      "title": mark, "description": mark, "value": ["minor": 73_737_373, "currency": "GBP"],
      "pipelineID": .integer(pipelineID), "stageID": nil,
      "contact": ["id": .integer(scene.contactID)], "account": ["id": .integer(scene.accountID)],
    ])
    let added = try await owner.post("/api/deals", draft, ["Idempotency-Key": "closed-00000000"])
    let dealID = try added.json["deal"]["id"].int ?? 0
    _ = try await owner.patch(
      "/api/deals/\(dealID)", ["tags": [mark], "status": "lost", "lostReason": mark])
    return dealID
  }

  /// One that deals of the pipeline go through.
  private static func automation(
    _ owner: Browser, _ pipelineID: Int64
  ) async throws -> Int64 {
    let draft: JSONValue = [
      "name": "Follow", "entry": "always",
      "definition": [
        "triggers": [["id": "when", "kind": "deal.created", "pipelineID": .integer(pipelineID)]],
        "steps": [["id": "end", "kind": "end"]],
      ],
    ]
    let added = try await owner.post("/api/automations", draft, ["Idempotency-Key": "closed-00000004"]).json
    let id = added["id"].int ?? 0
    _ = try await owner.post("/api/automations/\(id)/enabled", ["enabled": true])
    return id
  }

  var stageID: Int64 { stageIDs.first ?? 0 }

  /// The path of an operation with ids that lead to the closed deal where one can.
  func path(_ pattern: String) -> String {
    let ids: [String: Int64] = [
      "deals": dealID, "pipelines": pipelineID, "stages": stageID, "notes": noteID, "tasks": taskID,
      "automations": automationID, "runs": runID, "imports": importID, "views": viewID, "fields": fieldID,
    ]
    guard let kind = pattern.split(separator: "/").dropFirst().first, let id = ids[String(kind)] else {
      return scene.path(pattern)
    }
    return scene.path(pattern.replacing("{id}", with: String(id)))
  }

  /// A query, with `PIPELINE`, `STAGE`, `FIELD` for what they are called.
  func fill(_ query: String) -> String {
    query.replacing("PIPELINE", with: "\(pipelineID)").replacing("STAGE", with: "\(stageID)")
      .replacing("FIELD", with: "\(fieldID)")
  }

  /// A body, with `"DEAL"`, `"PIPELINE"` and `"STAGES"` for what they are called.
  func fill(_ body: JSONValue) throws -> JSONValue {
    let text = String(decoding: try body.bytes, as: UTF8.self)
      .replacing("\"DEAL\"", with: "\(dealID)").replacing("\"PIPELINE\"", with: "\(pipelineID)")
      .replacing("\"STAGES\"", with: "\(stageIDs)")
    return try JSONValue(Array(text.utf8))
  }

  func isTold(by text: String) -> Bool {
    text.contains(Self.mark) || text.contains(Self.amount) || text.contains(Self.decimals)
  }

  /// All that there is of the deal, as an owner sees it.
  func picture() async throws -> [String] {
    var texts: [String] = []
    for part in ["", "/notes", "/tasks", "/changes", "/conversations"] {
      texts.append(try await scene.owner.get("/api/deals/\(dealID)\(part)").text)
    }
    return texts
  }
}
