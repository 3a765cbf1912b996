import Foundation
import Testing

@testable import ParleyCore

@Suite("The values of fields of one's own")
struct CustomFieldValueTests {
  private static func field(_ type: CustomField.ValueType) -> CustomField {
    CustomField(
      id: 7, kind: .deal, name: "Plan", type: type,
      choices: type.hasChoices
        ? [.init(id: 3, name: "Gold"), .init(id: 1, name: "Élan"), .init(id: 2, name: "Tin")] : [],
      position: 1)
  }

  private func outcome(_ entry: FieldEntry, _ type: CustomField.ValueType) -> Result<
    CustomFieldValue?, FieldFault
  > {
    do throws(FieldFault) {
      return .success(try CustomFieldValue(entry, as: Self.field(type)))
    } catch {
      return .failure(error)
    }
  }

  @Test(
    "what is entered is a value, empties the field, or is refused for a reason",
    arguments: [
      (CustomField.ValueType.text, FieldEntry.text("  Two\n words "), .success(.text("Two words"))),
      (.text, .text("   "), .success(nil)), (.text, .nothing, .success(nil)),
      (
        .text, .text(String(repeating: "é", count: 1000)),
        .success(.text(String(repeating: "é", count: 1000)))
      ),
      (.text, .text(String(repeating: "é", count: 1001)), .failure(.tooLong)),
      (.text, .integer(5), .failure(.invalid)), (.text, .truth(true), .failure(.invalid)),
      (.longText, .text(" a\r\nb "), .success(.text("a\nb"))),
      (.longText, .text(String(repeating: "x", count: 10_001)), .failure(.tooLong)),
      (.number, .text("12.50"), .success(ExactNumber("12.5").map { .number($0) })),
      (.number, .text(""), .success(nil)), (.number, .text("1,5"), .failure(.invalid)),
      (.number, .integer(-3), .success(ExactNumber("-3").map { .number($0) })),
      (.number, .text("0.0000001"), .failure(.invalid)),
      (.date, .text("2028-02-29"), .success(CalendarDate("2028-02-29").map { .date($0) })),
      (.date, .text("2027-02-29"), .failure(.invalid)), (.date, .text(""), .success(nil)),
      (
        .currency, .money(minor: 1250, currency: "USD"),
        .success(
          Currency(code: "USD").flatMap { Money(minorUnits: 1250, currency: $0) }.map { .currency($0) })
      ),
      (.currency, .money(minor: nil, currency: "USD"), .success(nil)),
      (.currency, .money(minor: -1, currency: "USD"), .failure(.invalid)),
      (.currency, .money(minor: 1, currency: "XXX"), .failure(.invalid)),
      (.currency, .money(minor: 1, currency: nil), .failure(.invalid)),
      (.currency, .text("12.50"), .failure(.invalid)),
      (.choice, .integer(2), .success(.choice(2))), (.choice, .integer(9), .failure(.unknown)),
      (.choice, .nothing, .success(nil)), (.choice, .text("Gold"), .failure(.invalid)),
      (.choices, .integers([2, 3, 2]), .success(.choices([3, 2]))), (.choices, .integers([]), .success(nil)),
      (.choices, .integers([2, 9]), .failure(.unknown)),
      (.checkbox, .truth(true), .success(.checked)), (.checkbox, .truth(false), .success(nil)),
      (.checkbox, .text("true"), .failure(.invalid)),
    ] as [(CustomField.ValueType, FieldEntry, Result<CustomFieldValue?, FieldFault>)])
  func entries(
    type: CustomField.ValueType, entry: FieldEntry, expected: Result<CustomFieldValue?, FieldFault>
  ) {
    #expect(outcome(entry, type) == expected)
  }

