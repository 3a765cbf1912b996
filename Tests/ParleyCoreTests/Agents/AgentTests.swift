import Testing

@testable import ParleyCore

@Suite("Agents and their settings")
struct AgentTests {
  let shop: Workshop
  let parley: Parley

  init() async throws {
    shop = try await Workshop()
    parley = shop.parley
  }

  @Test("owners administer, agents do not")
  func permission() async throws {
    let draft = AgentDraft(name: "New", email: "new@acme.test", password: "correct horse")
    await #expect(throws: ParleyError.permissionDenied) { try await parley.addAgent(draft, by: shop.agent) }
    await #expect(throws: ParleyError.permissionDenied) {
      try await parley.addSite(SiteDraft(name: "New"), by: shop.agent)
    }
    await #expect(throws: ParleyError.permissionDenied) {
      try await parley.updateSite(shop.site.id, SiteDraft(name: "New"), by: shop.agent)
    }
    await #expect(throws: ParleyError.permissionDenied) {
      try await parley.updateWorkspace(WorkspaceChange(name: "New"), by: shop.agent)
    }
    #expect(shop.events.isEmpty)
    _ = try await parley.addAgent(draft, by: shop.owner)
    #expect(try await parley.agents(by: shop.agent).map(\.name) == ["Adam Agent", "New", "Olga Owner"])
    #expect(shop.agentsTypes == ["pipelines.changed", "agent.changed"])
  }

  @Test(
    "a password has a least and a greatest length",
    arguments: [
      ("1234567", "agent.password.too-short"),
      (String(repeating: "é", count: 251), "agent.password.too-long"),
      ("12345678\u{0}", "agent.password.invalid"),
    ])
  func passwords(password: String, code: String) async {
    let invalid = Invalid(code: "agent.invalid", fields: ["password": code])
    await #expect(throws: ParleyError.invalid(invalid)) {
      try await parley.addAgent(
        AgentDraft(name: "New", email: "new@acme.test", password: password), by: shop.owner)
    }
  }

  @Test(
    "the shortest and the longest password sign in",
    arguments: ["12345678", String(repeating: "é", count: 250)])
  func passwordLimits(password: String) async throws {
    _ = try await parley.addAgent(
      AgentDraft(name: "New", email: "new@acme.test", password: password), by: shop.owner)
    _ = try await parley.signIn(email: "new@acme.test", password: password, from: "192.0.2.1")
  }

  @Test("an e-mail address is one agent's")
  func taken() async throws {
    await #expect(
      throws: ParleyError.agentTaken(existing: NameHolder(id: shop.agent.id, name: shop.agent.name))
    ) {
      try await parley.addAgent(
        AgentDraft(name: "Other", email: "ADAM@acme.test", password: "correct horse"), by: shop.owner)
    }
  }

  @Test("preferences change one by one, and are the agent's own")
  func preferences() async throws {
    var change = PreferencesChange()
    change.theme = .dark
    _ = try await parley.updatePreferences(change, by: shop.agent)
    change = PreferencesChange()
    change.sendWith = .controlEnter
    let preferences = try await parley.updatePreferences(change, by: shop.agent)
    #expect(preferences.theme == .dark && preferences.sendWith == .controlEnter)
    #expect(try await parley.opening(for: shop.agent).preferences == preferences)
    #expect(try await parley.opening(for: shop.owner).preferences == Preferences())
  }

  @Test("a new name is everyone's to see")
  func rename() async throws {
    #expect(try await parley.rename("  Adam  Ant ", by: shop.agent).name == "Adam Ant")
    #expect(shop.agentsTypes == ["agent.changed"])
    let fields = ["name": "agent.name.required"]
    await #expect(throws: ParleyError.invalid(Invalid(code: "agent.invalid", fields: fields))) {
      try await parley.rename(" ", by: shop.agent)
    }
  }

  @Test("the workspace's settings are checked")
  func workspace() async throws {
    let workspace = try await parley.updateWorkspace(
      WorkspaceChange(timeZone: "America/New_York", defaultCurrency: "EUR"), by: shop.owner)
    #expect(workspace == Workspace(name: "Acme", timeZone: "America/New_York", defaultCurrency: "EUR"))
    let fields = ["timeZone": "workspace.time-zone.invalid", "defaultCurrency": "workspace.currency.invalid"]
    await #expect(throws: ParleyError.invalid(Invalid(code: "workspace.invalid", fields: fields))) {
      try await parley.updateWorkspace(
        WorkspaceChange(timeZone: "Nowhere", defaultCurrency: "eur"), by: shop.owner)
    }
  }
}
