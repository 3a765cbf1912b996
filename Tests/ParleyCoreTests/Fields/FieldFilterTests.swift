import Testing

@testable import ParleyCore

@Suite("Filters on fields of one's own")
struct FieldFilterTests {
  /// What is asked of the fields by their names, and which records that leaves.
  struct Question: Sendable, CustomTestStringConvertible {
    let field: String
    var value: String?
    var from: String?
    var to: String?
    let leaves: [String]

    var testDescription: String { "\(field) \(value ?? "")\(from ?? "")…\(to ?? "")" }
  }

  private static let questions = [
    Question(field: "Note", value: "bri", leaves: ["a", "b"]),
    Question(field: "Note", value: "BRIO éle", leaves: ["b"]),
    Question(field: "Note", value: "brickwork", leaves: ["a"]),
    Question(field: "Note", value: "!", leaves: []),
    Question(field: "Other", value: "bri", leaves: ["c"]),
    Question(field: "Seats", from: "12.5", leaves: ["a", "b"]),
    Question(field: "Seats", from: "-1", to: "12.5", leaves: ["a", "c"]),
    Question(field: "Seats", to: "-0.000001", leaves: ["c"]),
    Question(field: "Seats", from: "5", to: "4", leaves: []),
    Question(field: "Budget", from: "500", to: "1000", leaves: ["a"]),
    Question(field: "Start", from: "2026-12-01", leaves: ["b"]),
    Question(field: "Start", to: "2026-11-30", leaves: ["a"]),
    Question(field: "Plan", value: "Gold", leaves: ["a", "c"]),
    Question(field: "Uses", value: "Two", leaves: ["a", "b"]),
    Question(field: "Signed", value: "true", leaves: ["b"]),
  ]

  private struct Stock {
    let office: Office
    let fields: [String: CustomField]
    var entries: [(title: String, fields: FieldEntries)] = []

    init(of kind: RecordKind) async throws {
      let office = try await Office()
      var fields: [String: CustomField] = [:]
      let definitions: [(String, CustomField.ValueType, [String])] = [
        ("Note", .text, []), ("Other", .longText, []), ("Seats", .number, []), ("Budget", .currency, []),
        ("Start", .date, []), ("Plan", .choice, ["Gold", "Tin"]), ("Uses", .choices, ["One", "Two"]),
        ("Signed", .checkbox, []),
      ]
      for (name, type, choices) in definitions {
        fields[name] = try await office.field(name, type, of: kind, choices: choices)
      }
      self.office = office
      self.fields = fields
      entries = try [
        (
          "a",
          record([
            "Note": .text("Brickwork"), "Seats": .text("12.5"),
            "Budget": .money(minor: 1000, currency: "USD"),
            "Start": .text("2026-11-30"), "Plan": choice("Plan", 0),
            "Uses": .integers([id("Uses", 0), id("Uses", 1)]),
          ])
        ),
        (
          "b",
          record([
            "Note": .text("Con brio, élégant"), "Seats": .integer(13),
            "Budget": .money(minor: 1001, currency: "EUR"),
            "Start": .text("2026-12-01"), "Plan": choice("Plan", 1), "Uses": .integers([id("Uses", 1)]),
            "Signed": .truth(true),
          ])
        ),
        (
          "c",
          record(["Other": .text("Bridge"), "Seats": .text("-0.000001"), "Plan": choice("Plan", 0)])
        ),
      ]
    }

    private func id(_ field: String, _ index: Int) throws -> Int64 {
      try #require(fields[field]).choices[index].id
    }

    private func choice(_ field: String, _ index: Int) throws -> FieldEntry { .integer(try id(field, index)) }

