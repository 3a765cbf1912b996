import Testing

@testable import ParleyCore

@Suite("Signing in")
struct SignInTests {
  let shop: Workshop
  let parley: Parley
  let password = "correct horse"

  init() async throws {
    shop = try await Workshop()
    parley = shop.parley
    _ = try await parley.addAgent(
      AgentDraft(name: "Nina", email: "Nina@Acme.test", password: password), by: shop.owner)
  }

  private func signIn(_ email: String = "nina@acme.test", _ password: String? = nil) async throws -> SignedIn
  {
    try await parley.signIn(email: email, password: password ?? self.password, from: "192.0.2.1")
  }

  @Test(
    "the right password begins a session, however the address is written",
    arguments: [
      "nina@acme.test", "NINA@ACME.TEST", " Nina@Acme.test ",
    ])
  func rightPassword(email: String) async throws {
    let signedIn = try await signIn(email)
    let session = try await parley.session(signedIn.token)
    #expect(session.agent.name == "Nina")
    #expect(session.agent.role == .agent)
  }

  @Test(
    "a wrong password and an unknown address are refused alike",
    arguments: [
      ("nina@acme.test", "wrong"), ("nina@acme.test", ""), ("nobody@acme.test", "correct horse"),
      ("no address", "correct horse"), ("nina@acme.test", "correct horse\u{0}x"),
    ])
  func refused(email: String, password: String) async {
    await #expect(throws: ParleyError.credentials) { try await signIn(email, password) }
  }

  @Test("guessing is slowed, and the right password waits too until the time is over")
  func throttled() async throws {
    for _ in 0..<5 {
      await #expect(throws: ParleyError.credentials) { try await signIn("nina@acme.test", "wrong") }
    }
    await #expect(throws: ParleyError.throttled(retryAfter: 1)) { try await signIn() }
    shop.advance(by: 1000)
    _ = try await signIn()
    // It begins anew.
    await #expect(throws: ParleyError.credentials) { try await signIn("nina@acme.test", "wrong") }
    _ = try await signIn()
  }

  @Test("guesses that are made at once are no way around that")
  func guessesAtOnce() async throws {
    let refusals = await withTaskGroup(of: ParleyError?.self) { group in
      for _ in 0..<20 {
        group.addTask {
          do {
            _ = try await signIn("nina@acme.test", "wrong")
            return nil
          } catch {
            return error as? ParleyError
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(refusals.count { $0 == .credentials } == 5)
    #expect(refusals.count { $0 == .throttled(retryAfter: 1) } == 15)
  }

  @Test("a password that was changed while it was being checked opens nothing")
  func changedMeanwhile() async throws {
    let email = try #require(EmailAddress("nina@acme.test"))
    let known = try #require(try await parley.read { try AgentRecords.credentials(email: email, in: $0) })
    try await parley.setPassword(email: email.text, to: "another horse", by: .machine)
    await #expect(throws: ParleyError.credentials) {
      try await parley.beginSession(for: known.agent, by: known.passwordHash)
    }
  }

  @Test("a session lives 30 days after its last use")
  func expiry() async throws {
    let used = try await signIn()
    let unused = try await signIn()
    let day: Int64 = 24 * 60 * 60 * 1000
    shop.advance(by: 20 * day)
    _ = try await parley.session(used.token)
    shop.advance(by: 20 * day)
    _ = try await parley.session(used.token)
    await #expect(throws: ParleyError.sessionRequired) { try await parley.session(unused.token) }
    shop.advance(by: 30 * day)
    await #expect(throws: ParleyError.sessionRequired) { try await parley.session(used.token) }
  }

  @Test("a token that was never given opens nothing")
  func strangeToken() async {
    await #expect(throws: ParleyError.sessionRequired) { try await parley.session(.random()) }
  }

  @Test("signing out ends that session and its pages, and no other")
  func signOut() async throws {
    let first = try await signIn()
    let second = try await signIn()
    let session = try await parley.session(first.token)
    try await parley.signOut(session.id)
    await #expect(throws: ParleyError.sessionRequired) { try await parley.session(first.token) }
    _ = try await parley.session(second.token)
    #expect(shop.events.last?.audience == .session(session.id))
  }

  @Test("a new password ends the other sessions, and is the one that counts")
  func newPassword() async throws {
    let here = try await parley.session(try await signIn().token)
    let elsewhere = try await signIn()
    try await parley.changePassword(from: password, to: "another horse", keeping: here)
    #expect(shop.events.map(\.audience).contains(.session(SessionID(elsewhere.token))))
    #expect(!shop.events.map(\.audience).contains(.session(here.id)))
    await #expect(throws: ParleyError.sessionRequired) { try await parley.session(elsewhere.token) }
    await #expect(throws: ParleyError.credentials) { try await signIn() }
    _ = try await signIn("nina@acme.test", "another horse")
  }

  @Test("the current password must be right to change it")
  func wrongCurrent() async throws {
    let here = try await parley.session(try await signIn().token)
    await #expect(throws: ParleyError.credentials) {
      try await parley.changePassword(from: "wrong", to: "another horse", keeping: here)
    }
    _ = try await signIn()
  }

  @Test("the machine gives a forgotten password anew, which ends every session; an agent may not")
  func machine() async throws {
    let old = try await signIn()
    await #expect(throws: ParleyError.permissionDenied) {
      try await parley.setPassword(email: "nina@acme.test", to: "another horse", by: shop.agent)
    }
    try await parley.setPassword(email: "nina@acme.test", to: "another horse", by: .machine)
    await #expect(throws: ParleyError.sessionRequired) { try await parley.session(old.token) }
    _ = try await signIn("nina@acme.test", "another horse")
  }

  @Test("neither the password nor the token stands in the database")
  func nothingInTheClear() async throws {
    let signedIn = try await signIn()
    await parley.close()
    let bytes = try Bytes(of: shop.path)
    #expect(!bytes.contain(password))
    #expect(!bytes.contain(signedIn.token.text))
    // The same search finds what is there.
    #expect(bytes.contain(SessionID(signedIn.token).hash))
    #expect(bytes.contain("$y$"))
  }
}
