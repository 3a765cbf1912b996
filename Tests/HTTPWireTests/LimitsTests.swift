import HTTPWire
import Testing

@Suite("Limits are held to the octet, whole and octet by octet")
struct LimitsTests {
  /// Something of a request that a limit bounds: how it reads with `count` of it, and what comes if that is one too many.
  struct Bounded: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let limits: Limits
    let limit: Int
    let refusal: ParseError
    let request: @Sendable (Int) -> String
  }

  static let bounded: [Bounded] = [
    Bounded(
      testDescription: "the request line", limits: Limits(requestLineBytes: 40), limit: 40,
      refusal: .requestLineTooLong
    ) { "GET /\(String(repeating: "a", count: $0 - 14)) HTTP/1.1\r\nHost: a\r\n\r\n" },
    Bounded(testDescription: "the head", limits: Limits(headBytes: 64), limit: 64, refusal: .headTooLarge) {
      "GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "a", count: $0 - 32))\r\n\r\n"
    },
    Bounded(testDescription: "the fields", limits: Limits(fieldCount: 5), limit: 5, refusal: .fieldsTooMany) {
      "GET / HTTP/1.1\r\nHost: a\r\n\(String(repeating: "X: y\r\n", count: $0 - 1))\r\n"
    },
    Bounded(
      testDescription: "a declared body", limits: Limits(bodyBytes: 20), limit: 20, refusal: .bodyTooLarge
    ) {
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \($0)\r\n\r\n\(String(repeating: "a", count: $0))"
    },
    Bounded(
      testDescription: "a chunked body", limits: Limits(bodyBytes: 20), limit: 20, refusal: .bodyTooLarge
    ) {
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n\(String($0 - 5, radix: 16))\r\n"
        + "\(String(repeating: "a", count: $0 - 5))\r\n0\r\n\r\n"
    },
    Bounded(
      testDescription: "a chunk's size line", limits: Limits(chunkLineBytes: 12), limit: 12,
      refusal: .chunkLineTooLong
    ) {
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;\(String(repeating: "a", count: $0 - 2))\r\n"
        + "hello\r\n0\r\n\r\n"
    },
    Bounded(
      testDescription: "a trailer section", limits: Limits(trailerBytes: 16), limit: 16,
      refusal: .trailerTooLarge
    ) {
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: \(String(repeating: "a", count: $0 - 7))"
        + "\r\n\r\n"
    },
  ]

  @Test(
    "one less than the limit and the limit are taken, one more is refused", arguments: bounded, [-1, 0, 1])
  func limits(_ bounded: Bounded, _ excess: Int) {
    let octets = Array(bounded.request(bounded.limit + excess).utf8)
    for pieces in [[octets], octets.map { [$0] }] {
      let last = RequestTranscript(pieces, limits: bounded.limits).lines.last
      #expect(last == (excess > 0 ? "error \(bounded.refusal) \(bounded.refusal.status.code)" : "end"))
    }
  }

  @Test("a line without an end is refused as soon as it is too long")
  func endless() {
    let line = RequestTranscript(
      [Array("GET /".utf8), [UInt8](repeating: 0x61, count: 36)], limits: Limits(requestLineBytes: 40))
    #expect(line.lines == ["error requestLineTooLong 414"])
    let head = RequestTranscript(
      [Array("GET / HTTP/1.1\r\nX: ".utf8), [UInt8](repeating: 0x61, count: 46)],
      limits: Limits(headBytes: 64))
    #expect(head.lines == ["error headTooLarge 431"])
  }
}
