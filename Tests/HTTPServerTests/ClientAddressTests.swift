import HTTPServer
import HTTPWire
import Testing

@Suite("Who asks is believed from trusted proxies alone")
struct ClientAddressTests {
  @Test(
    "an address is in a block or not",
    arguments: [
      ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false),
      ("10.0.0.0/9", "10.128.0.1", false),
      ("127.0.0.1", "127.0.0.1", true), ("127.0.0.1", "127.0.0.2", false),
      ("0.0.0.0/0", "8.8.8.8", true),
      ("0.0.0.0/0", "::1", false), ("::/0", "::1", true), ("fd00::/8", "fd12::1", true),
      ("fd00::/8", "fe00::1", false), ("2001:db8::/33", "2001:db8:8000::", false),
      ("10.0.0.0/8", "::ffff:10.1.2.3", true),
    ])
  func blocks(_ block: String, _ address: String, _ isIn: Bool) throws {
    let block = try #require(AddressBlock(block))
    #expect(block.contains(try #require(IPAddress(address))) == isIn)
  }

  @Test(
    "what is no block cannot be built",
    arguments: ["", "a", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0", "::/129", "/8"])
  func noBlock(_ text: String) {
    #expect(AddressBlock(text) == nil)
  }

  @Test(
    "addresses are written in one way",
    arguments: [
      ("127.0.0.1", "127.0.0.1"), ("[::1]", "::1"), ("2001:DB8:0::1", "2001:db8::1"),
      ("::ffff:1.2.3.4", "1.2.3.4"),
    ])
  func text(_ text: String, _ written: String) {
    #expect(IPAddress(text)?.description == written)
  }

  private static let whoami = Route(.get, "/whoami") { request, _ in
    .text(.ok, "\(request.client.address) \(request.client.isSecure) \(request.origin ?? "")")
  }

  @Test(
    "forwarded fields count from the right, as far as each proxy is trusted",
    arguments: [
      (
        ["127.0.0.0/8"], "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n",
        "203.0.113.9 true https://a"
      ),
      (["127.0.0.0/8"], "X-Forwarded-For: 6.6.6.6, 203.0.113.9\r\n", "203.0.113.9 false http://a"),
      (
        ["127.0.0.0/8", "10.0.0.0/8"],
        "X-Forwarded-For: 6.6.6.6, 203.0.113.9\r\nX-Forwarded-For: 10.1.1.1\r\n",
        "203.0.113.9 false http://a"
      ),
      (["127.0.0.0/8"], "X-Forwarded-For: nonsense\r\n", "127.0.0.1 false http://a"),
      (["127.0.0.0/8"], "", "127.0.0.1 false http://a"),
      ([], "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: https\r\n", "127.0.0.1 false http://a"),
      (
        ["10.0.0.0/8"], "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: https\r\n",
        "127.0.0.1 false http://a"
      ),
    ])
  func forwarded(_ trusted: [String], _ fields: String, _ answer: String) async throws {
    try await RunningServer.with(
      [Self.whoami], .local { $0.trustedProxies = trusted.compactMap { AddressBlock($0) } }
    ) { server in
      let received = try await server.exchange("GET /whoami HTTP/1.1\r\nHost: a\r\n\(fields)\r\n")
      #expect(received.hasSuffix("\r\n\r\n\(answer)"))
    }
  }

  @Test("cookies are read by their names")
  func cookies() async throws {
    let route = Route(.get, "/") { request, _ in .text(.ok, request.cookie("session") ?? "none") }
    try await RunningServer.with([route]) { server in
      for (fields, value) in [
        ("Cookie: a=b; session=x=y; c=d\r\n", "x=y"),
        ("Cookie: xsession=1\r\nCookie: session=2\r\n", "2"),
        ("", "none"),
      ] {
        let received = try await server.exchange("GET / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n")
        #expect(received.hasSuffix("\r\n\r\n\(value)"))
      }
    }
  }
}
