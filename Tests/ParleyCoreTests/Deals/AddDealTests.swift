import Testing

@testable import ParleyCore

@Suite("Adding a deal")
struct AddDealTests {
  @Test("a contact and an account that did not exist are made with it, and nothing else")
  func createsExactlyTheRows() async throws {
    let office = try await Office()
    let (conversation, visitorID) = try await office.conversation(name: "Nora")
    let before = try await office.scene.rows()
    let added = try await office.add(office.draft(conversationID: conversation.id))
    #expect(added.created == AddedDeal.Created(contact: true, account: true))
    var expected = before
    expected.contacts += 1
    expected.accounts += 1
    expected.deals += 1
    expected.statusLines += 1
    expected.idempotencyKeys += 1
    #expect(try await office.scene.rows() == expected)

    let deal = added.deal
    #expect(deal.title == "A Duo" && deal.value.minorUnits == 1_140_000 && deal.value.currency.code == "GBP")
    #expect(
      deal.owner.id == office.maya.id && deal.createdBy == office.maya.id && deal.createdAt == Scene.now)
    #expect(deal.stage == office.pipeline.stages[0] && deal.status == .open && !deal.overdue)
    #expect(deal.contact?.name == "Nora Fitzgerald" && deal.account?.name == "Harbour & Rye")
    #expect(deal.conversationID == conversation.id)
    #expect(try await office.parley.deal(deal.id, by: office.tom) == deal)

