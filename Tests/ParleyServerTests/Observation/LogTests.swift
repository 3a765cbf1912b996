import Testing

@testable import ParleyServer

@Suite("The log")
struct LogTests {
  static let fields: Log.Fields = [
    "requestID": .string("r-1"), "status": .int(200), "duration": .milliseconds(1.25),
  ]

  @Test("a line for programs is one JSON object")
  func json() {
    let line = LogLine(time: 1_763_919_738_004, level: .info, event: "request", fields: LogTests.fields)
    #expect(
      String(decoding: line.json, as: UTF8.self)
        == #"{"time":"2025-11-23T17:42:18.004Z","level":"info","event":"request","requestID":"r-1","status":200,"duration":1.250}"#
        + "\n")
  }

  @Test("a line for people is words")
  func text() {
    let line = LogLine(time: 1_763_919_738_004, level: .warning, event: "request", fields: LogTests.fields)
    #expect(
      String(decoding: line.text, as: UTF8.self)
        == "17:42:18.004 warning request requestID=r-1 status=200 duration=1.250ms\n")
  }

  @Test(
    "a value cannot end its line or its string",
    arguments: [
      ("a\nb", #""a\nb""#), ("a\"b\\", #""a\"b\\""#), ("\u{1}\u{1F}", #""\u0001\u001f""#), ("é", "\"é\""),
    ])
  func escapes(value: String, expected: String) {
    let line = LogLine(time: 0, level: .info, event: "e", fields: ["v": .string(value)])
    #expect(String(decoding: line.json, as: UTF8.self).hasSuffix("\"v\":\(expected)}\n"))
    #expect(String(decoding: line.text, as: UTF8.self).hasSuffix("v=\(expected)\n"))
  }

  @Test(
    "a moment is written in UTC",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
      (951_782_400_000, "2000-02-29T00:00:00.000Z"), (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
    ] as [(Int64, String)])
  func timestamp(milliseconds: Int64, expected: String) {
    var text = ""
    Timestamp(milliseconds: milliseconds).append(to: &text)
    #expect(text == expected)
  }
}
