import SQLite
import Testing

@testable import ParleyCore

@Suite("Importing tables", .timeLimit(.minutes(1)))
struct ImportTests {
  static let contacts = """
    Email;Prénom;Nom;Société;Étiquettes\r
    ada@example.com;Ada;Lovelace;Analytical Engines;vip;\r
    grace@example.com;Grace;Hopper;Navy;"vip;cobol"\r
    """

  @Test("a file is read as it comes, whatever parts it comes in", arguments: [1, 7, 100_000])
  func upload(partSize: Int) async throws {
    let bench = try await ImportBench()
    let one = try await bench.upload(
      .contacts, "Email;Prénom;Nom\r\nada@example.com;Ada;\"Love\r\nlace\"\r\n", partSize: partSize)
    #expect(one.state == .mapping)
    #expect(one.encoding == .utf8)
    #expect(one.separator == ";")
    #expect(one.columns == ["Email", "Prénom", "Nom"])
    #expect(one.rows == 1)
    #expect(one.settings?.columns == ["email", "firstName", "lastName"])
    #expect(one.settings?.pipelineID == nil)
  }

  @Test("a part that came already changes nothing, and one out of place is refused")
  func parts() async throws {
    let bench = try await ImportBench()
    let owner = bench.workshop.owner
    let one = try await bench.parley.beginImport(
      .contacts, fileName: "a.csv", size: 10, idempotencyKey: IdempotencyKey(.client())!, by: owner)
    _ = try await bench.parley.receivePart([1, 2, 3], at: 0, of: one.id, by: owner)
    let again = try await bench.parley.receivePart([1, 2, 3], at: 0, of: one.id, by: owner)
    #expect(again.received == 3)
    for (start, count) in [(5, 2), (3, 8), (2, 2)] {
      await #expect(throws: ParleyError.invalid(Invalid(code: "import.part.misplaced"))) {
        try await bench.parley.receivePart(
          [UInt8](repeating: 0, count: count), at: Int64(start), of: one.id, by: owner)
      }
    }
  }

  @Test(
    "a file that is no table says why",
    arguments: [
      ("a,b\n", "import.file.no-rows"), ("PK\u{3}\u{4}rest", "import.file.not-text"),
      ("\n\n", "import.file.no-rows"),
    ])
  func unreadable(_ text: String, _ code: String) async throws {
    let one = try await ImportBench().upload(.contacts, text)
    #expect(one.state == .failed)
    #expect(one.code == code)
  }

  @Test("contacts come with their accounts and tags, once each")
  func contacts() async throws {
    let bench = try await ImportBench()
    let text = """
      Email,First name,Last name,Company,Tags
      ada@example.com,Ada,Lovelace,Analytical Engines,"vip, maths"
      grace@example.com,Grace,Hopper,ANALYTICAL  engines,cobol
      ADA@example.com,Augusta,King,,
      """
    let checked = try await bench.check(try await bench.upload(.contacts, text)) { $0.tag = "Fair" }
    #expect(checked.plan == ImportCounts(created: 2, skipped: 1, accounts: 1))
    #expect(try await bench.count("SELECT count(*) FROM contacts") == 0)
    let done = try await bench.run(checked)
    #expect(done.state == .done)
    #expect(done.result == checked.plan)
    let list = try await bench.parley.contactList(RecordFilter(tag: "fair"), by: bench.workshop.owner)
      .contacts
    #expect(list.map(\.name) == ["Ada Lovelace", "Grace Hopper"])
    #expect(list.map(\.tags) == [["Fair", "maths", "vip"], ["cobol", "Fair"]])
    #expect(Set(list.map(\.account?.name)) == ["Analytical Engines"])
  }

  @Test("what exists is updated where that is asked, and an empty cell changes nothing")
  func update() async throws {
    let bench = try await ImportBench()
    _ = try await bench.import(.contacts, "Email,First name,Phone,Tags\nada@example.com,Ada,+44 1,vip\n")
    let done = try await bench.import(
      .contacts, "Email,First name,Phone,Tags\nada@example.com,Augusta,,maths\n"
    ) {
      $0.existing = .update
    }
    #expect(done.result == ImportCounts(updated: 1))
    let ada = try await bench.parley.contactList(RecordFilter(), by: bench.workshop.owner).contacts[0]
    #expect(ada.firstName == "Augusta")
    #expect(ada.phone == "+44 1")
    #expect(ada.tags == ["maths", "vip"])
  }

  @Test("every bad row is named with its line, its column and the reason")
  func contactFaults() async throws {
    let bench = try await ImportBench()
    let long = String(repeating: "x", count: 200)
    let text = """
      Email,First name,Company
      ,Nobody,
      not an address,"two
      lines",
      ok@example.com,Ok,
      long@example.com,\(long),
      odd@example.com,Odd,Known,more
      "quoted@example.com"x,Q,
      none@example.com,N,Unknown Ltd
      "open@example.com,O
      """
    let checked = try await bench.check(try await bench.upload(.contacts, text)) { $0.createsMissing = false }
    #expect(
      try await bench.faults(checked) == [
        "2 Email contact.email.required", "3 Email contact.email.invalid",
        "6 First name contact.firstName.too-long",
        "7 - import.row.too-many-cells", "7 Company import.account.unknown", "8 - import.row.misquoted",
        "9 Company import.account.unknown", "10 - import.row.unclosed", "10 Email contact.email.invalid",
      ])
    #expect(checked.plan == ImportCounts(created: 1, bad: 7))
    let done = try await bench.run(checked)
    #expect(done.result == ImportCounts(created: 1, bad: 7))
    #expect(try await bench.count("SELECT count(*) FROM contacts") == 1)
    #expect(try await bench.faults(done).count == 9)
  }

  @Test("deals name pipeline, stage, owner and people, and amounts in the file's own style")
  func deals() async throws {
    let bench = try await ImportBench()
    let text = """
      Titre;Montant;Étape;Statut;Date de clôture;Responsable;E-mail du contact;Nom du contact;Société;Étiquettes;Motif de perte
      Dix machines;1 234,50 €;In Contact;;30/11/2026;adam@acme.test;ada@example.com;Ada Lovelace;Engines;gros;
      Perdue;99,9;;Perdue;1/2/2026;Olga Owner;ada@example.com;;;;Trop cher
      Sans montant;;;gagnée;;;;;Engines;;
      """
    let read = try await bench.upload(.deals, text)
    #expect(read.settings?.decimalMark == .comma)
    #expect(read.settings?.dateOrder == .dayMonthYear)
    let done = try await bench.run(try await bench.check(read))
    #expect(try await bench.faults(done) == [])
    #expect(done.result == ImportCounts(created: 3, accounts: 1, contacts: 1))
    var filter = DealFilter()
    filter.status = .all
    let deals = try await bench.parley.deals(
      filter, order: .title, after: nil, limit: 10, by: bench.workshop.owner
    ).deals
    #expect(deals.map(\.title) == ["Dix machines", "Perdue", "Sans montant"])
    #expect(deals.map(\.value.minorUnits) == [123_450, 9990, 0])
    #expect(deals.map(\.value.currency.code) == ["EUR", "USD", "USD"])
    #expect(deals.map(\.stage.name) == ["In Contact", "To Contact", "To Contact"])
    #expect(deals.map(\.status) == [.open, .lost, .won])
    #expect(deals.map(\.owner.name) == ["Adam Agent", "Olga Owner", "Olga Owner"])
    #expect(deals[0].contact?.name == "Ada Lovelace")
    #expect(deals[0].account?.name == "Engines")
    #expect(deals[0].tags == ["gros"])
    #expect(deals[0].forecastedCloseOn?.description == "2026-11-30")
    #expect(deals[1].lostReason == "Trop cher")
  }

  @Test("each kind of bad deal is named")
  func dealFaults() async throws {
    let bench = try await ImportBench()
    let text = """
      Title,Value,Currency,Pipeline,Stage,Status,Close date,Owner,Contact email,Lost reason,Deal ID
      ,1,,,,,,,a@example.com,,
      Amount,1.234,,,,,,,a@example.com,,
      Huge,10000000000000.01,,,,,,,a@example.com,,
      Currency,1,XXX,,,,,,a@example.com,,
      Differs,€1,GBP,,,,,,a@example.com,,
      Pipeline,1,,Nowhere,,,,,a@example.com,,
      Stage,1,,,Nowhere,,,,a@example.com,,
      Status,1,,,,perhaps,,,a@example.com,,
      Date,1,,,,,31/31/2026,,a@example.com,,
      Owner,1,,,,,,Nobody,a@example.com,,
      Contact,1,,,,,,,no address,,
      Nobody,1,,,,,,,,,
      Reason,1,,,,won,,,a@example.com,Price,
      Id,1,,,,,,,a@example.com,,4711
      Tag %NOBODY%,1,,,,,,,a@example.com,,
      """
    let checked = try await bench.check(try await bench.upload(.deals, text))
    #expect(
      try await bench.faults(checked) == [
        "2 Title deal.title.required", "3 Value import.value.invalid", "4 Value import.value.invalid",
        "5 Currency import.currency.unknown", "6 Value import.currency.differs",
        "7 Pipeline import.pipeline.unknown",
        "8 Stage import.stage.unknown", "9 Status import.status.unknown", "10 Close date import.date.invalid",
        "11 Owner import.owner.unknown", "12 Contact email deal.contact.email-invalid",
        "13 Contact email deal.contact.required", "14 Lost reason deal.lostReason.invalid",
        "15 Deal ID import.deal.unknown", "16 Title deal.title.unknown-tag",
      ])
    #expect(checked.plan?.bad == 15)
    await #expect(throws: ParleyError.invalid(Invalid(code: "import.nothing"))) {
      try await bench.parley.runImport(checked.id, by: bench.workshop.owner)
    }
  }

  @Test("an import is taken back whole, but for what was changed or used since")
  func undo() async throws {
    let bench = try await ImportBench()
    _ = try await bench.import(
      .contacts, "Email,First name,Company,Tags\nada@example.com,Ada,Engines,vip\nold@example.com,Old,,\n")
    let before = try await bench.picture()
    let second = try await bench.import(
      .contacts,
      "Email,First name,Company,Tags\nada@example.com,Augusta,New Ltd,maths\nnew@example.com,New,New Ltd,\nADA@example.com,Countess,,\n"
    ) { $0.existing = .update }
    #expect(second.result == ImportCounts(created: 1, updated: 2, accounts: 1))
    #expect(try await bench.picture() != before)
    _ = try await bench.parley.undoImport(second.id, by: bench.workshop.owner)
    try await bench.work()
    #expect(try await bench.find(second.id).state == .undone)
    #expect(try await bench.picture() == before)

    let deals = try await bench.import(
      .deals, "Title,Value,Contact email,Company\nOne,1,ada@example.com,\nTwo,2,b@example.com,B Ltd\n")
    _ = try await bench.parley.addNote("Call back", on: RecordID(.deal, 1), by: bench.workshop.owner)
    _ = try await bench.parley.undoImport(deals.id, by: bench.workshop.owner)
    try await bench.work()
    #expect(try await bench.find(deals.id).result?.kept == 1)
    #expect(try await bench.count("SELECT count(*) FROM deals") == 1)
    #expect(try await bench.count("SELECT count(*) FROM contacts WHERE email = 'b@example.com'") == 0)
    #expect(try await bench.count("SELECT count(*) FROM accounts WHERE name = 'B Ltd'") == 0)
    let found = try await bench.parley.contacts(matching: "b@example", by: bench.workshop.owner)
    #expect(found.isEmpty)
  }

  @Test("one that is stopped on the way is taken back, and one whose process ended goes on")
  func interrupted() async throws {
    let bench = try await ImportBench()
    let before = try await bench.picture()
    let rows = (0..<700).map { "c\($0)@example.com,C\($0),Company \($0 % 50)" }.joined(separator: "\n")
    let checked = try await bench.check(
      try await bench.upload(.contacts, "Email,First name,Company\n\(rows)\n"))
    _ = try await bench.parley.runImport(checked.id, by: bench.workshop.owner)
    var runner = ImportRunner(parley: bench.parley)
    _ = try await runner.step()
    let half = try await bench.find(checked.id)
    #expect(half.state == .running && half.processed > 0 && half.processed < 700)
    // Whoever comes after knows nothing of the first.
    try await bench.work()
    let done = try await bench.find(checked.id)
    #expect(done.result == ImportCounts(created: 700, accounts: 50))
    #expect(try await bench.count("SELECT count(*) FROM contacts") == 700)

    let again = try await bench.check(
      try await bench.upload(
        .contacts, "Email,First name,Company\n" + rows.replacing("@example", with: "@other") + "\n"))
    _ = try await bench.parley.runImport(again.id, by: bench.workshop.owner)
    _ = try await runner.step()
    _ = try await bench.parley.cancelImport(again.id, by: bench.workshop.owner)
    try await bench.work()
    #expect(try await bench.find(again.id).state == .undone)
    #expect(try await bench.count("SELECT count(*) FROM contacts") == 700)
    _ = try await bench.parley.undoImport(done.id, by: bench.workshop.owner)
    try await bench.work()
    #expect(try await bench.picture() == before)
    #expect(try await bench.count("SELECT count(*) FROM import_parts") == 0)
    #expect(try await bench.count("SELECT count(*) FROM import_rows") == 0)
    #expect(try await bench.count("SELECT count(*) FROM import_effects") == 0)
  }

  @Test("it tells of itself and of the whole, not of each record")
  func events() async throws {
    let bench = try await ImportBench()
    let rows = (0..<300).map { "c\($0)@example.com" }.joined(separator: "\n")
    let checked = try await bench.check(try await bench.upload(.contacts, "Email\n\(rows)\n"))
    bench.workshop.forgetEvents()
    _ = try await bench.run(checked)
    let types = bench.workshop.events.map(\.body.type)
    #expect(Set(types) == ["import.changed", "records.imported"])
    #expect(types.filter { $0 == "records.imported" }.count == 1)
    for event in bench.workshop.events where event.body.type == "import.changed" {
      #expect(event.audience == .agent(bench.workshop.owner.id))
    }
  }

  @Test("an agent sees their own imports only, and imports deals where they may add them")
  func permissions() async throws {
    let bench = try await ImportBench()
    let (owner, agent) = (bench.workshop.owner, bench.workshop.agent)
    let theirs = try await bench.upload(.contacts, "Email\na@example.com\n")
    await #expect(throws: ParleyError.notFound) { try await bench.parley.importPreview(theirs.id, by: agent) }
    await #expect(throws: ParleyError.notFound) {
      try await bench.parley.importFaults(of: theirs.id, after: nil, limit: 5, by: agent)
    }
    await #expect(throws: ParleyError.notFound) { try await bench.parley.cancelImport(theirs.id, by: agent) }
    #expect(try await bench.parley.imports(before: nil, limit: 10, by: agent).imports.isEmpty)
    let own = try await bench.upload(.deals, "Title,Value,Company\nOne,1,A\n", by: agent)
    #expect(try await bench.parley.imports(before: nil, limit: 10, by: agent).imports.map(\.id) == [own.id])
    #expect(
      try await bench.parley.imports(before: nil, limit: 10, by: owner).imports.map(\.id) == [
        own.id, theirs.id,
      ])
    let group = try await bench.parley.groups(by: owner).first { $0.isEveryone }
    let pipelineID = try #require(own.settings?.pipelineID)
    _ = try await bench.parley.setRights(.see, of: try #require(group).id, in: pipelineID, by: owner)
    await #expect(throws: ParleyError.self) {
      try await bench.parley.checkImport(own.id, own.settings!, by: agent)
    }
    await #expect(throws: ParleyError.permissionDenied) {
      try await bench.parley.beginImport(
        .deals, fileName: "a", size: 1, idempotencyKey: IdempotencyKey(.client())!, by: agent)
    }
  }

  @Test("what was exported is imported again unchanged", arguments: [ImportSettings.Existing.skip, .update])
  func roundTrip(_ existing: ImportSettings.Existing) async throws {
    let bench = try await ImportBench()
    _ = try await bench.import(
      .contacts,
      """
      Email,First name,Last name,Phone,Job title,Company,Tags
      ada@example.com,Ada,"Love, lace",+44 20 1,=Countess,"Ltd; ""Engines""\u{22},"one; two, three"
      o'hara@example.com,-Scarlett,O'Hara,@home,'quoted,,"only, one;"
      """)
    _ = try await bench.import(
      .deals,
      "Title,Value,Currency,Contact email,Status,Close date,Description\nYen,1200,JPY,ada@example.com,won,2026-01-02,\"two\nlines\"\nDinar,1.234,KWD,o'hara@example.com,,,\nBig,10000000000000,USD,new@example.com,lost,,\n"
    )
    let before = try await bench.picture()
    let contacts = try await bench.export(.contacts(RecordFilter()))
    #expect(contacts.contains("'=Countess") && contacts.contains("'-Scarlett"))
    var filter = DealFilter()
    filter.status = .all
    let deals = try await bench.export(.deals(filter, .value))
    for (kind, text, rows) in [(ImportKind.contacts, contacts, 3), (.deals, deals, 3)] {
      let done = try await bench.import(kind, text) { $0.existing = existing }
      #expect(try await bench.faults(done) == [])
      #expect((existing == .skip ? done.result?.skipped : done.result?.updated) == rows)
      #expect(done.result?.created == 0)
    }
    #expect(try await bench.picture() == before)
    #expect(try await bench.export(.contacts(RecordFilter())) == contacts)
  }
}
