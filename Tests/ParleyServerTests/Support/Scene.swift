import ParleyCore

@testable import ParleyServer

/// A conversation that has begun, and a deal in it.
struct Scene {
  let owner: Browser
  let conversationID: Int64
  let visitorID: Int64
  let contactID: Int64
  let accountID: Int64
  let dealID: Int64
  let siteID: Int64
  let pipelineID: Int64
  let stageID: Int64
  let noteID: Int64
  let taskID: Int64
  let groupID: Int64
  let agentID: Int64

  init(_ server: TestServer, _ owner: Browser) async throws {
    self.owner = owner
    let (widget, _) = try await server.widget(TestServer.token())
    try widget.send(["type": "message.post", "clientID": "client-0001", "text": "A question about espresso"])
    _ = try await widget.next("message")
    let list = try await owner.get("/api/conversations").json
    conversationID = list["conversations"][0]["id"].int ?? 0
    visitorID = list["conversations"][0]["visitorID"].int ?? 0
    let draft = try await Scene.draft(owner, conversationID)
    let added = try await owner.post("/api/deals", draft, ["Idempotency-Key": "scene-0001"]).json
    dealID = added["deal"]["id"].int ?? 0
    contactID = added["deal"]["contact"]["id"].int ?? 0
    accountID = added["deal"]["account"]["id"].int ?? 0
    siteID = try await server.site().id
    pipelineID = added["deal"]["pipeline"]["id"].int ?? 0
    stageID = added["deal"]["stage"]["id"].int ?? 0
    noteID = try await owner.post("/api/deals/\(dealID)/notes", ["text": "Likes brass"]).json["id"].int ?? 0
    let task: JSONValue = ["title": "Ring her", "kind": "call", "dueOn": "2030-01-02"]
    taskID = try await owner.post("/api/deals/\(dealID)/tasks", task).json["id"].int ?? 0
    groupID = try await owner.post("/api/groups", ["name": "Closers"]).json["id"].int ?? 0
    agentID = added["deal"]["owner"]["id"].int ?? 0
  }

  /// A deal with a contact and an account that do not exist yet.
  static func draft(_ owner: Browser, _ conversationID: Int64?) async throws -> JSONValue {
    let session = try await owner.get("/api/session").json
    let pipeline = session["pipelines"][0]
    return [
      "title": "Machine for %FULLNAME%", "value": ["minor": 125_000, "currency": "USD"],
      "ownerID": session["agent"]["id"], "forecastedCloseOn": "2030-01-31", "pipelineID": pipeline["id"],
      "stageID": pipeline["stages"][0]["id"], "description": "Two groups",
      "conversationID": conversationID.map { .integer($0) } ?? nil,
      "contact": ["new": ["name": "Ada Lovelace", "email": "ada@engine.example"]],
      "account": ["new": ["name": "Engine Ltd"]],
    ]
  }

  /// The path of an operation with the scene's ids in it.
  func path(_ pattern: String) -> String {
    let id: Int64 =
      switch pattern.split(separator: "/").dropFirst().first {
      case "conversations": conversationID
      case "visitors": visitorID
      case "contacts": contactID
      case "accounts": accountID
      case "deals": dealID
      case "sites": siteID
      case "pipelines": pipelineID
      case "stages": stageID
      case "notes": noteID
      case "tasks": taskID
      case "groups": groupID
      case "agents": agentID
      default: 0
      }
    return pattern.replacing("{id}", with: String(id)).replacing("{contact}", with: String(contactID))
      .replacing("{conversation}", with: String(conversationID))
      .replacing("{pipeline}", with: String(pipelineID))
  }
}
