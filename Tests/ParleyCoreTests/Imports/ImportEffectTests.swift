import Testing

@testable import ParleyCore

@Suite("What importing does", .timeLimit(.minutes(1)))
struct ImportEffectTests {
  @Test("accounts come with their owners and fields of one's own, and are updated or skipped by their names")
  func accounts() async throws {
    let bench = try await ImportBench()
    let owner = bench.workshop.owner
    _ = try await bench.parley.addField(
      FieldDraft(kind: .account, type: .number, name: "Employees"), by: owner)
    _ = try await bench.parley.addField(
      FieldDraft(kind: .account, type: .choice, name: "Tier", choices: [.init(name: "Gold")]), by: owner)
    let done = try await bench.import(
      .accounts,
      """
      Entreprise;Site web;Téléphone;Responsable;Employees;tier
      Engines;engines.example;+33 1;Adam Agent;1 200,5;gold
      ENGINES;;;;;
      """)
    #expect(done.result == ImportCounts(created: 1, skipped: 1))
    let known = try #require(try await bench.parley.accountList(RecordFilter(), by: owner).accounts.first)
    #expect(known.url == "https://engines.example" && known.phone == "+33 1")
    #expect(known.owner?.name == "Adam Agent")
    let fields = try await bench.parley.fields(by: owner)
    #expect(fields.map { known.fields[$0.id]?.typedText(as: $0) } == ["1200.5", "Gold"])

    let before = try await bench.picture()
    let update = try await bench.import(.accounts, "Name,Phone,Employees\nengines,,7\n") {
      $0.existing = .update
    }
    #expect(update.result == ImportCounts(updated: 1))
    let updated = try await bench.parley.account(known.id, by: owner)
    #expect(updated.name == "Engines" && updated.phone == "+33 1")
    #expect(updated.fields[fields[0].id]?.typedText(as: fields[0]) == "7")
    _ = try await bench.parley.undoImport(update.id, by: owner)
    try await bench.work()
    #expect(try await bench.picture() == before)
  }

