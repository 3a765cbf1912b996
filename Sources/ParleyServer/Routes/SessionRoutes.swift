import HTTPServer
import HTTPWire
import ParleyCore

/// Signing in and out, and what is one's own.
struct SessionRoutes: Sendable {
  let parley: Parley
  let ownOrigin: OwnOrigin

  private struct Credentials: Decodable {
    let email: String
    let password: String
  }

  private struct NewPassword: Decodable {
    let current: String
    let password: String
  }

  private struct NewName: Decodable {
    let name: String
  }

  var operations: [Operation] {
    [
      Operation(
        .post, "/api/session", "Sign in.", body: .object(["email": .string, "password": .string]),
        bodyLimit: 4 * 1024, answer: .ok(.named("Session")),
        errors: ["session.credentials", "session.throttled"]
      ) { call in
        let credentials: Credentials = try call.body()
        let signedIn = try await parley.signIn(
          email: credentials.email, password: credentials.password,
          from: call.request.client.address.description)
        return try await opening(.ok, signedIn, call.request)
      },
      Operation(
        .get, "/api/session", "All that a page needs to begin; null for who has not signed in.",
        answer: .ok(.nullable(.named("Session")))
      ) { (_, by: Caller?) in
        // A page asks this before anybody has signed in: that is no error, and none in the browser's console.
        var opening: AgentOpening?
        if let by { opening = try await parley.opening(for: by.agent) }
        return try .json(.ok, opening)
      },
      Operation(.delete, "/api/session", "Sign out.", answer: .noContent) { call, by in
        try await parley.signOut(by.session.id)
        var response = Response(.noContent)
        response.fields.append(.setCookie, SessionCookie.clear(secure: ownOrigin.isSecure(call.request)))
        return response
      },
      Operation(
        .put, "/api/session/password", "Change one's password; one's other sessions end.",
        body: .object(["current": .string, "password": .string]), bodyLimit: 4 * 1024,
        answer: .noContent, errors: ["session.credentials", "session.throttled"]
      ) { call, by in
        let change: NewPassword = try call.body()
        try await parley.changePassword(from: change.current, to: change.password, keeping: by.session)
        return Response(.noContent)
      },
      Operation(
        .patch, "/api/session/preferences", "Change how one likes the inbox.",
        body: .named("PreferencesChange"), answer: .ok(.named("Preferences"))
      ) { call, by in
        try .json(.ok, try await parley.updatePreferences(try call.body(), by: by.agent))
      },
      Operation(
        .patch, "/api/session/agent", "Change one's name.", body: .object(["name": .string]),
        answer: .ok(.named("Agent"))
      ) { call, by in
        let change: NewName = try call.body()
        return try .json(.ok, try await parley.rename(change.name, by: by.agent))
      },
    ]
  }

  /// The answer to a session that has just begun: its cookie, and what the page needs first.
  func opening(_ status: Status, _ signedIn: SignedIn, _ request: Request) async throws -> Response {
    var response = try Response.json(status, try await parley.opening(for: signedIn.agent))
    response.fields.append(
      .setCookie,
      SessionCookie.set(
        signedIn.token.text, seconds: Parley.sessionLength / 1000, secure: ownOrigin.isSecure(request)))
    return response
  }
}
