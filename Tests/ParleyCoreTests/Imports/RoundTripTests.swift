import Foundation
import Testing

@testable import ParleyCore

/// What a workspace exports, an empty one imports; and then it exports the same.
@Suite("Out of one workspace and into another", .timeLimit(.minutes(1)))
struct RoundTripTests {
  /// A field of each type, with names that other columns have and that look like formulas.
  private static let fields: [(name: String, type: CustomField.ValueType, choices: [String])] = [
    ("=Line", .text, []), ("Title", .longText, []), ("E-mail", .number, []), ("Budget; net", .currency, []),
    ("Start", .date, []), ("Plan", .choice, ["Gold", "\"Tin\", or so"]),
    ("plan?", .choices, ["One, two", "=Three", "Four"]), ("Signed", .checkbox, []),
  ]

  /// Cells for the fields, in the style of an export.
  private static let values = [
    [
      "=1+1", "\"first;=2\n- \"\"second\"\"\"", "-12.000001", "0.500 KWD", "2028-02-29", "Gold",
      "\"One, two; =Three\"", "true",
    ],
    [
      "\"'quoted, ';+\"", "\"\n\nlate, 'n\n\"", "0", "1200 JPY", "0001-01-01", "\"\"\"Tin\"\", or so\"",
      "Four", "",
    ],
    ["", "", "", "", "", "", "", ""],
  ]

