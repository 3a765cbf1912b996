import Testing

@testable import ParleyCore

@Suite("Changing a deal")
struct EditDealTests {
  @Test("what is given changes, the rest stays, and the history says who changed what")
  func edit() async throws {
    let office = try await Office()
    let before = try await office.add(office.draft()).deal
    _ = office.scene.takeAgentEvents()
    let change = DealChange(
      title: "Trio for %FIRSTNAME%", value: .init(minor: 5, currency: nil), ownerID: office.tom.id,
      forecastedCloseOn: .some(nil), stageID: office.pipeline.stages[2].id,
      tags: ["Fair", " fair ", "barista"])
    let after = try await office.parley.editDeal(before.id, change, by: office.tom)
    var expected = before
    expected.title = "Trio for Nora"
    expected.value = try #require(Money(minorUnits: 5, currency: before.value.currency))
    expected.owner = AgentReference(id: office.tom.id, name: "Tom")
    expected.forecastedCloseOn = nil
    expected.stage = office.pipeline.stages[2]
    expected.tags = ["barista", "Fair"]
    expected.rank = after.rank
    #expect(after == expected)
    #expect(office.scene.takeAgentEvents() == ["record.changed", "deal.changed", "totals.changed"])
    let history = try await office.parley.history(of: before.id, before: nil, limit: 100, by: office.maya)
    #expect(history.next == nil)
    #expect(
      history.changes.map(\.field) == [.tags, .stage, .forecastedCloseOn, .owner, .value, .title, .created])
    #expect(history.changes.dropLast().allSatisfy { $0.agent?.id == office.tom.id })
    #expect(history.changes[0].from == "[]" && history.changes[0].to == #"["barista","Fair"]"#)
    #expect(history.changes[2].from == "\"2026-12-01\"" && history.changes[2].to == nil)
    #expect(history.changes[5].from == "\"A Duo\"")
    let page = try await office.parley.history(of: before.id, before: nil, limit: 3, by: office.maya)
    let rest = try await office.parley.history(of: before.id, before: page.next, limit: 9, by: office.maya)
    #expect(page.changes + rest.changes == history.changes)
  }

  @Test("a change to what it is already stores and says nothing")
  func nothing() async throws {
    let office = try await Office()
    let before = try await office.add(office.draft()).deal
    _ = office.scene.takeAgentEvents()
    let change = DealChange(
      title: before.title, value: .init(minor: before.value.minorUnits, currency: "GBP"),
      ownerID: before.owner.id, forecastedCloseOn: "2026-12-01", pipelineID: before.pipeline.id,
      stageID: before.stage.id, contactID: before.contact?.id, accountID: before.account?.id, status: .open,
      lostReason: "", tags: [])
    #expect(try await office.parley.editDeal(before.id, change, by: office.tom) == before)
    #expect(office.scene.takeAgentEvents().isEmpty)
  }

  @Test("won, lost and open again: when it was closed and why is kept as long as it is so")
  func statuses() async throws {
    let office = try await Office()
    let id = try await office.add(office.draft()).deal.id
    func edit(_ status: Deal.Status?, _ reason: String? = nil) async throws -> Deal {
      try await office.parley.editDeal(id, DealChange(status: status, lostReason: reason), by: office.maya)
    }
    let won = try await edit(.won)
    #expect(won.closedAt == Scene.now && won.lostReason.isEmpty && !won.overdue)
    let lost = try await edit(.lost, " Tea ")
    #expect(lost.closedAt == Scene.now && lost.lostReason == "Tea")
    #expect(try await edit(nil, "Rather tea").lostReason == "Rather tea")
    let open = try await edit(.open)
    #expect(open.closedAt == nil && open.lostReason.isEmpty && open.rank == won.rank)
    let refused = ParleyError.invalid(
      Invalid(code: "deal.invalid", fields: ["lostReason": "deal.lostReason.invalid"]))
    await #expect(throws: refused) { _ = try await edit(.won, "Why") }
  }

  @Test("everything that is wrong is said at once, and nothing is stored")
  func faults() async throws {
    let office = try await Office()
    let before = try await office.add(office.draft()).deal
    _ = office.scene.takeAgentEvents()
    let change = DealChange(
      title: "%WHO%", description: String(repeating: "x", count: 10_001),
      value: .init(minor: -1, currency: nil),
      ownerID: 99, forecastedCloseOn: "never", stageID: 99, contactID: 99, accountID: 99, status: .lost,
      lostReason: String(repeating: "x", count: 501), tags: ["ok", ""])
    await #expect(
      throws: ParleyError.invalid(
        Invalid(
          code: "deal.invalid",
          fields: [
            "title": "deal.title.unknown-tag", "description": "deal.description.too-long",
            "value": "deal.value.invalid", "owner": "deal.owner.unknown",
            "forecastedCloseOn": "deal.forecastedCloseOn.invalid", "stage": "deal.stage.unknown",
            "contact": "deal.contact.unknown", "account": "deal.account.unknown",
            "lostReason": "deal.lostReason.too-long", "tags": "deal.tags.invalid",
          ], tags: ["WHO"]))
    ) { try await office.parley.editDeal(before.id, change, by: office.tom) }
    #expect(try await office.parley.deal(before.id, by: office.tom) == before)
    #expect(office.scene.takeAgentEvents().isEmpty)
  }

  @Test("a deal is always with someone; from a conversation with a person")
  func someone() async throws {
    let office = try await Office()
    let (conversation, _) = try await office.conversation()
    let required = ParleyError.invalid(
      Invalid(code: "deal.invalid", fields: ["contact": "deal.contact.required"]))
    let chat = try await office.add(office.draft(conversationID: conversation.id)).deal
    await #expect(throws: required) {
      try await office.parley.editDeal(chat.id, DealChange(contactID: .some(nil)), by: office.tom)
    }
    let deal = try await office.add(office.draft()).deal
    let alone = try await office.parley.editDeal(deal.id, DealChange(contactID: .some(nil)), by: office.tom)
    #expect(alone.contact == nil && alone.account != nil)
    await #expect(throws: required) {
      try await office.parley.editDeal(deal.id, DealChange(accountID: .some(nil)), by: office.tom)
    }
  }

  @Test(
    "who a deal must be with depends on where it is asked for",
    arguments: [
      (DealDraft.Origin.pipeline, false, true, ["contact": "deal.contact.required"]),
      (.contact, false, true, ["contact": "deal.contact.required"]),
      (.conversation, false, true, ["contact": "deal.contact.required"]), (.account, false, true, [:]),
      (.account, true, false, ["account": "deal.account.required"]), (.pipeline, true, false, [:]),
      (nil, false, true, [:]), (nil, false, false, ["contact": "deal.contact.required"]),
    ] as [(DealDraft.Origin?, Bool, Bool, [String: String])])
  func origins(origin: DealDraft.Origin?, contact: Bool, account: Bool, faults: [String: String]) async throws
  {
    let office = try await Office()
    var draft = office.draft()
    draft.origin = origin
    if !contact { draft.contact = nil }
    if !account { draft.account = nil }
    #expect(try await office.faults(of: draft) == faults)
  }

  @Test("people with a part in it come, change their role, go, and become the one it is with")
  func people() async throws {
    let office = try await Office()
    let deal = try await office.add(office.draft()).deal
    let dev = try #require(
      try await office.add(office.draft(contact: .new(name: "Dev", email: "dev@harbour.example"))).deal
        .contact)
    func set(_ role: String) async throws -> [String] {
      try await office.parley.setSecondaryContact(dev.id, role: role, of: deal.id, by: office.tom)
        .secondaryContacts.map(\.role)
    }
    #expect(try await set(" Contributor ") == ["Contributor"])
    #expect(try await set("Decision Maker") == ["Decision Maker"])
    let primary = try #require(deal.contact)
    await #expect(throws: ParleyError.self) {
      try await office.parley.setSecondaryContact(primary.id, role: "x", of: deal.id, by: office.tom)
    }
    var filter = DealFilter()
    filter.contactID = dev.id
    let page = try await office.parley.deals(filter, order: .newest, after: nil, limit: 9, by: office.tom)
    #expect(page.count == 2)
    let promoted = try await office.parley.editDeal(deal.id, DealChange(contactID: dev.id), by: office.tom)
    #expect(promoted.contact?.id == dev.id && promoted.secondaryContacts.isEmpty)
    _ = try await office.parley.setSecondaryContact(primary.id, role: "Own", of: deal.id, by: office.tom)
    let gone = try await office.parley.removeSecondaryContact(primary.id, of: deal.id, by: office.tom)
    #expect(gone.secondaryContacts.isEmpty)
    let history = try await office.parley.history(of: deal.id, before: nil, limit: 100, by: office.maya)
    #expect(history.changes.filter { $0.field == .secondaryContact }.count == 4)
  }

  @Test("a removed deal is gone with what hung on it, and the others hear of it")
  func removal() async throws {
    let office = try await Office()
    let deal = try await office.add(office.draft()).deal
    _ = try await office.parley.addNote("x", on: RecordID(.deal, deal.id), by: office.tom)
    _ = try await office.parley.editDeal(deal.id, DealChange(tags: ["a"]), by: office.tom)
    _ = office.scene.takeAgentEvents()
    try await office.parley.removeDeal(deal.id, by: office.tom)
    #expect(office.scene.takeAgentEvents() == ["deal.removed", "totals.changed"])
    await #expect(throws: ParleyError.notFound) { try await office.parley.deal(deal.id, by: office.tom) }
    for table in ["notes", "deal_changes", "deal_tags", "deal_search_docsize"] {
      #expect(try await office.scene.count("SELECT count(*) FROM \(table)") == 0, "\(table)")
    }
    #expect(try await office.scene.disagreements() == [])
  }

  @Test(
    "a deal rots after as many days without activity as its stage allows, unless it is closed",
    arguments: [
      (7, 0, Deal.Status.open, false), (7, 7 * 86_400_000 - 1, .open, false),
      (7, 7 * 86_400_000, .open, true),
      (7, 7 * 86_400_000, .won, false), (nil, 700 * 86_400_000, .open, false),
    ] as [(Int?, Int64, Deal.Status, Bool)])
  func rotting(days: Int?, age: Int64, status: Deal.Status, expected: Bool) {
    let stage = Stage(id: 1, name: "", color: "", probability: 0, rottingDays: days, sort: .rank)
    #expect(stage.isRotting(status, lastActivityAt: Scene.now - age, now: Scene.now) == expected)
  }
}
