import Testing

@testable import ParleyCore

@Suite("What is wrong with a deal")
struct DealErrorsTests {
  private static func scalars(_ count: Int) -> String { String(repeating: "é", count: count) }

  /// A sound draft with one thing changed, and why the field is at fault then; nil where it is not.
  struct Spoiled: Sendable {
    let field: String
    let reason: String?
    let spoil: @Sendable (inout DealDraft) -> Void

    init(_ field: String, _ reason: String?, _ spoil: @escaping @Sendable (inout DealDraft) -> Void) {
      (self.field, self.reason, self.spoil) = (field, reason, spoil)
    }
  }

  @Test("everything that is wrong is said at once, and nothing is stored")
  func allAtOnce() async throws {
    let office = try await Office()
    let draft = DealDraft(
      title: "%WHO% at %COMPANY%", value: .init(minor: -1, currency: "USD"), ownerID: 99,
      forecastedCloseOn: "2026-02-30", pipelineID: office.pipeline.id, stageID: 99,
      description: Self.scalars(10_001), conversationID: 99, contact: .new(name: "Nora", email: ""),
      account: .existing(99))
    let before = try await office.scene.rows()
    let error = await #expect(throws: ParleyError.self) { try await office.add(draft) }
    #expect(
      error
        == .invalid(
          Invalid(
            code: "deal.invalid",
            fields: [
              "title": "deal.title.unknown-tag", "value": "deal.value.invalid", "owner": "deal.owner.unknown",
              "forecastedCloseOn": "deal.forecastedCloseOn.invalid", "stage": "deal.stage.unknown",
              "description": "deal.description.too-long", "conversation": "deal.conversation.unknown",
              "contact": "deal.contact.email-required", "account": "deal.account.unknown",
            ], tags: ["WHO", "COMPANY"])))
    #expect(try await office.scene.rows() == before)
    #expect(office.scene.events.isEmpty)
  }

  @Test("an empty draft lacks a title, a value, a pipeline and someone to sell to")
  func empty() async throws {
    let office = try await Office()
    let draft = DealDraft(title: nil, value: nil, ownerID: nil, pipelineID: nil, stageID: nil)
    #expect(
      try await office.faults(of: draft) == [
        "title": "deal.title.required", "value": "deal.value.required",
        "pipeline": "deal.pipeline.required", "contact": "deal.contact.required",
      ])
  }

  @Test(
    "a field's fault has its own code, or none",
    arguments: [
      Spoiled("title", "required") { $0.title = " \n\t" }, Spoiled("title", nil) { $0.title = scalars(200) },
      Spoiled("title", "too-long") { $0.title = scalars(201) },
      Spoiled("title", "required") { $0.title = "%ACCT_URL%" },
      Spoiled("title", nil) { $0.title = "100% arabica" },
      Spoiled("title", "unknown-tag") { $0.title = "%WHO%" },
      Spoiled("value", "required") { $0.value = nil }, Spoiled("value", "required") { $0.value?.minor = nil },
      Spoiled("value", nil) { $0.value?.minor = 0 }, Spoiled("value", "invalid") { $0.value?.minor = -1 },
      Spoiled("value", nil) { $0.value?.minor = Money.limit },
      Spoiled("value", "invalid") { $0.value?.minor = Money.limit + 1 },
      Spoiled("value", "unknown") { $0.value?.currency = "XXX" },
      Spoiled("value", "unknown") { $0.value?.currency = "usd" },
      Spoiled("owner", "unknown") { $0.ownerID = 0 }, Spoiled("pipeline", "required") { $0.pipelineID = nil },
      Spoiled("pipeline", "unknown") { $0.pipelineID = 99 }, Spoiled("stage", "unknown") { $0.stageID = 99 },
      Spoiled("forecastedCloseOn", nil) { $0.forecastedCloseOn = "" },
      Spoiled("forecastedCloseOn", nil) { $0.forecastedCloseOn = "2020-01-01" },
      Spoiled("forecastedCloseOn", "invalid") { $0.forecastedCloseOn = "tomorrow" },
      Spoiled("description", nil) { $0.description = scalars(10_000) },
      Spoiled("description", "too-long") { $0.description = scalars(10_001) },
      Spoiled("contact", "unknown") { $0.contact = .existing(99) },
      Spoiled("contact", "required") { $0.contact = .new(name: "", email: "") },
      Spoiled("contact", "email-required") { $0.contact = .new(name: "Nora", email: " ") },
      Spoiled("contact", "email-invalid") { $0.contact = .new(name: "Nora", email: "nora@") },
      Spoiled("contact", "too-long") { $0.contact = .new(name: scalars(101), email: "a@b.example") },
      Spoiled("contact", nil) { $0.contact = nil },
      Spoiled("contact", "required") { ($0.contact, $0.account) = (nil, nil) },
      Spoiled("account", "unknown") { $0.account = .existing(99) },
      Spoiled("account", "required") { $0.account = .new(name: " \u{200B}") },
      Spoiled("account", "too-long") { $0.account = .new(name: scalars(201)) },
      Spoiled("account", nil) { $0.account = nil },
      Spoiled("conversation", "unknown") { $0.conversationID = 99 },
    ])
  func fields(spoiled: Spoiled) async throws {
    let office = try await Office()
    var draft = office.draft()
    spoiled.spoil(&draft)
    let expected = spoiled.reason.map { [spoiled.field: "deal.\(spoiled.field).\($0)"] } ?? [:]
    let faults = try await office.faults(of: draft)
    #expect(faults == expected)
    let rows = try await office.scene.rows()
    #expect(rows.deals == (expected.isEmpty ? 1 : 0))
  }

  @Test("a stage of another pipeline is unknown")
  func stageOfAnother() async throws {
    let office = try await Office()
    let other = try await office.parley.write { transaction, _ in
      guard let euro = Currency(code: "EUR") else { throw ParleyError.notFound }
      return try PipelineRecords.insert(
        name: "Service", currency: euro, stages: [StageDraft(name: "Open")], in: transaction)
    }
    var draft = office.draft()
    draft.stageID = other.stages[0].id
    await #expect(
      throws: ParleyError.invalid(Invalid(code: "deal.invalid", fields: ["stage": "deal.stage.unknown"]))
    ) {
      try await office.add(draft)
    }
    #expect(try await office.parley.pipelines(by: office.maya).map(\.name) == ["Sales", "Service"])
  }

  @Test("from a conversation a contact is required, also with an account")
  func contactFromConversation() async throws {
    let office = try await Office()
    let (conversation, _) = try await office.conversation()
    let draft = office.draft(conversationID: conversation.id, contact: nil)
    await #expect(
      throws: ParleyError.invalid(Invalid(code: "deal.invalid", fields: ["contact": "deal.contact.required"]))
    ) { try await office.add(draft) }
  }
}
