import Testing

@testable import ParleyCore

@Suite("Typed text as it is stored")
struct TypedTextTests {
  @Test(
    "a text of several lines keeps its lines and what is in them, and loses control characters",
    arguments: [
      ("plain", "plain"), ("two\nlines\twith a tab", "two\nlines\twith a tab"), ("", ""),
      (" ends \n", "ends"), ("\tends", "ends"), ("a  b", "a  b"), ("a\r\nb\rc", "a\nb\nc"),
      ("a\u{0}b\u{7F}c", "abc"), ("a\u{9B}b", "ab"), ("a\u{85}b", "a\nb"), ("a\u{2028}b\u{2029}c", "a\nb\nc"),
      ("été · 東京", "été · 東京"), ("\u{3000}東京\u{A0}", "東京"), ("a\u{A0}b", "a\u{A0}b"), ("€ 5", "€ 5"),
    ])
  func onManyLines(typed: String, stored: String) {
    #expect(typed.onManyLines == stored)
  }

  @Test(
    "a line has single spaces within, and none at its ends",
    arguments: [
      ("plain", "plain"), ("two words", "two words"), ("", ""), (" ", ""), (" a", "a"), ("a ", "a"),
      ("a  b", "a b"), ("a\tb", "a b"), ("a\nb", "a b"), ("a\u{7F}b", "a b"), ("12\u{202F}%", "12\u{202F}%"),
      ("été", "été"), ("a\u{A0} b", "a b"),
    ])
  func onOneLine(typed: String, stored: String) {
    #expect(typed.onOneLine == stored)
  }

  @Test("a bound counts characters", arguments: [("abc", 3, "abc"), ("abcd", 3, "abc"), ("ééé", 3, "ééé")])
  func bounded(text: String, limit: Int, expected: String) {
    #expect(text.bounded(limit) == expected)
  }
}
