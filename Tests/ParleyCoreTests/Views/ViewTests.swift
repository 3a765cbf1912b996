import Testing

@testable import ParleyCore

@Suite("Saved views")
struct ViewTests {
  private func save(
    _ name: String, isShared: Bool = false, in office: Office, by agent: AgentIdentity
  ) async throws -> ParleyCore.View {
    try await office.parley.addView(
      ViewDraft(kind: .contacts, name: name, query: "tag=VIP", columns: ["tags"], isShared: isShared),
      idempotencyKey: .fresh(), by: agent)
  }

  @Test("one's own are one's own, shared ones are everybody's, and each has one to begin with")
  func visibility() async throws {
    let office = try await Office()
    let own = try await save("Mine", in: office, by: office.tom)
    let shared = try await save("Ours", isShared: true, in: office, by: office.tom)
    #expect(try await office.parley.views(by: office.tom).map(\.name) == ["Mine", "Ours"])
    #expect(try await office.parley.views(by: office.maya) == [shared])
    await #expect(throws: ParleyError.notFound) {
      try await office.parley.editView(own.id, ViewDraft(name: "X"), by: office.maya)
    }
    _ = try await office.parley.editView(shared.id, ViewDraft(isDefault: true), by: office.maya)
    _ = try await office.parley.editView(own.id, ViewDraft(isDefault: true), by: office.tom)
    #expect(try await office.parley.views(by: office.tom).map(\.isDefault) == [true, false])
    #expect(try await office.parley.views(by: office.maya).map(\.isDefault) == [true])
    // Not shared any more, nobody else begins with it.
    _ = try await office.parley.editView(shared.id, ViewDraft(isShared: false), by: office.tom)
    #expect(try await office.parley.views(by: office.maya).isEmpty)
    _ = try await office.parley.editView(shared.id, ViewDraft(isShared: true), by: office.tom)
    #expect(try await office.parley.views(by: office.maya).map(\.isDefault) == [false])
  }

  @Test("a shared view is changed and deleted by who made it and by owners")
  func rights() async throws {
    let office = try await Office()
    let mayas = try await save("Maya's", isShared: true, in: office, by: office.maya)
    await #expect(throws: ParleyError.permissionDenied) {
      try await office.parley.editView(mayas.id, ViewDraft(query: ""), by: office.tom)
    }
    await #expect(throws: ParleyError.permissionDenied) {
      try await office.parley.removeView(mayas.id, by: office.tom)
    }
    let toms = try await save("Tom's", isShared: true, in: office, by: office.tom)
    let after = try await office.parley.editView(
      toms.id, ViewDraft(name: "Team's", query: "sort=newest", columns: []), by: office.maya)
    #expect((after.name, after.query, after.columns) == ("Team's", "sort=newest", []))
    try await office.parley.removeView(toms.id, by: office.maya)
    #expect(try await office.parley.views(by: office.tom) == [mayas])
    await #expect(throws: ParleyError.permissionDenied) { try await office.parley.views(by: .machine) }
  }

  @Test("every page that shows them is told, and of one's own nobody else is")
  func events() async throws {
    let office = try await Office()
    let own = try await save("Mine", in: office, by: office.tom)
    let shared = try await save("Ours", isShared: true, in: office, by: office.tom)
    _ = try await office.parley.editView(shared.id, ViewDraft(isDefault: true), by: office.maya)
    _ = try await office.parley.editView(shared.id, ViewDraft(isShared: false), by: office.tom)
    try await office.parley.removeView(own.id, by: office.tom)
    let audiences = office.scene.events.filter { $0.body == .viewsChanged }.map(\.audience)
    #expect(
      audiences == [.agent(office.tom.id), .agents, .agent(office.maya.id), .agents, .agent(office.tom.id)])
  }

  @Test(
    "what cannot be saved is refused with its reason",
    arguments: [
      (ViewDraft(name: "X"), ["kind": "view.kind.required"]),
      (ViewDraft(kind: .deals, name: " "), ["name": "view.name.required"]),
      (
        ViewDraft(kind: .deals, name: String(repeating: "x", count: 61), columns: ["a b"]),
        ["name": "view.name.too-long", "columns": "view.columns.invalid"]
      ),
      (
        ViewDraft(kind: .deals, name: "X", query: String(repeating: "x", count: 2001)),
        ["query": "view.query.too-long"]
      ),
    ])
  func faults(draft: ViewDraft, fields: [String: String]) async throws {
    let office = try await Office()
    await #expect(throws: ParleyError.invalid(Invalid(code: "view.invalid", fields: fields))) {
      try await office.parley.addView(draft, idempotencyKey: .fresh(), by: office.maya)
    }
  }
}
