import HTTPServer
import HTTPWire
import ParleyCore

/// The first run: the workspace, its owner, a first site.
struct SetupRoutes: Sendable {
  let parley: Parley
  let sessions: SessionRoutes
  let token: SetupToken

  private struct Body: Decodable {
    let token: String
    let workspaceName: String
    let timeZone: String
    let name: String
    let email: String
    let password: String
  }

  var operations: [Operation] {
    [
      Operation(
        .get, "/api/setup", "Whether the workspace is still to be set up.",
        answer: .ok(.object(["needed": .boolean]))
      ) { _ in
        try .json(.ok, ["needed": try await parley.needsSetUp()])
      },
      Operation(
        .post, "/api/setup", "Set the workspace up, with the token that the server printed.",
        body: .object([
          "token": .string, "workspaceName": .string, "timeZone": .string, "name": .string,
          "email": .string, "password": .string,
        ]), bodyLimit: 8 * 1024, answer: .created(.named("Session")),
        errors: ["setup.token", "setup.done"]
      ) { call in
        let body: Body = try call.body()
        guard try await parley.needsSetUp() else { throw ParleyError.setUpDone }
        guard token.matches(body.token) else { throw CallError.setupTokenWrong }
        let signedIn = try await parley.setUp(
          SetUp(
            workspaceName: body.workspaceName, timeZone: body.timeZone, name: body.name,
            email: body.email, password: body.password))
        token.use()
        return try await sessions.opening(.created, signedIn, call.request)
      },
    ]
  }
}
