import HTTPWire
import Testing

@Suite("Requests are read from octets")
struct RequestParserTests {
  static let requests = WireCase.load("http/requests.txt", octets: WireCase.unescape)
  static let refusals = WireCase.load("http/refusals.txt", octets: WireCase.unescape)
  /// The whole corpus: also a real server, and one behind a proxy, are held to it (`Tests/Conformance`).
  static let corpus =
    requests + refusals
    + ["smuggling", "clauses", "limits"].flatMap {
      WireCase.load("http/\($0).txt", octets: WireCase.unescape)
    }

  @Test("what comes of octets does not depend on the pieces in which they come", arguments: corpus)
  func divisions(_ wire: WireCase) {
    let outcome = wire.outcome.map(RequestTranscript.canonical)
    for pieces in wire.divisions {
      let transcript = RequestTranscript(pieces, fields: wire.outcome)
      #expect(
        transcript.lines == outcome,
        "in pieces of \(pieces.map(\.count))")
    }
  }

  @Test("every error of the parser has a case")
  func everyErrorHasACase() {
    let seen = Self.refusals.flatMap(\.outcome).joined(separator: "\n")
    // These depend on limits, and are tried with them.
    let limits: Set<ParseError> = [
      .requestLineTooLong, .headTooLarge, .fieldsTooMany, .chunkLineTooLong, .trailerTooLarge,
    ]
    for error in ParseError.allCases where !limits.contains(error) {
      #expect(seen.contains("error \(error) \(error.status.code)"), "\(error)")
    }
  }

  @Test("a route's limit is held against the declared length, −1, 0 and +1", arguments: [-1, 0, 1])
  func routeLimit(_ excess: Int) throws {
    let octets = Array("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(100 + excess)\r\n\r\n".utf8)
    var parser = RequestParser(limits: Limits(bodyBytes: 1))
    var offset = 0
    _ = try parser.next(in: octets.span, at: &offset)
    if excess > 0 {
      #expect(throws: ParseError.bodyTooLarge) { try parser.limitBody(to: 100) }
    } else {
      try parser.limitBody(to: 100)
      let hasMore = try parser.next(in: octets.span, at: &offset) != nil
      #expect(!hasMore)
    }
  }

  @Test("a route's limit is for its request alone")
  func routeLimitEnds() throws {
    let octets = Array("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi".utf8)
    var parser = RequestParser(limits: Limits(bodyBytes: 1))
    var offset = 0
    _ = try parser.next(in: octets.span, at: &offset)
    try parser.limitBody(to: 2)
    while offset < octets.count { _ = try parser.next(in: octets.span, at: &offset) }
    _ = try parser.next(in: octets.span, at: &offset)
    #expect(parser.isBetweenRequests)
    offset = 0
    _ = try parser.next(in: octets.span, at: &offset)
    #expect(throws: ParseError.bodyTooLarge) { _ = try parser.next(in: octets.span, at: &offset) }
  }

  @Test("the end of a request without content need not be looked for")
  func endWithoutContent() throws {
    let octets = Array("GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
    var parser = RequestParser()
    var offset = 0
    for path in ["/a", "/b"] {
      guard case .head(let head) = try parser.next(in: octets.span, at: &offset) else {
        Issue.record("the head is whole")
        return
      }
      #expect(head.path == path)
      #expect(!parser.isBetweenRequests)
      parser.endWithoutContent()
      #expect(parser.isBetweenRequests)
    }
  }

  @Test("it knows when nothing of a next request has come")
  func betweenRequests() throws {
    var parser = RequestParser()
    #expect(parser.isBetweenRequests)
    for (octets, isBetween) in [("\r\n", true), ("G", false), ("ET / HTTP/1.1\r\nHost: a\r\n\r\n", false)] {
      var offset = 0
      let octets = Array(octets.utf8)
      _ = try parser.next(in: octets.span, at: &offset)
      #expect(parser.isBetweenRequests == isBetween)
    }
    var offset = 0
    let nothing: [UInt8] = []
    _ = try parser.next(in: nothing.span, at: &offset)
    #expect(parser.isBetweenRequests)
  }
}
