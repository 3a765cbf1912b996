import HTTPWire
import Testing

@Suite("Fields cannot be made illegal")
struct FieldsTests {
  @Test(
    "text from elsewhere cannot begin another field",
    arguments: ["a\r\nX: y", "a\0b", "\u{7F}", " \t a ", "\n"])
  func legalizing(_ text: String) {
    let value = FieldValue(legalizing: text).description
    #expect(value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 9 })
    #expect(value.first != " " && value.last != " ")
  }

  @Test("a name is a token", arguments: ["", "a b", "a:", "é", "a\r\n", "(x)"])
  func names(_ text: String) {
    #expect(FieldName(text) == nil)
  }

  @Test("names are equal whatever their case")
  func caseless() {
    #expect(FieldName("content-TYPE") == .contentType)
    #expect(FieldName("content-TYPE").hashValue == FieldName("CONTENT-type").hashValue)
    #expect(FieldName("Content-Typo") != .contentType)
  }

  @Test("fields are added, replaced and removed in order")
  func changes() {
    var fields = Fields([.setCookie: "a=1", .vary: "Origin", .setCookie: "b=2"])
    #expect(fields.values("set-cookie") == ["a=1", "b=2"])
    fields.set(.vary, "Accept , ,Cookie")
    #expect(fields.members(.vary) == ["Accept", "Cookie"])
    #expect(fields.all.map(\.name) == ["Set-Cookie", "Set-Cookie", "Vary"])
    fields.remove(.setCookie)
    #expect(fields.count == 1 && !fields.contains(.setCookie))
    fields.append(contentsOf: Fields([.allow: "GET"]))
    #expect(fields == Fields([.vary: "Accept , ,Cookie", .allow: "GET"]))
  }

  @Test("a close code that may not be sent cannot be built")
  func closeCodes() {
    for code in [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000] as [UInt16] {
      #expect(CloseCode(code) == nil)
    }
    for code in [1000, 1003, 1007, 1014, 3000, 4999] as [UInt16] { #expect(CloseCode(code)?.value == code) }
  }
}
