import Testing

@testable import ParleyCore

@Suite("Writing separated values")
struct CSVWriterTests {
  @Test(
    "a field is read back as it was, and never as a formula",
    arguments: [
      ("plain", "plain"), ("a b", "a b"), ("", ""), ("-", "'-"), ("a,b", "\"a,b\""),
      ("say \"hi\"", "\"say \"\"hi\"\"\""),
      ("two\nlines", "\"two\nlines\""), ("a;b", "\"a;b\""), ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"),
      ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "\"'\t'=1\""), ("\r=1", "\"'\r'=1\""), ("＝1", "'＝1"),
      ("'=1", "''=1"), ("'quoted'", "'quoted'"), ("x;=1;'@y", "\"x;'=1;''@y\""), ("two\n-x", "\"two\n'-x\""),
      ("a - b; c+d = e@f", "\"a - b; c+d = e@f\""), ("\u{301}=1", "\u{301}=1"), ("=\u{301}", "'=\u{301}"),
      ("=HYPERLINK(\"http://a.example\",\"b\")", "\"'=HYPERLINK(\"\"http://a.example\"\",\"\"b\"\")\""),
      ("1=1", "1=1"), ("Café 珈琲", "Café 珈琲"),
    ])
  func fields(value: String, expected: String) {
    #expect(CSVWriter(header: [value, "end"]).text == expected + ",end\r\n")
    #expect(Array(CSVFormula.unguarded(CSVFormula.guarded(value)).utf8) == Array(value.utf8))
  }

  @Test("a line of one empty field is still a line")
  func alone() {
    #expect(CSVWriter(header: [""]).text == "\"\"\r\n")
    #expect(CSVWriter(header: ["", ""]).text == ",\r\n")
  }

  @Test("every line ends in CRLF")
  func lines() {
    var text = CSVWriter(header: ["a", "b"])
    text.append(["1", "2"])
    #expect(text.text == "a,b\r\n1,2\r\n")
  }
}

extension CSVWriter {
  fileprivate var text: String { String(decoding: bytes, as: UTF8.self) }
}
