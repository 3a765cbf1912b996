import ParleyCore
import Testing

@testable import ParleyServer

@Suite("Sessions", .timeLimit(.minutes(1)))
struct SessionTests {
  static let credentials: JSONValue = [
    "email": "olive@acme.example", "password": .string(TestServer.password),
  ]

  @Test("signing in sets a cookie that scripts and other sites cannot use, and answers the session")
  func signIn() async throws {
    try await TestServer.run { server, _ in
      let browser = Browser(port: server.port)
      let before = try await browser.get("/api/session")
      #expect(before.status == 200 && before.text == "null")
      let answer = try await browser.post("/api/session", SessionTests.credentials)
      #expect(answer.status == 200)
      let cookie = try #require(answer["Set-Cookie"])
      #expect(cookie.hasPrefix("parley_session="))
      #expect(cookie.contains("; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax"))
      #expect(!cookie.contains("Secure"))
      #expect(Conformity.faults(of: try answer.json, against: .named("Session")) == [])
      let session = try await browser.keeping(answer).get("/api/session")
      #expect(session.status == 200)
      #expect(try session.json["agent"]["email"] == "olive@acme.example")
    }
  }

  @Test(
    "wrong credentials are refused alike",
    arguments: [
      ("olive@acme.example", "wrong password"), ("nobody@acme.example", "wrong password"), ("", ""),
    ])
  func wrongCredentials(email: String, password: String) async throws {
    try await TestServer.run { server, _ in
      let answer = try await Browser(port: server.port).post(
        "/api/session", ["email": .string(email), "password": .string(password)])
      #expect(answer.status == 401)
      #expect(try answer.code == "session.credentials")
      #expect(answer["Set-Cookie"] == nil)
    }
  }

  @Test("guessing is slowed down, and told for how long")
  func throttle() async throws {
    try await TestServer.run { server, _ in
      let browser = Browser(port: server.port)
      var last = try await browser.post("/api/session", ["email": "olive@acme.example", "password": "x"])
      for _ in 0..<6 {
        last = try await browser.post("/api/session", ["email": "olive@acme.example", "password": "x"])
      }
      #expect(last.status == 429)
      #expect(try last.code == "session.throttled")
      let seconds = try #require(try last.json["error"]["retryAfter"].int)
      #expect(last["Retry-After"] == String(seconds))
    }
  }

  @Test("signing out ends the session, clears the cookie and closes the session's sockets, not another's")
  func signOut() async throws {
    try await TestServer.run { server, owner in
      let elsewhere = Browser(port: server.port).keeping(
        try await Browser(port: server.port).post("/api/session", SessionTests.credentials))
      let socket = try await server.inbox(owner)
      let other = try await server.inbox(elsewhere)
      let answer = try await owner.send("DELETE", "/api/session")
      #expect(answer.status == 204)
      #expect(answer["Set-Cookie"]?.contains("parley_session=;") == true)
      #expect(answer["Set-Cookie"]?.contains("Max-Age=0") == true)
      _ = try await socket.next("session.ended")
      #expect(try await socket.closing() == 4401)
      #expect(try await owner.get("/api/session").text == "null")
      #expect(try await owner.get("/api/agents").status == 401)
      #expect(try await elsewhere.get("/api/session").status == 200)
      try other.send(["type": "ping"])
      #expect(try await other.all(through: "pong").allSatisfy { $0["type"] != "session.ended" })
    }
  }

  @Test("a new password ends the agent's other sessions and their sockets, and keeps the one that asked")
  func password() async throws {
    try await TestServer.run { server, owner in
      let elsewhere = Browser(port: server.port).keeping(
        try await Browser(port: server.port).post("/api/session", SessionTests.credentials))
      let other = try await server.inbox(elsewhere)
      let wrong = try await owner.send(
        "PUT", "/api/session/password", ["current": "wrong", "password": "another long one"])
      #expect(wrong.status == 401)
      let answer = try await owner.send(
        "PUT", "/api/session/password",
        ["current": .string(TestServer.password), "password": "another long one"])
      #expect(answer.status == 204)
      #expect(try await other.closing() == 4401)
      #expect(try await elsewhere.get("/api/session").text == "null")
      #expect(try await elsewhere.get("/api/agents").status == 401)
      #expect(try await owner.get("/api/session").status == 200)
    }
  }

  @Test("a socket whose session ended unheard is closed at its next heartbeat")
  func unheardEnd() async throws {
    try await TestServer.run { server, owner in
      let socket = try await server.inbox(owner)
      server.pass(milliseconds: Parley.sessionLength + 1)
      try socket.send(["type": "ping"])
      #expect(try await socket.closing() == 4401)
    }
  }

  @Test(
    "a page of another origin cannot act for an agent",
    arguments: ["https://evil.example", "null", "http://127.0.0.1", "https://127.0.0.1:1"])
  func foreignOrigin(origin: String) async throws {
    try await TestServer.run { server, owner in
      var browser = owner
      browser.origin = origin
      let answer = try await browser.patch("/api/session/agent", ["name": "Mallory"])
      #expect(answer.status == 403)
      #expect(try answer.code == "origin.denied")
      #expect(try await owner.get("/api/session").json["agent"]["name"] == "Olive Owner")
      await #expect(throws: LiveSocket.Failure.self) { try await LiveSocket(browser, "/api/live") }
    }
  }

  @Test("with a public address, only that origin is the server's own")
  func publicOrigin() async throws {
    try await TestServer.run(publicOrigin: "https://chat.example") { _, owner in
      let direct = try await owner.patch("/api/session/agent", ["name": "M"])
      #expect(direct.status == 403)
      var proxied = owner
      proxied.origin = "https://chat.example"
      let answer = try await proxied.patch("/api/session/agent", ["name": "M"])
      #expect(answer.status == 200)
    }
  }

  @Test(
    "content that is not announced as JSON is refused",
    arguments: ["text/plain", "application/x-www-form-urlencoded", ""])
  func mediaType(type: String) async throws {
    try await TestServer.run { _, owner in
      let answer = try await owner.send(
        "PATCH", "/api/session/agent", ["name": "M"], ["Content-Type": type])
      #expect(answer.status == 415)
      #expect(try answer.code == "request.media-type")
    }
  }
}
