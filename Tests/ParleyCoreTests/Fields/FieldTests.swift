import Testing

@testable import ParleyCore

extension Office {
  @discardableResult
  func field(
    _ name: String, _ type: CustomField.ValueType, of kind: RecordKind = .deal, choices: [String] = []
  ) async throws(ParleyError) -> CustomField {
    try await parley.addField(
      FieldDraft(kind: kind, type: type, name: name, choices: choices.map { .init(name: $0) }), by: maya)
  }

  /// A deal with these values.
  func deal(_ fields: FieldEntries, title: String = "A Duo") async throws -> Deal {
    var draft = draft(title: title)
    draft.fields = fields
    return try await add(draft).deal
  }
}

@Suite("Fields of one's own")
struct FieldTests {
  @Test("owners make them; others see them, and everybody is told")
  func permission() async throws {
    let office = try await Office()
    let field = try await office.field(" Plan\n", .choice, choices: ["Gold", " Tin "])
    #expect(field.name == "Plan" && field.choices.map(\.name) == ["Gold", "Tin"] && field.position == 1)
    #expect(office.scene.takeAgentEvents() == ["fields.changed"])
    #expect(try await office.parley.fields(by: office.tom) == [field])
    #expect(try await office.parley.opening(for: office.tom).fields == [field])
    let draft = FieldDraft(kind: .deal, type: .text, name: "X")
    await #expect(throws: ParleyError.permissionDenied) {
      try await office.parley.addField(draft, by: office.tom)
    }
    await #expect(throws: ParleyError.permissionDenied) {
      try await office.parley.editField(field.id, FieldDraft(name: "X"), by: office.tom)
    }
    await #expect(throws: ParleyError.permissionDenied) {
      try await office.parley.orderFields(of: .deal, [field.id], by: office.tom)
    }
    await #expect(throws: ParleyError.permissionDenied) {
      try await office.parley.removeField(field.id, withValues: true, by: office.tom)
    }
    #expect(office.scene.takeAgentEvents().isEmpty)
  }

  @Test(
    "all that is wrong with a new field is said at once",
    arguments: [
      (
        FieldDraft(),
        ["kind": "field.kind.required", "type": "field.type.required", "name": "field.name.required"]
      ),
      (FieldDraft(kind: .deal, type: .text, name: "plan"), ["name": "field.name.taken"]),
      (FieldDraft(kind: .contact, type: .text, name: "plan"), [:]),
      (
        FieldDraft(kind: .deal, type: .choice, name: String(repeating: "x", count: 101), choices: []),
        ["name": "field.name.too-long", "choices": "field.choices.required"]
      ),
      (
        FieldDraft(kind: .deal, type: .choices, name: "A", choices: [.init(name: "a"), .init(name: "A")]),
        ["choices": "field.choices.taken"]
      ),
      (
        FieldDraft(kind: .deal, type: .choices, name: "A", choices: [.init(name: "a;b")]),
        ["choices": "field.choices.invalid"]
      ),
      (
        FieldDraft(kind: .deal, type: .choice, name: "A", choices: [.init(id: 99, name: "a")]),
        ["choices": "field.choices.unknown"]
      ),
      (
        FieldDraft(kind: .deal, type: .choice, name: "A", choices: (0...200).map { .init(name: "\($0)") }),
        ["choices": "field.choices.too-many"]
      ),
      (
        FieldDraft(kind: .deal, type: .date, name: "A", choices: [.init(name: "a")]),
        ["choices": "field.choices.invalid"]
      ),
    ] as [(FieldDraft, [String: String])])
  func faults(draft: FieldDraft, expected: [String: String]) async throws {
    let office = try await Office()
    try await office.field("Plan", .text)
    do throws(ParleyError) {
      _ = try await office.parley.addField(draft, by: office.maya)
      #expect(expected.isEmpty)
    } catch {
      guard case .invalid(let invalid) = error else { throw error }
      #expect(invalid.code == "field.invalid" && invalid.fields == expected)
      // What has the name is named.
      let isTaken = expected["name"] == "field.name.taken"
      #expect(invalid.existing?.name == (isTaken ? "Plan" : nil))
    }
  }

  @Test("a kind has a hundred of them and no more, in the order that one gives them")
  func order() async throws {
    let office = try await Office()
    var ids: [Int64] = []
    for number in 1...100 { ids.append(try await office.field("Field \(number)", .text).id) }
    let tooMany = ParleyError.invalid(Invalid(code: "field.invalid", fields: ["name": "field.too-many"]))
    await #expect(throws: tooMany) { try await office.field("One more", .text) }
    try await office.field("Elsewhere", .text, of: .account)
    let ordered = try await office.parley.orderFields(of: .deal, ids.reversed(), by: office.maya)
    #expect(ordered.filter { $0.kind == .deal }.map(\.id) == ids.reversed())
    let wrong = ParleyError.invalid(Invalid(fields: ["order": "field.order.invalid"]))
    await #expect(throws: wrong) {
      try await office.parley.orderFields(of: .deal, Array(ids.dropFirst()), by: office.maya)
    }
  }

  @Test("a type stays; a name and the choices change, and values with their choices")
  func edit() async throws {
    let office = try await Office()
    let field = try await office.field("Plan", .choices, choices: ["Gold", "Tin", "Oak"])
    let (gold, tin, oak) = (field.choices[0].id, field.choices[1].id, field.choices[2].id)
    let deal = try await office.deal([field.id: .integers([gold, tin])])
    let fixed = ParleyError.invalid(Invalid(code: "field.invalid", fields: ["type": "field.type.fixed"]))
    await #expect(throws: fixed) {
      try await office.parley.editField(field.id, FieldDraft(type: .text), by: office.maya)
    }
    var draft = FieldDraft(
      name: "Level", choices: [.init(id: oak), .init(name: "New"), .init(id: gold, name: "Best")])
    await #expect(throws: ParleyError.fieldInUse(records: 1)) {
      try await office.parley.editField(field.id, draft, by: office.maya)
    }
    #expect(try await office.parley.fields(by: office.maya) == [field])
    draft.removeValues = true
    let after = try await office.parley.editField(field.id, draft, by: office.maya)
    #expect(after.name == "Level" && after.choices.map(\.name) == ["Oak", "New", "Best"])
    #expect(after.choices.map(\.id).contains(oak) && after.choices.last?.id == gold)
    #expect(try await office.parley.deal(deal.id, by: office.tom).fields[field.id] == .choices([gold]))
    #expect(try await office.scene.count("SELECT count(*) FROM deal_fields") == 1)
    #expect(try await office.scene.count("SELECT count(*) FROM field_choices") == 3)
  }

  @Test("a field goes with its values once one has said so, and its name is free again")
  func remove() async throws {
    let office = try await Office()
    let field = try await office.field("Note", .text)
    let kept = try await office.field("Kept", .text)
    let deal = try await office.deal([field.id: .text("gone"), kept.id: .text("here")])
    _ = try await office.deal([field.id: .text("gone too")])
    await #expect(throws: ParleyError.fieldInUse(records: 2)) {
      try await office.parley.removeField(field.id, withValues: false, by: office.maya)
    }
    try await office.parley.removeField(field.id, withValues: true, by: office.maya)
    #expect(try await office.parley.fields(by: office.maya).map(\.name) == ["Kept"])
    #expect(
      try await office.parley.deal(deal.id, by: office.maya).fields
        == CustomFieldValues([kept.id: .text("here")]))
    #expect(try await office.scene.count("SELECT count(*) FROM deal_fields") == 1)
    #expect(try await office.field("Note", .number).id > kept.id)
    await #expect(throws: ParleyError.notFound) {
      try await office.parley.removeField(field.id, withValues: true, by: office.maya)
    }
  }

  @Test("values go with their record")
  func withRecord() async throws {
    let office = try await Office()
    let field = try await office.field("Note", .longText)
    let deal = try await office.deal([field.id: .text("Searchable words")])
    try await office.parley.removeDeal(deal.id, by: office.maya)
    #expect(try await office.scene.count("SELECT count(*) FROM deal_fields") == 0)
    #expect(
      try await office.scene.count(
        "SELECT count(*) FROM deal_field_search WHERE deal_field_search MATCH 'searchable'") == 0)
  }
}
