import Testing

@testable import ParleyServer

@Suite("The first run", .timeLimit(.minutes(1)))
struct SetupTests {
  static func body(_ token: String) -> JSONValue {
    [
      "token": .string(token), "workspaceName": "Acme", "timeZone": "Europe/Paris", "name": "Olive",
      "email": "olive@acme.example", "password": .string(TestServer.password),
    ]
  }

  @Test("the token that was printed sets the workspace up and signs its owner in, once")
  func setUp() async throws {
    try await TestServer.runEmpty { server in
      let token = server.setupToken.issue()
      let browser = Browser(port: server.port)
      #expect(try await browser.get("/api/setup").json == ["needed": true])
      let answer = try await browser.post("/api/setup", SetupTests.body(token))
      #expect(answer.status == 201)
      #expect(Conformity.faults(of: try answer.json, against: .named("Session")) == [])
      let owner = browser.keeping(answer)
      #expect(try await owner.get("/api/session").json["agent"]["role"] == "owner")
      #expect(try await browser.get("/api/setup").json == ["needed": false])
      let again = try await browser.post("/api/setup", SetupTests.body(token))
      #expect(again.status == 409)
      #expect(try again.code == "setup.done")
    }
  }

  @Test("another token, or none that was issued, sets nothing up", arguments: [true, false])
  func wrongToken(isIssued: Bool) async throws {
    try await TestServer.runEmpty { server in
      if isIssued { _ = server.setupToken.issue() }
      for token in [TestServer.token(), "", "short"] {
        let answer = try await Browser(port: server.port).post("/api/setup", SetupTests.body(token))
        #expect(answer.status == 403)
        #expect(try answer.code == "setup.token")
      }
      #expect(try await Browser(port: server.port).get("/api/setup").json == ["needed": true])
    }
  }
}