    private func record(_ values: [String: FieldEntry]) throws -> FieldEntries {
      FieldEntries(
        Dictionary(uniqueKeysWithValues: try values.map { (try #require(fields[$0.key]).id, $0.value) }))
    }

    func filter(_ question: Question) throws -> FieldFilter {
      let field = try #require(fields[question.field])
      let value = question.value.map { field.choice(named: $0).map { String($0.id) } ?? $0 }
      return FieldFilter(fieldID: field.id, value: value, from: question.from, to: question.to)
    }
  }

  @Test("deals: each question leaves those that it says, in every order, also where very many have the value")
  func deals() async throws {
    let stock = try await Stock(of: .deal)
    for (title, fields) in stock.entries { _ = try await stock.office.deal(fields, title: title) }
    for question in Self.questions {
      var filter = DealFilter()
      filter.fields = [try stock.filter(question)]
      for order in DealOrder.allCases {
        let page = try await stock.office.parley.deals(
          filter, order: order, after: nil, limit: 10, by: stock.office.tom)
        #expect(page.deals.map(\.title).sorted() == question.leaves, "\(question.testDescription), \(order)")
        #expect(page.count == question.leaves.count, "\(question.testDescription)")
      }
    }
    var several = DealFilter()
    several.fields = try [
      stock.filter(Question(field: "Plan", value: "Gold", leaves: [])),
      stock.filter(Question(field: "Seats", from: "0", leaves: [])),
    ]
    let page = try await stock.office.parley.deals(
      several, order: .newest, after: nil, limit: 9, by: stock.office.tom)
    #expect(page.deals.map(\.title) == ["a"])
  }

  @Test("contacts and accounts: likewise, in either order", arguments: [RecordKind.contact, .account])
  func records(kind: RecordKind) async throws {
    let stock = try await Stock(of: kind)
    let office = stock.office
    for (title, fields) in stock.entries {
      if kind == .contact {
        try await office.contact(ContactChange(email: "\(title)@x.example", firstName: title, fields: fields))
      } else {
        _ = try await office.parley.addAccount(
          AccountChange(name: title, fields: fields), idempotencyKey: .fresh(), by: office.maya)
      }
    }
    for question in Self.questions {
      let fields = [try stock.filter(question)]
      for order in RecordFilter.Order.allCases {
        var names: [String]
        var count: Int
        if kind == .contact {
          let list = try await office.parley.contactList(
            RecordFilter(fields: fields, order: order), by: office.tom)
          (names, count) = (list.contacts.map(\.name), list.count)
        } else {
          let list = try await office.parley.accountList(
            RecordFilter(fields: fields, order: order), by: office.tom)
          (names, count) = (list.accounts.map(\.name), list.count)
        }
        #expect(names.sorted() == question.leaves, "\(question.testDescription), \(order)")
        #expect(count == question.leaves.count)
      }
    }
  }

  @Test(
    "what a field cannot be asked is refused, by the name of the parameter",
    arguments: [
      ("Note", nil, "a", nil, "", "field.invalid"), ("Seats", "12", nil, nil, "", "field.invalid"),
      ("Seats", nil, "x", nil, ".from", "field.invalid"), ("Budget", nil, nil, "1.5", ".to", "field.invalid"),
      ("Start", nil, nil, "2026-13-01", ".to", "field.invalid"),
      ("Plan", "99", nil, nil, "", "field.invalid"),
      ("Signed", "false", nil, nil, "", "field.invalid"),
    ] as [(String, String?, String?, String?, String, String)])
  func refusals(
    name: String, value: String?, from: String?, to: String?, parameter: String, code: String
  ) async throws {
    let stock = try await Stock(of: .deal)
    let id = try #require(stock.fields[name]).id
    let refused = FieldFilter(fieldID: id, value: value, from: from, to: to)
    #expect(try await faults(of: refused, in: stock.office) == ["field.\(id)\(parameter)": code])
    let unknown = FieldFilter(fieldID: 9999, value: "x")
    #expect(try await faults(of: unknown, in: stock.office) == ["field.9999": "fields.unknown"])
  }

  private func faults(of field: FieldFilter, in office: Office) async throws -> [String: String] {
    var filter = DealFilter()
    filter.fields = [field]
    do throws(ParleyError) {
      _ = try await office.parley.deals(filter, order: .newest, after: nil, limit: 9, by: office.tom)
      return [:]
    } catch {
      guard case .invalid(let invalid) = error else { throw error }
      return invalid.fields
    }
  }
}
