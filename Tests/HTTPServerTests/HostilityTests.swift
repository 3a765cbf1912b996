import HTTPServer
import HTTPWire
import Testing

@Suite("Whatever comes, the next request is served")
struct HostilityTests {
  private static let hostile: [(name: String, octets: [UInt8], status: String)] = [
    ("a TLS greeting", [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x0D, 0x0A], "400"),
    ("a bare LF", [0x0A], "400"),
    ("an endless method", [UInt8](repeating: 0x41, count: 20_000), "414"),
    ("an endless target", Array("GET /".utf8) + [UInt8](repeating: 0x61, count: 200_000), "414"),
    (
      "an endless field",
      Array("GET / HTTP/1.1\r\nX: ".utf8) + [UInt8](repeating: 0x61, count: 200_000),
      "431"
    ),
    (
      "endless fields",
      Array(("GET / HTTP/1.1\r\n" + String(repeating: "X: y\r\n", count: 5000)).utf8), "431"
    ),
    (
      "two lengths",
      Array("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab".utf8),
      "400"
    ),
    (
      "a smuggled request",
      Array(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n"
          .utf8), "400"
    ),
    (
      "a huge chunk",
      Array(
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n"
          .utf8),
      "413"
    ),
    (
      "a huge body",
      Array("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999999999\r\n\r\n".utf8),
      "413"
    ),
    ("an unknown method", Array("BREW /pot HTTP/1.1\r\nHost: a\r\n\r\n".utf8), "501"),
    ("an unknown version", Array("GET / HTTP/3.0\r\nHost: a\r\n\r\n".utf8), "505"),
    (
      "an unknown coding",
      Array("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: zip\r\n\r\n".utf8), "501"
    ),
    (
      "an unknown expectation", Array("POST / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n".utf8),
      "417"
    ),
  ]

  @Test(
    "hostile octets are refused and the connection closed; a new connection is served",
    arguments: 0..<hostile.count)
  func refusals(_ index: Int) async throws {
    let (name, octets, status) = Self.hostile[index]
    try await RunningServer.with(ServingTests.routes) { server in
      let wire = try server.connect()
      await wire.send(octets)
      let answer = await wire.receiveAll()
      #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(name)")
      #expect(answer.contains("Connection: close\r\n"))
      #expect(
        try await server.exchange("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").hasSuffix("hello"))
    }
  }

  @Test("noise neither ends the server nor keeps it busy")
  func noise() async throws {
    try await RunningServer.with(ServingTests.routes + WebSocketTests.echoes) { server in
      var random = SeededRandom(state: 42)
      for round in 0..<60 {
        let octets = (0..<300).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let wire = try server.connect()
        if round.isMultiple(of: 2) {
          await wire.send(octets)
        } else {
          _ = await ClientSocket(wire, path: WebSocketTests.paths[round / 2 % 2], early: octets)
        }
        wire.endSending()
        _ = await wire.receiveAll()
      }
      #expect(
        try await server.exchange("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").hasSuffix("hello"))
    }
  }

  @Test("a client that leaves in the middle of anything is forgotten")
  func leaving() async throws {
    let observer = CountingObserver()
    try await RunningServer.with(ServingTests.routes, observer: observer) { server in
      for sent in [
        "", "GE", "GET /hello HTTP/1.1\r\nHo",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhal",
      ] {
        let wire = try server.connect()
        await wire.send(sent)
      }
      #expect(
        try await server.exchange("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").hasSuffix("hello"))
    }
    #expect(observer.accepted == 5 && observer.closed == 5)
  }
}

/// The same numbers each time (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
