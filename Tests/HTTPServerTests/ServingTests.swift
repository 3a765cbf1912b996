import HTTPServer
import HTTPWire
import Testing

@Suite("A server answers requests")
struct ServingTests {
  static let routes = [
    Route(.get, "/hello") { _, _ in .text(.ok, "hello") },
    Route(.post, "/echo", bodyLimit: 10) { request, _ in
      Response(.ok, "application/octet-stream", request.body)
    },
    Route(.get, "/items/{id}") { _, parameters in .text(.ok, parameters["id"] ?? "") },
    Route(.get, "/long") { _, _ in
      Response(.ok, "text/plain", [UInt8](repeating: UInt8(ascii: "x"), count: 3_000_000))
    },
    Route(.delete, "/items/{id}") { _, _ in Response(.noContent) },
  ]

  @Test("a connection is kept alive")
  func keepAlive() async throws {
    try await RunningServer.with(Self.routes) { server in
      let wire = try server.connect()
      for _ in 0..<3 {
        await wire.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
        let (head, body) = await wire.receiveResponse()
        #expect(head.hasPrefix("HTTP/1.1 200 OK\r\nDate: "))
        #expect(!head.contains("Connection"))
        #expect(body == "hello")
      }
    }
  }

  @Test(
    "the head of a request decides about the answer",
    arguments: [
      ("GET /items/a%2Fb HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK", "\r\n\r\na/b"),
      (
        "HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK",
        "Content-Length: 5\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
      ),
      ("DELETE /items/1 HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 204 No Content", "\r\n\r\n"),
      (
        "PUT /items/1 HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 405",
        "Allow: GET, HEAD, DELETE, OPTIONS\r\n\r\n"
      ),
      (
        "OPTIONS /items/1 HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 204",
        "Allow: GET, HEAD, DELETE, OPTIONS\r\n\r\n"
      ),
      ("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 204", "\r\n\r\n"),
      (
        "GET /none HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 404 Not Found",
        "Content-Length: 0\r\n\r\n"
      ),
      (
        "GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "HTTP/1.1 200 OK",
        "\r\n\r\nhello"
      ),
      ("GET /hello HTTP/1.0\r\n\r\n", "HTTP/1.1 200 OK", "\r\n\r\nhello"),
      (
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n0123456789", "HTTP/1.1 200",
        "\r\n\r\n0123456789"
      ),
      (
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
        "HTTP/1.1 200", "\r\n\r\nhi"
      ),
    ])
  func answers(_ request: String, _ beginning: String, _ end: String) async throws {
    try await RunningServer.with(Self.routes) { server in
      let answer = try await server.exchange(request)
      #expect(answer.hasPrefix(beginning))
      #expect(answer.hasSuffix(end))
    }
  }

  @Test("a 1.0 client that asks for it keeps its connection")
  func keepAlive10() async throws {
    try await RunningServer.with(Self.routes) { server in
      let wire = try server.connect()
      for _ in 0..<2 {
        await wire.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        let (head, body) = await wire.receiveResponse()
        #expect(head.contains("Connection: keep-alive\r\n"))
        #expect(body == "hello")
      }
    }
  }

  @Test("a pipeline is answered in its order, also when an early answer takes longest")
  func pipeline() async throws {
    let gate = Gate()
    let routes =
      Self.routes + [
        Route(.get, "/slow") { _, _ in
          await gate.passed()
          return .text(.ok, "slow")
        }
      ]
    try await RunningServer.with(routes) { server in
      let wire = try server.connect()
      let requests = ["/items/1", "/slow", "/items/2", "/hello"].map {
        "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n"
      }
      await wire.send(requests.joined())
      // What comes before the slow one does not wait for it.
      #expect(await wire.receiveResponse().body == "1")
      gate.open()
      for body in ["slow", "2", "hello"] { #expect(await wire.receiveResponse().body == body) }
    }
  }

  @Test("while one connection waits for its handler, another is served by the same loop")
  func concurrency() async throws {
    let gate = Gate()
    let slow = Route(.post, "/slow") { request, _ in
      await gate.passed()
      return Response(.ok, "text/plain", request.body)
    }
    try await RunningServer.with(Self.routes + [slow]) { server in
      let waiting = try server.connect()
      // What is pipelined lies in memory that the loop lends to others meanwhile.
      await waiting.send(
        "POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbodyGET /items/kept HTTP/1.1\r\nHost: a\r\n\r\n"
      )
      let other = try server.connect()
      for _ in 0..<5 {
        await other.send(
          "GET /items/\(String(repeating: "z", count: 500)) HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(await other.receiveResponse().body.count == 500)
      }
      gate.open()
      #expect(await waiting.receiveResponse().body == "body")
      #expect(await waiting.receiveResponse().body == "kept")
    }
  }

  @Test("a long answer arrives whole, at a client that reads slowly too")
  func longAnswer() async throws {
    try await RunningServer.with(Self.routes) { server in
      let wire = try server.connect(receiveBuffer: 4096)
      for _ in 0..<2 {
        await wire.send("GET /long HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(await wire.receiveResponse().body.utf8.count == 3_000_000)
      }
    }
  }

  @Test("answers that a client reads late arrive whole and in their order")
  func lateReader() async throws {
    let padding = String(repeating: "p", count: 60_000)
    let padded = Route(.get, "/padded/{number}") { _, parameters in
      .text(.ok, (parameters["number"] ?? "") + padding)
    }
    try await RunningServer.with([padded]) { server in
      let wire = try server.connect(receiveBuffer: 4096)
      // More than the kernel takes of them before the client reads.
      let numbers = 100..<200
      for number in numbers { await wire.send("GET /padded/\(number) HTTP/1.1\r\nHost: a\r\n\r\n") }
      for number in numbers { #expect(await wire.receiveResponse().body == "\(number)\(padding)") }
    }
  }

  @Test("a client that waits for 100 Continue gets it, and then the answer")
  func expectContinue() async throws {
    try await RunningServer.with(Self.routes) { server in
      let wire = try server.connect()
      await wire.send(
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
      #expect(await wire.receive(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
      await wire.send("hi")
      #expect(await wire.receiveResponse().body == "hi")
    }
  }

  @Test(
    "a body that is too long is refused by its head, before it comes",
    arguments: ["", "Expect: 100-continue\r\n"])
  func bodyTooLarge(_ expectation: String) async throws {
    try await RunningServer.with(Self.routes) { server in
      let wire = try server.connect()
      await wire.send("POST /echo HTTP/1.1\r\nHost: a\r\n\(expectation)Content-Length: 11\r\n\r\n")
      let answer = await wire.receiveAll()
      #expect(answer.hasPrefix("HTTP/1.1 413 "))
      #expect(answer.contains("Connection: close\r\n"))
    }
  }

  @Test("with several loops each connection is served")
  func loops() async throws {
    try await RunningServer.with(Self.routes, .local { $0.loops = 3 }) { server in
      let wires = try (0..<9).map { _ in try server.connect() }
      for wire in wires { await wire.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n") }
      for wire in wires { #expect(await wire.receiveResponse().body == "hello") }
    }
  }

  @Test("common fields are on each answer, also on refusals")
  func commonFields() async throws {
    let fields = Fields(["X-Content-Type-Options": "nosniff"])
    try await RunningServer.with(Self.routes, .local { $0.commonFields = fields }) { server in
      for request in [
        "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n", "GET /none HTTP/1.1\r\nHost: a\r\n\r\n",
        "nonsense\r\n",
      ] {
        let received = try await server.exchange(request)
        #expect(received.contains("X-Content-Type-Options: nosniff\r\n"))
      }
    }
  }
}