    let contact = try await office.parley.contact(try #require(deal.contact?.id), by: office.tom)
    #expect(
      contact.firstName == "Nora" && contact.lastName == "Fitzgerald" && contact.account == deal.account)
    let linked = try await office.scene.count("SELECT contact_id FROM visitors WHERE id = \(visitorID)")
    #expect(Int64(linked) == contact.id)
  }

  @Test("the thread gets a line that says so, and the conversation stays in its place")
  func statusLine() async throws {
    let office = try await Office()
    let (conversation, _) = try await office.conversation()
    let added = try await office.add(office.draft(conversationID: conversation.id), by: office.tom)
    let page = try await office.parley.thread(of: conversation.id, .latest, by: office.maya)
    let line = try #require(page.messages.last)
    #expect(line.kind == .status && line.agentID == office.tom.id)
    #expect(line.detail == .dealAdded(dealID: added.deal.id, title: "A Duo"))
    let after = try await office.parley.conversations(ConversationFilter(), by: office.maya).conversations[0]
    #expect(after.activity == conversation.activity && after.lastTextNumber == conversation.lastTextNumber)
    #expect(after.name == "Nora Fitzgerald" && after.email == "nora@harbour.example")
  }

  @Test("every open inbox hears of everything that changed, once, in order")
  func events() async throws {
    let office = try await Office()
    let (conversation, _) = try await office.conversation()
    _ = office.scene.takeAgentEvents()
    try await office.add(office.draft(conversationID: conversation.id))
    #expect(
      office.scene.takeAgentEvents() == [
        "account.changed", "contact.changed", "visitor.changed", "conversation.changed", "deal.added",
        "message.added", "totals.changed",
      ])
    let contact = ContactChoice.new(name: "", email: "nora@harbour.example")
    try await office.add(office.draft(conversationID: conversation.id, contact: contact))
    #expect(office.scene.takeAgentEvents() == ["deal.added", "message.added", "totals.changed"])
    try await office.add(office.draft())
    #expect(office.scene.takeAgentEvents() == ["deal.added", "totals.changed"])
  }

  @Test(
    "who and what exists already is used, however it is typed",
    arguments: [
      (" NORA@Harbour.Example ", "HARBOUR  &  rye"), ("nora@harbour.example", "Ｈarbour & Rye"),
      ("Nora@harbour.example", "harbour &\u{A0}rye"),
    ])
  func usesTheExisting(email: String, account: String) async throws {
    let office = try await Office()
    let first = try await office.add(office.draft())
    let draft = office.draft(contact: .new(name: "Somebody Else", email: email), account: .new(name: account))
    let second = try await office.add(draft, by: office.tom)
    #expect(second.created == AddedDeal.Created(contact: false, account: false))
    #expect(second.deal.contact == first.deal.contact)
    #expect(second.deal.account == first.deal.account)
    #expect(
      try await office.scene.rows() == Scene.Rows(contacts: 1, accounts: 1, deals: 2, idempotencyKeys: 2))
  }

  @Test("a contact without an account gets the deal's; one with an account keeps theirs")
  func accountOfContact() async throws {
    let office = try await Office()
    let first = try await office.add(office.draft(account: nil))
    let id = try #require(first.deal.contact?.id)
    #expect(first.deal.account == nil)
    #expect(try await office.parley.contact(id, by: office.maya).account == nil)
    _ = office.scene.takeAgentEvents()
    try await office.add(office.draft(contact: .existing(id), account: .new(name: "Harbour & Rye")))
    #expect(try await office.parley.contact(id, by: office.maya).account?.name == "Harbour & Rye")
    #expect(
      office.scene.takeAgentEvents() == [
        "account.changed", "contact.changed", "deal.added", "totals.changed",
      ])
    let third = try await office.add(
      office.draft(contact: .existing(id), account: .new(name: "Café Lumière")))
    #expect(third.deal.account?.name == "Café Lumière")
    #expect(try await office.parley.contact(id, by: office.maya).account?.name == "Harbour & Rye")
  }

  @Test("a visitor who is a contact already stays that contact")
  func visitorKeepsContact() async throws {
    let office = try await Office()
    let nora = try #require(try await office.add(office.draft()).deal.contact?.id)
    let (conversation, visitorID) = try await office.conversation(email: "nora@harbour.example")
    let dev = ContactChoice.new(name: "Dev Patel", email: "dev@harbour.example")
    try await office.add(office.draft(conversationID: conversation.id, contact: dev))
    let linked = try await office.scene.count("SELECT contact_id FROM visitors WHERE id = \(visitorID)")
    #expect(Int64(linked) == nora)
  }

  @Test("a contact that is made takes the telephone number that the visitor gave")
  func phone() async throws {
    let office = try await Office()
    let (conversation, visitorID) = try await office.conversation()
    _ = try await office.parley.updateVisitor(
      visitorID, VisitorChange(phone: "+44 117 496 0112"), by: office.maya)
    let added = try await office.add(office.draft(title: "Call %PHONE%", conversationID: conversation.id))
    let contact = try await office.parley.contact(try #require(added.deal.contact?.id), by: office.maya)
    #expect(contact.phone == "+44 117 496 0112")
    #expect(added.deal.title == "Call +44 117 496 0112")
  }

  @Test("the title's tags are resolved with what is known on saving")
  func tags() async throws {
    let office = try await Office()
    let title = "Duo for %FIRSTNAME% %LASTNAME% of %ACCT_NAME% %ACCT_URL% (%EMAIL%)"
    let added = try await office.add(office.draft(title: title))
    #expect(added.deal.title == "Duo for Nora Fitzgerald of Harbour & Rye (nora@harbour.example)")
    let preview = try await office.parley.previewTitle(
      title, contact: added.deal.contact.map { .existing($0.id) }, account: .new(name: "harbour & RYE"),
      by: office.maya)
    #expect(preview == TitlePreview(title: added.deal.title, unknownTags: []))
    let unknown = try await office.parley.previewTitle(
      "%WHO% and %FIRSTNAME%", contact: .new(name: "Ada King", email: ""), account: nil, by: office.maya)
    #expect(unknown.unknownTags == ["WHO"])
    #expect(unknown.title == "%WHO% and Ada")
  }

  @Test(
    "what may be left out has its default: the owner is who asks, the stage the first, the currency the pipeline's"
  )
  func defaults() async throws {
    let office = try await Office()
    let draft = DealDraft(
      title: "A Finch", value: .init(minor: 0, currency: nil), ownerID: nil, pipelineID: office.pipeline.id,
      stageID: nil, contact: .new(name: "", email: "ada@example.com"))
    let deal = try await office.add(draft, by: office.tom).deal
    #expect(deal.owner.id == office.tom.id && deal.stage == office.pipeline.stages[0])
    #expect(deal.value.currency.code == "USD" && deal.value.minorUnits == 0)
    #expect(deal.forecastedCloseOn == nil && deal.description.isEmpty && deal.account == nil)
    #expect(deal.contact?.name == "ada@example.com")
  }

  @Test("overdue is reckoned in the workspace's time zone")
  func overdue() async throws {
    let office = try await Office()
    var draft = office.draft()
    draft.forecastedCloseOn = "2026-11-22"
    #expect(try await office.add(draft).deal.overdue)
    draft.forecastedCloseOn = "2026-11-23"
    let today = try await office.add(draft).deal
    #expect(!today.overdue)
    let change = WorkspaceChange(timeZone: "Pacific/Kiritimati")
    _ = try await office.parley.updateWorkspace(change, by: office.maya)
    #expect(try await office.parley.deal(today.id, by: office.maya).overdue)
  }

  @Test("whoever is no agent may not add a deal, nor read one")
  func permission() async throws {
    let office = try await Office()
    let deal = try await office.add(office.draft()).deal
    await #expect(throws: ParleyError.permissionDenied) { try await office.add(office.draft(), by: .machine) }
    await #expect(throws: ParleyError.permissionDenied) {
      try await office.parley.deal(deal.id, by: .machine)
    }
    let gone = AgentIdentity(id: 99, name: "Gone", role: .agent)
    await #expect(throws: ParleyError.notFound) { try await office.parley.deal(deal.id, by: gone) }
    #expect(try await office.parley.pipelines(by: gone).isEmpty)
    #expect(try await office.parley.pipelines(by: office.tom).map(\.id) == [office.pipeline.id])
    #expect(try await office.scene.rows().deals == 1)
  }
}
