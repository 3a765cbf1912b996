import Testing

@testable import ParleyCore

@Suite("Conditions about fields of one's own")
struct FieldConditionTests {
  private typealias Relation = AutomationTest.Relation

  private static let today = CalendarDate(year: 2026, month: 11, day: 27)

  /// A field of each type, with the choices 1 "Small" and 2 "Large" where it has any.
  private static func field(_ type: CustomField.ValueType) -> CustomField {
    let choices = [CustomField.Choice(id: 1, name: "Small"), CustomField.Choice(id: 2, name: "Large")]
    return CustomField(
      id: 7, kind: .deal, name: "It", type: type, choices: type.hasChoices ? choices : [], position: 1)
  }

  private static func euros(_ minor: Int64?) -> AutomationValue {
    .money(.init(minor: minor, currency: "EUR"))
  }

  private func holds(
    _ type: CustomField.ValueType, _ entry: FieldEntry, _ relation: AutomationTest.Relation,
    _ value: AutomationValue?
  ) throws -> Bool {
    let field = Self.field(type)
    let test = AutomationTest(subject: "fields.7", is: relation, value: value)
    #expect(test.fault([7: field]) == nil, "\(type) \(relation)")
    var facts = TestedFacts(today: try #require(Self.today))
    facts.fields[7] = TestedField(field: field, value: try CustomFieldValue(entry, as: field))
    return test.holds(for: facts)
  }

  @Test(
    "each type is compared as what it is",
    arguments: [
      (.text, .text("Oat milk"), .contains, .text("MILK"), true),
      (.text, .text("Oat milk"), .containsNot, .text("milk"), false),
      (.longText, .text("No sugar\nEver"), .contains, .text("ever"), true),
      (.text, .text("Oat"), .equals, .text("oat "), true),
      (.text, .nothing, .equalsNot, .text("oat"), false),
      (.text, .nothing, .existsNot, nil, true),
      // As text, 9 would be more than 10.
      (.number, .text("9"), .lessThan, .text("10"), true),
      (.number, .text("10"), .atLeast, .text("10.0"), true),
      (.number, .text("-1"), .atLeast, .text("0"), false),
      (.number, .text("12.50"), .equals, .text("12.5"), true),
      (.number, .nothing, .lessThan, .text("1"), false),
      (.date, .text("2026-11-27"), .atLeast, .text("2026-11-27"), true),
      (.date, .text("2026-12-03"), .lessThan, .text("%TODAY+7%"), true),
      (.date, .text("2026-12-04"), .lessThan, .text("%TODAY+7%"), false),
      (.date, .text("2026-11-20"), .equals, .text("%TODAY-7%"), true),
      (.currency, .money(minor: 500, currency: "EUR"), .atLeast, euros(500), true),
      (.currency, .money(minor: 499, currency: "EUR"), .atLeast, euros(500), false),
      // Neither more nor less, and not the same.
      (.currency, .money(minor: 900, currency: "USD"), .atLeast, euros(500), false),
      (.currency, .money(minor: 100, currency: "USD"), .lessThan, euros(500), false),
      (.currency, .money(minor: 500, currency: "USD"), .equals, euros(500), false),
      (.choice, .integer(2), .equals, .id(2), true),
      (.choice, .integer(2), .equalsNot, .id(1), true),
      (.choice, .nothing, .equalsNot, .id(1), false),
      (.choices, .integers([1, 2]), .equals, .id(2), true),
      (.choices, .integers([1]), .equalsNot, .id(2), true),
      (.checkbox, .truth(true), .equals, .text("true"), true),
      (.checkbox, .truth(true), .equals, .text("false"), false),
      (.checkbox, .nothing, .equals, .text("false"), true),
      (.checkbox, .nothing, .equals, .text("true"), false),
    ] as [(CustomField.ValueType, FieldEntry, AutomationTest.Relation, AutomationValue?, Bool)])
  func compared(
    type: CustomField.ValueType, entry: FieldEntry, relation: AutomationTest.Relation,
    value: AutomationValue?,
    isTrue: Bool
  ) throws {
    #expect(try holds(type, entry, relation, value) == isTrue)
  }

  @Test("about a record that is not there, nothing holds")
  func missing() throws {
    let facts = TestedFacts(today: try #require(Self.today))
    for relation in [Relation.exists, .existsNot, .equals, .equalsNot] {
      #expect(!AutomationTest(subject: "fields.7", is: relation, value: .text("x")).holds(for: facts))
    }
  }

  @Test(
    "what does not fit the type is told at the member that is at fault",
    arguments: [
      (.number, .atLeast, .text("many"), .value), (.number, .contains, .text("1"), .relation),
      (.number, .atLeast, .text(" "), .missing), (.number, .atLeast, nil, .missing),
      (.date, .lessThan, .text("soon"), .value), (.date, .lessThan, .text("%FIRSTNAME%"), .value),
      (.currency, .atLeast, euros(nil), .missing), (.currency, .atLeast, .text("5"), .value),
      (.choice, .equals, .id(3), .value), (.choice, .atLeast, .id(1), .relation),
      (.checkbox, .equals, .text("perhaps"), .value), (.checkbox, .contains, .text("true"), .relation),
    ] as [(CustomField.ValueType, AutomationTest.Relation, AutomationValue?, AutomationTest.Fault)])
  func faults(
    type: CustomField.ValueType, relation: AutomationTest.Relation, value: AutomationValue?,
    fault: AutomationTest.Fault
  ) {
    let test = AutomationTest(subject: "fields.7", is: relation, value: value)
    #expect(test.fault([7: Self.field(type)]) == fault)
    #expect(test.fault([:]) == .subject)
  }

  @Test("a field of the deal's account, and one that is to be set as its type is, are used and checked")
  func accounts() async throws {
    let scene = try await EngineScene()
    let parley = scene.parley
    let owner = scene.owner
    let seats = try await parley.addField(FieldDraft(kind: .account, type: .number, name: "Seats"), by: owner)
    let size = try await parley.addField(
      FieldDraft(kind: .deal, type: .choices, name: "Sizes", choices: [.init(name: "S"), .init(name: "L")]),
      by: owner)
    let set = AutomationStep.step(.fieldSet) {
      $0.on = .deal
      $0.field = "fields.\(size.id)"
      $0.value = .ids(size.choices.map(\.id))
    }
    try await scene.automation(
      [.when(.dealCreated)],
      [
        .step(.condition) {
          $0.tests = [AutomationTest(subject: "fields.\(seats.id)", is: .atLeast, value: .text("10"))]
          $0.yes = [set]
        }
      ])
    for count in ["9", "12"] {
      let account = try await parley.addAccount(
        AccountChange(name: "Of \(count)", fields: [seats.id: .text(count)]), idempotencyKey: .fresh(),
        by: owner)
      let draft = DealDraft(
        title: "Chairs", value: .init(minor: 0, currency: "USD"), ownerID: owner.id,
        pipelineID: scene.pipeline.id, stageID: scene.pipeline.stages[0].id,
        contact: .existing(try await scene.contact().id), account: .existing(account.id))
      let deal = try await parley.addDeal(draft, idempotencyKey: .fresh(), by: owner).deal
      _ = await scene.engine.work()
      let after = try await parley.deal(deal.id, by: owner).fields[size.id]
      #expect(after == (count == "12" ? .choices(size.choices.map(\.id)) : nil))
    }
  }
}