  @Test(
    "a decimal is read exactly, or not at all",
    arguments: [
      ("0", "0"), ("-0", "0"), ("007", "7"), ("12.50", "12.5"), ("+3", "3"), ("-0.000001", "-0.000001"),
      ("1000000000000", "1000000000000"), ("-1000000000000.0", "-1000000000000"), ("0.1000000000", "0.1"),
      ("1000000000000.000001", nil), ("1000000000001", nil), ("99999999999999999999", nil),
      ("1.0000001", nil), ("", nil), (".5", nil), ("5.", nil), ("1e3", nil), ("1 000", nil), ("--1", nil),
      ("٣", nil),
    ] as [(String, String?)])
  func decimals(text: String, expected: String?) {
    #expect(ExactNumber(text)?.description == expected)
  }

  @Test(
    "a cell of a table is read as the field has it, and written so that it is read again",
    arguments: [
      (CustomField.ValueType.text, " Ada ", "Ada"), (.text, "", nil), (.number, "1.50", "1.5"),
      (.currency, "1250 eur", "1250.00 EUR"), (.currency, "3.5", "3.50 USD"),
      (.currency, "1250 JPY", "1250 JPY"),
      (.currency, "1.234 KWD", "1.234 KWD"), (.date, "2026-11-26", "2026-11-26"), (.choice, "gold", "Gold"),
      (.choices, " tin ; GOLD;", "Gold; Tin"), (.checkbox, "Yes", "true"), (.checkbox, "non", nil),
      (.checkbox, "x", "true"),
    ] as [(CustomField.ValueType, String, String?)])
  func cells(type: CustomField.ValueType, typed: String, expected: String?) throws {
    let field = Self.field(type)
    let value = try CustomFieldValue(typed: typed, as: field, currency: Currency(code: "USD"))
    #expect(value?.typedText(as: field) == expected)
    if let expected { #expect(try CustomFieldValue(typed: expected, as: field) == value) }
  }

  @Test(
    "a cell that is no value says why",
    arguments: [
      (CustomField.ValueType.number, "1,5", FieldFault.invalid), (.currency, "1.005 USD", .invalid),
      (.currency, "1.5 JPY", .invalid), (.currency, "-1 USD", .invalid), (.currency, "1 2 USD", .invalid),
      (.currency, "5", .invalid), (.currency, "1. USD", .invalid), (.date, "26/11/2026", .invalid),
      (.choice, "Silver", .unknown), (.choices, "Gold; Silver", .unknown), (.checkbox, "perhaps", .invalid),
    ] as [(CustomField.ValueType, String, FieldFault)])
  func badCells(type: CustomField.ValueType, typed: String, fault: FieldFault) {
    #expect(throws: fault) { try CustomFieldValue(typed: typed, as: Self.field(type)) }
  }

  @Test("the values of a record are an object by the fields' ids, each in its own shape")
  func json() throws {
    let yen = try #require(Currency(code: "JPY"))
    let values = CustomFieldValues([
      12: .text("a"), 3: .number(try #require(ExactNumber("-1.50"))),
      4: .currency(try #require(Money(minorUnits: 5, currency: yen))), 5: .choice(9), 6: .choices([2, 1]),
      7: .checked, 8: .date(try #require(CalendarDate("2026-11-26"))),
    ])
    let expected =
      #"{"3":"-1.5","4":{"minor":5,"currency":"JPY"},"5":9,"6":[2,1],"7":true,"8":"2026-11-26","12":"a"}"#
    let text = try JSON.text(values)
    #expect(text == expected)
    #expect(try JSON.text(JSON.value(CustomFieldValues.self, from: text)) == expected)
    let entries = try JSON.value(FieldEntries.self, from: #"{"1":null,"2":[1],"3":{"minor":5},"4":false}"#)
    #expect(
      entries == [1: .nothing, 2: .integers([1]), 3: .money(minor: 5, currency: nil), 4: .truth(false)])
    #expect(throws: DecodingError.self) { try JSON.value(FieldEntries.self, from: #"{"1":1.5}"#) }
  }
}
