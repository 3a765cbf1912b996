import Foundation
import Testing

@testable import ParleyCore

@Suite("The JSON of contacts, accounts and deals")
struct JSONShapeTests {
  private func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  @Test("a deal has the keys of the interface, and null where there is nothing")
  func deal() throws {
    let kuwaitiDinar = try #require(Currency(code: "KWD"))
    var deal = Deal(
      id: 7, title: "A Duo", description: "",
      value: try #require(Money(minorUnits: 18_750_500, currency: kuwaitiDinar)),
      owner: AgentReference(id: 1, name: "Maya"), forecastedCloseOn: nil, overdue: false,
      pipeline: PipelineReference(id: 2, name: "Sales"),
      stage: Stage(
        id: 3, name: "To Contact", color: "#64748b", probability: 10, rottingDays: nil, sort: .rank),
      status: .open, contact: nil, account: nil, secondaryContacts: [], conversationID: nil, createdBy: 1,
      createdAt: 1_795_455_000_000, stageEnteredAt: 1, lastActivityAt: 2, rotting: false, closedAt: nil,
      lostReason: "", tags: ["barista"], nextTask: nil, rank: "4000000000000000")
    #expect(
      try json(deal)
        == #"{"account":null,"closedAt":null,"contact":null,"conversationID":null,"createdAt":1795455000000,"createdBy":1,"#
        + #""description":"","fields":{},"forecastedCloseOn":null,"id":7,"lastActivityAt":2,"linkedConversationIDs":[],"lostReason":"","#
        + #""nextTask":null,"overdue":false,"owner":{"id":1,"name":"Maya"},"#
        + #""pipeline":{"id":2,"name":"Sales"},"rank":"4000000000000000","#
        + #""rotting":false,"secondaryContacts":[],"#
        + ##""stage":{"color":"#64748b","id":3,"name":"To Contact","probability":10,"rottingDays":null,"sort":"rank"},"##
        + #""stageEnteredAt":1,"status":"open","tags":["barista"],"title":"A Duo","#
        + #""value":{"currency":"KWD","minor":18750500}}"#)
    deal.contact = ContactReference(id: 4, name: "Nora", email: "n@h.example")
    deal.forecastedCloseOn = CalendarDate("2026-12-01")
    deal.secondaryContacts = [SecondaryContact(id: 5, name: "Dev", email: "d@h.example", role: "Contributor")]
    let text = try json(AddedDeal(deal: deal, created: .init(contact: true, account: false)))
    #expect(text.contains(#""contact":{"email":"n@h.example","id":4,"name":"Nora"}"#))
    #expect(text.contains(#""forecastedCloseOn":"2026-12-01""#))
    #expect(text.contains(#"[{"email":"d@h.example","id":5,"name":"Dev","role":"Contributor"}]"#))
    #expect(text.hasPrefix(#"{"created":{"account":false,"contact":true},"deal":{"#))
    #expect(try JSONDecoder().decode(AddedDeal.self, from: Data(text.utf8)).deal == deal)
  }

  @Test("so have a contact and a pipeline")
  func contact() throws {
    let contact = Contact(
      id: 4, email: "n@h.example", firstName: "Nora", lastName: "", name: "Nora", phone: "", jobTitle: "",
      account: nil, tags: ["VIP"], createdAt: 1, lastActivityAt: 2)
    #expect(
      try json(contact)
        == #"{"account":null,"createdAt":1,"email":"n@h.example","fields":{},"#
        + #""firstName":"Nora","id":4,"#
        + #""jobTitle":"","lastActivityAt":2,"lastName":"","name":"Nora","phone":"","tags":["VIP"]}"#)
    let pipeline = Pipeline(
      id: 2, name: "Sales", currency: "USD", assignment: .roundRobinByValue,
      stages: [Stage(id: 3, name: "A", color: "#000000", probability: 0, rottingDays: 9, sort: .close)],
      rights: [.reassign, .see], watchers: [4])
    #expect(
      try json(pipeline)
        == #"{"assignment":"round-robin-by-value","currency":"USD","id":2,"name":"Sales","#
        + #""rights":["see","reassign"],"stages":["#
        + ##"{"color":"#000000","id":3,"name":"A","probability":0,"rottingDays":9,"sort":"close"}],"watchers":[4]}"##
    )
  }

  @Test(
    "a draft is read with whatever is missing",
    arguments: [
      (#"{}"#, DealDraft(title: nil, value: nil, ownerID: nil, pipelineID: nil, stageID: nil)),
      (
        #"{"title":"A","value":{"minor":1},"contact":{"id":4},"account":{"new":{"name":"B"}},"conversationID":null}"#,
        DealDraft(
          title: "A", value: .init(minor: 1, currency: nil), ownerID: nil, pipelineID: nil, stageID: nil,
          contact: .existing(4), account: .new(name: "B"))
      ),
      (
        #"{"contact":{"new":{"email":"a@b.example"}},"account":null,"value":{"currency":"nonsense"}}"#,
        DealDraft(
          title: nil, value: .init(minor: nil, currency: "nonsense"), ownerID: nil, pipelineID: nil,
          stageID: nil,
          contact: .new(name: "", email: "a@b.example"))
      ),
    ])
  func draft(text: String, expected: DealDraft) throws {
    #expect(try JSONDecoder().decode(DealDraft.self, from: Data(text.utf8)) == expected)
  }

  @Test(
    "a draft with a value of another type is none",
    arguments: [
      #"{"title":1}"#, #"{"value":{"minor":1.5}}"#, #"{"value":{"minor":"1"}}"#, #"{"value":1}"#,
      #"{"contact":{}}"#,
      #"{"contact":4}"#, #"{"account":{"new":"B"}}"#, #"{"ownerID":"1"}"#, #"[]"#,
      #"{"value":{"minor":99999999999999999999}}"#,
    ])
  func malformed(text: String) {
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(DealDraft.self, from: Data(text.utf8)) }
  }
}
