import Foundation
import Testing

@testable import ParleyCore

@Suite("JSON as it is written")
struct JSONTests {
  private struct Everything: Codable, Equatable {
    var text = "a \"b\" \\ c/d\n\r\t\u{8}\u{1F}\u{7F}é𝄞\u{2028}"
    var numbers: [Int64] = [0, -1, 9, 10, .max, .min]
    var unsigned: [UInt64] = [0, .max]
    var fractions = [0.5, -1e300, 2.5e-308]
    var small: Int8 = -128
    var isTrue = true
    var isFalse = false
    @Nullable var nothing: String?
    @Nullable var something: String? = ""
    var leftOut: Int?
    var choice = Message.Kind.note
    var empty: [String] = []
    var named = ["a\"b": [1], "": []]
    var nested = [[[1], []], []]
    var inner: [Inner] = [Inner(), Inner()]
  }

  private struct Inner: Codable, Equatable {
    var name = "}"
    var values = ["{", "[", ","]
  }

  @Test("what is written is read back as it was, by another implementation")
  func readBack() throws {
    let value = Everything()
    let bytes = try JSON.bytes(value)
    #expect(try JSONDecoder().decode(Everything.self, from: Data(bytes)) == value)
  }

  @Test("every control character, quotation mark and backslash is escaped, and nothing else")
  func escapes() throws {
    let all = String(String.UnicodeScalarView((0...0x2FF).compactMap { Unicode.Scalar($0 as UInt32) }))
    let bytes = try JSON.bytes([all])
    #expect(try JSONDecoder().decode([String].self, from: Data(bytes)) == [all])
    #expect(bytes.allSatisfy { $0 >= 0x20 })
    #expect(bytes.count { $0 == UInt8(ascii: "\\") } == 32 + 3)
  }

  @Test(
    "what is to be escaped is, wherever it stands among what is not",
    arguments: [
      ("\"", true), ("\\", true), ("\u{0}", true), ("\u{1F}", true), (" ", false), ("!", false), ("#", false),
      ("[", false), ("]", false), ("\u{7F}", false), ("é", false), ("\u{A0}", false), ("𝄞", false),
    ])
  func places(character: String, isEscaped: Bool) throws {
    for filler in ["a", "\u{7F}", "é", " "] {
      for before in 0..<18 {
        let text =
          String(repeating: filler, count: before) + character + String(repeating: filler, count: 17 - before)
        let bytes = try JSON.bytes([text])
        #expect(try JSONDecoder().decode([String].self, from: Data(bytes)) == [text])
        #expect(bytes.contains(UInt8(ascii: "\\")) == isEscaped)
      }
    }
  }

  /// A value that encodes itself in a way of its own.
  private struct Encoding: Encodable {
    let body: (any Encoder) throws -> Void
    init(_ body: @escaping (any Encoder) throws -> Void) { self.body = body }
    func encode(to encoder: any Encoder) throws { try body(encoder) }
  }

  private enum Key: String, CodingKey { case a, b, c }

  @Test("containers within containers are closed where they end")
  func nested() throws {
    let value = Encoding { encoder in
      var object = encoder.container(keyedBy: Key.self)
      var inner = object.nestedContainer(keyedBy: Key.self, forKey: .a)
      try inner.encode(1, forKey: .a)
      var list = inner.nestedUnkeyedContainer(forKey: .b)
      try list.encode(1)
      var deep = list.nestedUnkeyedContainer()
      try deep.encodeNil()
      try list.encode("x")
      try object.encode(true, forKey: .b)
      _ = object.nestedContainer(keyedBy: Key.self, forKey: .c)
    }
    #expect(try JSON.text([value]) == #"[{"a":{"a":1,"b":[1,[null],"x"]},"b":true,"c":{}}]"#)
  }

  @Test("a value that asks twice for its container has one; one that asks for none has no members")
  func containers() throws {
    let twice = Encoding { encoder in
      var first = encoder.container(keyedBy: Key.self)
      try first.encode(1, forKey: .a)
      var second = encoder.container(keyedBy: Key.self)
      try second.encode(2, forKey: .b)
    }
    #expect(try JSON.text([twice, Encoding { _ in }]) == #"[{"a":1,"b":2},{}]"#)
  }

  @Test("what is no number in JSON is refused", arguments: [Double.nan, .infinity])
  func noNumber(_ number: Double) {
    #expect(throws: EncodingError.self) { try JSON.bytes([number]) }
  }
}