  private static let contacts = #"""
    Email,First name,Last name,Phone,Job title,Company,Tags,Created,\#(header)
    ada@example.com,Ada,"Love, lace",+44 20 1,=Countess,"Ltd; ""Engines""\#u{22},"one; ""two; three""; ""=four, """"\#u{22}\#u{22}\#u{22},2020-02-29 23:59:59,\#(line(0))
    o'hara@example.com,-Scarlett,O'Hara,@home,'quoted,'=Engines,"""only, one"\#u{22}\#u{22},2023-01-02T03:04:05Z,\#(line(1))
    plain@example.com,,,,,,"",,\#(line(2))
    """#

  private static let accounts = #"""
    Name,Website,Phone,Owner,Created,\#(header)
    "Ltd; ""Engines""\#u{22},https://engines.example/?a=1;b=2,+1 555,adam@acme.test,2019-10-27 02:30,\#(line(0))
    '=Engines,,,Olga Owner,2001-01-01,\#(line(1))
    Plain,,,,,\#(line(2))
    """#

  /// By their titles, as they are exported.
  private static let deals = #"""
    Title,Value,Currency,Stage,Status,Lost reason,Closed,Owner,Close date,Contact email,Contact name,Other contacts,Account,Tags,Description,Created,\#(header)
    "=Dinar, ""1""\#u{22},1.234,KWD,,lost,"too dear;\#n=really",2021-05-05 00:00:00,Olga Owner,,,,,Plain,"""x;y"\#u{22}\#u{22},,,\#(line(1))
    Least,0.001,BHD,,,,,,,plain@example.com,,,,,,,\#(line(2))
    Most,1000000000000000,JPY,,,,,,9999-12-31,plain@example.com,,,,,,,\#(line(2))
    Yen,1200,JPY,In Contact,won,,2022-03-27 03:15:10,Adam Agent,2026-01-02,ada@example.com,Ada Lovelace,"o'hara@example.com (Buyer, (first); ""=x@example.com (""""a"""";b)""\#u{22},,a;b,"two\#nlines\#n- x;=1",2022-01-01 10:00:00,\#(line(0))
    """#

  private static var header: String {
    fields.map { "\"" + $0.name.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
  }

  private static func line(_ index: Int) -> String { values[index].joined(separator: ",") }

  private static func workspace() async throws -> ImportBench {
    let bench = try await ImportBench()
    for kind in RecordKind.allCases {
      for field in fields {
        _ = try await bench.parley.addField(
          FieldDraft(
            kind: kind, type: field.type, name: field.name, choices: field.choices.map { .init(name: $0) }),
          by: bench.workshop.owner)
      }
    }
    return bench
  }

  private static func exports(_ bench: ImportBench) async throws -> [(kind: ImportKind, text: String)] {
    var all = DealFilter()
    all.status = .all
    return [
      (.accounts, try await bench.export(.accounts(RecordFilter()))),
      (.contacts, try await bench.export(.contacts(RecordFilter()))),
      (.deals, try await bench.export(.deals(all, .title))),
    ]
  }

  @Test("an empty workspace that imports what another exported exports the same")
  func roundTrip() async throws {
    let source = try await Self.workspace()
    for (kind, text, rows) in [
      (ImportKind.accounts, Self.accounts, 3), (.contacts, Self.contacts, 3), (.deals, Self.deals, 4),
    ] {
      let done = try await source.import(kind, text)
      #expect(try await source.faults(done) == [])
      #expect(done.result?.created == rows)
      source.workshop.advance(by: 1001)
    }
    let exported = try await Self.exports(source)
    let target = try await Self.workspace()
    target.workshop.advance(by: 86_400_000)
    for (kind, text) in exported {
      let done = try await target.import(kind, text) { settings in
        // The numbers of deals are another workspace's own.
        settings.columns = settings.columns.map { $0 == "id" ? nil : $0 }
      }
      #expect(try await target.faults(done) == [])
      #expect(done.result?.bad == 0 && done.result?.skipped == 0)
    }
    for ((kind, before), (_, after)) in zip(exported, try await Self.exports(target)) {
      let lines = (before.split(separator: "\r\n"), after.split(separator: "\r\n"))
      #expect(lines.0 == lines.1, "\(kind)")
      #expect(before == after)
    }
  }

  @Test("what was exported holds what was imported")
  func kept() async throws {
    let source = try await Self.workspace()
    for (kind, text) in [
      (ImportKind.accounts, Self.accounts), (.contacts, Self.contacts), (.deals, Self.deals),
    ] {
      _ = try await source.import(kind, text)
    }
    let list = try await source.parley.contactList(RecordFilter(), by: source.workshop.owner).contacts
    let ada = try #require(list.first { $0.email == "ada@example.com" })
    #expect(ada.tags == ["=four, \"", "one", "two; three"])
    #expect(list.first { $0.email == "o'hara@example.com" }?.tags == ["only, one"])
    // 2020-02-29 23:59:59 in Paris.
    #expect(ada.createdAt == 1_583_017_199_000)
    var all = DealFilter()
    all.status = .all
    let deals = try await source.parley.deals(
      all, order: .title, after: nil, limit: 10, by: source.workshop.owner
    ).deals
    let yen = try #require(deals.first { $0.title == "Yen" })
    #expect(
      yen.secondaryContacts.map(\.cell) == [
        "o'hara@example.com (Buyer, (first)", "=x@example.com (\"a\";b)",
      ])
    // 2022-03-27 03:15:10 in Paris, an hour after the clocks were put forward.
    #expect(yen.closedAt == 1_648_343_710_000 && yen.status == .won)
    #expect(yen.createdAt == 1_641_027_600_000 && yen.stageEnteredAt == yen.createdAt)
    let dinar = try #require(deals.first { $0.value.currency.code == "KWD" })
    #expect(dinar.value.minorUnits == 1234 && dinar.lostReason == "too dear;\n=really")
    // One that names no day of its own is as old as its end.
    #expect(dinar.closedAt == dinar.createdAt)
    #expect(deals.first { $0.title == "Most" }?.value.minorUnits == 1_000_000_000_000_000)
    #expect(
      try await source.parley.read { snapshot in
        try InvariantRecords.all.filter { try $0.violations(in: snapshot) > 0 }.map(\.name)
      } == [])
  }

  @Test("two agents of one name are told apart by their addresses")
  func namesakes() async throws {
    let bench = try await ImportBench()
    let other = try await bench.parley.write { transaction, changes in
      try AgentRecords.insert(
        name: "ADAM  agent", email: EmailAddress("adam@other.test")!, role: .agent, passwordHash: "*",
        at: changes.now, in: transaction)
    }
    _ = try await bench.import(.accounts, "Name,Owner\nA,adam@other.test\nB,Olga Owner\n")
    let text = try await bench.export(.accounts(RecordFilter()))
    #expect(text.contains(",adam@other.test,") && text.contains(",Olga Owner,"))
    _ = try await bench.parley.deleteAccount(1, by: bench.workshop.owner)
    let done = try await bench.import(.accounts, text)
    #expect(done.result == ImportCounts(created: 1, skipped: 1))
    let accounts = try await bench.parley.accountList(RecordFilter(), by: bench.workshop.owner).accounts
    #expect(accounts.first { $0.name == "A" }?.owner?.id == other)
  }
}