  @Test("each kind of bad account, and of a bad value in a field of one's own, is named")
  func faults() async throws {
    let bench = try await ImportBench()
    let types: [(String, CustomField.ValueType, [String])] = [
      ("Size", .number, []), ("Budget", .currency, []), ("Start", .date, []), ("Tier", .choice, ["Gold"]),
      ("Uses", .choices, ["One"]), ("Signed", .checkbox, []), ("Line", .text, []),
    ]
    for (name, type, choices) in types {
      _ = try await bench.parley.addField(
        FieldDraft(
          kind: .account, type: type, name: name, choices: choices.map { .init(name: $0) }),
        by: bench.workshop.owner)
    }
    let long = String(repeating: "x", count: 3000)
    let checked = try await bench.check(
      try await bench.upload(
        .accounts,
        """
        Name,Website,Owner,Created,Size,Budget,Start,Tier,Uses,Signed,Line
        ,,,,,,,,,,
        Owner,,Nobody,,,,,,,,
        Created,,,31/31/2026,,,,,,,
        Later,,,2999-01-01,,,,,,,
        Fields,,,,one,1.234 EUR,2026-02-30,Tin,One; Two,perhaps,\(long)
        Good,,,2020-01-01,1,2,2026-01-01,gold,one,yes,x
        """))
    let found = try await bench.faults(checked)
    #expect(
      found == [
        "3 Owner import.owner.unknown", "4 Created import.date.invalid", "5 Created import.date.future",
        "6 Size fields.invalid", "6 Budget fields.invalid", "6 Start fields.invalid", "6 Tier fields.unknown",
        "6 Uses fields.unknown", "6 Signed fields.invalid", "6 Line fields.too-long",
      ])
    #expect(checked.plan == ImportCounts(created: 1, bad: 4))
  }

  @Test("each kind of bad part in a deal, and of a bad end, is named")
  func dealFaults() async throws {
    let bench = try await ImportBench()
    let long = String(repeating: "x", count: 51)
    let checked = try await bench.check(
      try await bench.upload(
        .deals,
        """
        Title,Value,Contact email,Other contacts,Status,Created,Closed
        Address,1,a@example.com,Ada (Buyer),,,
        Role,1,a@example.com,b@example.com,,,
        Long,1,a@example.com,b@example.com (\(long)),,,
        Own,1,a@example.com,A@example.com (Buyer),,,
        Open,1,a@example.com,,,,2020-01-01
        Early,1,a@example.com,,won,2020-01-02,2020-01-01
        Later,1,a@example.com,,lost,,2999-01-01
        Good,1,a@example.com,"b@example.com (Buyer), c@example.com (Legal), B@example.com (Board)",won,2020-01-01,2020-01-01
        """))
    let found = try await bench.faults(checked)
    #expect(
      found == [
        "2 Other contacts import.secondaryContacts.invalid", "3 Other contacts deal.role.required",
        "4 Other contacts deal.role.too-long", "5 Other contacts deal.secondaryContact.primary",
        "6 Closed import.closedAt.open", "7 Closed import.closedAt.early", "8 Closed import.date.future",
      ])
    #expect(checked.plan == ImportCounts(created: 1, bad: 7, contacts: 3))
    let done = try await bench.run(checked)
    #expect(done.result == checked.plan)
    let deal = try await bench.parley.deal(1, by: bench.workshop.owner)
    #expect(deal.secondaryContacts.map(\.role).sorted() == ["Board", "Legal"])
  }

  @Test("a deal's parts and its end are changed by its number, and taken back")
  func parts() async throws {
    let bench = try await ImportBench()
    let owner = bench.workshop.owner
    _ = try await bench.import(
      .deals,
      "Title,Value,Contact email,Other contacts,Status,Closed\nOne,1,a@example.com,b@example.com (Buyer),won,2023-01-05\n"
    )
    let before = try await bench.picture()
    let deal = try await bench.parley.deal(1, by: owner)
    bench.workshop.advance(by: 1000)
    let update = try await bench.import(
      .deals,
      "Deal ID,Title,Other contacts,Closed\n1,One,\"b@example.com (Legal); c@example.com (Board)\",2023-02-06\n"
    ) { $0.existing = .update }
    #expect(try await bench.faults(update) == [])
    #expect(update.result == ImportCounts(updated: 1, contacts: 1))
    let changed = try await bench.parley.deal(1, by: owner)
    #expect(changed.secondaryContacts.map(\.role) == ["Legal", "Board"])
    #expect(changed.closedAt == 1_675_638_000_000 && changed.createdAt == deal.createdAt)
    _ = try await bench.parley.undoImport(update.id, by: owner)
    try await bench.work()
    #expect(try await bench.find(update.id).result?.kept == 0)
    #expect(try await bench.picture() == before)
    let restored = try await bench.parley.deal(1, by: owner)
    #expect(restored.secondaryContacts == deal.secondaryContacts && restored.closedAt == deal.closedAt)
  }

  @Test("who may add deals but not edit them imports nothing that adding does not give")
  func addingOnly() async throws {
    let bench = try await ImportBench()
    let (owner, agent) = (bench.workshop.owner, bench.workshop.agent)
    let everyone = try #require(try await bench.parley.groups(by: owner).first { $0.isEveryone })
    let pipelineID = try await bench.parley.pipelines(by: owner)[0].id
    _ = try await bench.parley.setRights([.see, .add], of: everyone.id, in: pipelineID, by: owner)
    let read = try await bench.upload(
      .deals,
      """
      Title,Value,Contact email,Status,Tags,Other contacts
      Plain,1,a@example.com,,,
      Won,1,a@example.com,won,,
      Tagged,1,a@example.com,,vip,
      Shared,1,a@example.com,,,b@example.com (Buyer)
      """, by: agent)
    _ = try await bench.parley.checkImport(read.id, read.settings!, by: agent)
    try await bench.work()
    let checked = try await bench.find(read.id)
    let found = try await bench.faults(checked)
    #expect(
      found == [
        "3 Status import.deal.denied", "4 Tags import.deal.denied", "5 Other contacts import.deal.denied",
      ])
    _ = try await bench.parley.runImport(read.id, by: agent)
    try await bench.work()
    #expect(try await bench.find(read.id).result?.created == 1)
  }

  @Test(
    "automations follow what is imported where that is asked, and never hear of it else",
    arguments: [true, false])
  func automations(_ runs: Bool) async throws {
    let scene = try await EngineScene()
    let tagged = try await scene.automation(
      [
        .when(.tagAdded) {
          $0.tag = "vip"
          $0.on = .contact
        }
      ], [scene.note()])
    let created = try await scene.automation(
      [.when(.dealCreated) { $0.pipelineID = scene.pipeline.id }], [.step(.end)])
    let bench = try await ImportBench(in: scene.workshop)
    for (kind, text) in [
      (ImportKind.contacts, "Email,First name,Tags\na@example.com,Ada,vip\nb@example.com,Bo,\n"),
      (.deals, "Title,Value,Contact email\nOne,1,a@example.com\n"),
    ] {
      let done = try await bench.import(kind, text) { $0.runsAutomations = runs }
      #expect(done.state == .done)
    }
    _ = await scene.engine.work()
    #expect(try await scene.runs(tagged).count == (runs ? 1 : 0))
    #expect(try await scene.runs(created).count == (runs ? 1 : 0))
    let ada = try #require(
      try await bench.parley.contacts(matching: "a@example", by: bench.workshop.owner).first)
    #expect(try await scene.notes(of: ada) == (runs ? ["Noted for Ada"] : []))
  }
}
