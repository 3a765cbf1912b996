import Foundation
import HTTPServer
import HTTPWire
import Testing

@Suite("Connections have an end")
struct LifetimeTests {
  @Test(
    "a head that does not come is answered by 408",
    arguments: ["G", "GET / HTTP/1.1\r\nHost: a\r\n"])
  func headTimeout(_ sent: String) async throws {
    try await RunningServer.with([], .local { $0.timeouts.head = .milliseconds(50) }) {
      server in
      let wire = try server.connect()
      await wire.send(sent)
      #expect(await wire.receiveAll().hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
    }
  }

  @Test("a body that does not come is answered by 408")
  func bodyTimeout() async throws {
    try await RunningServer.with(
      ServingTests.routes, .local { $0.timeouts.body = .milliseconds(50) }
    ) {
      server in
      let wire = try server.connect()
      await wire.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe")
      #expect(await wire.receiveAll().hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
    }
  }

  @Test(
    "an idle connection is closed without a word",
    arguments: ["", "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n"])
  func idle(_ sent: String) async throws {
    try await RunningServer.with(
      ServingTests.routes, .local { $0.timeouts.idle = .milliseconds(50) }
    ) {
      server in
      let wire = try server.connect()
      await wire.send(sent)
      #expect(
        await wire.receiveAll().components(separatedBy: "HTTP/1.1").count == (sent.isEmpty ? 1 : 2))
    }
  }

  @Test("a client that does not take its answer is given up")
  func writeTimeout() async throws {
    let observer = CountingObserver()
    try await RunningServer.with(
      ServingTests.routes, observer: observer, .local { $0.timeouts.write = .milliseconds(50) }
    ) { server in
      let wire = try server.connect(receiveBuffer: 4096)
      await wire.send(String(repeating: "GET /long HTTP/1.1\r\nHost: a\r\n\r\n", count: 10))
      await observer.firstClosed.passed()
      #expect(
        try await server.exchange("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").hasSuffix("hello"))
    }
  }

  @Test("too many connections are told so")
  func connectionLimit() async throws {
    try await RunningServer.with(ServingTests.routes, .local { $0.connections = 2 }) { server in
      let wires = try (0..<2).map { _ in try server.connect() }
      for wire in wires {
        await wire.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
        _ = await wire.receiveResponse()
      }
      let refused = await (try server.connect()).receiveAll()
      #expect(refused.hasPrefix("HTTP/1.1 503 "))
      #expect(refused.contains("Retry-After: "))
      // Those who are in are served on.
      await wires[0].send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(await wires[0].receiveResponse().body == "hello")
    }
  }

  @Test("a port that is taken is a typed error")
  func addressInUse() async throws {
    try await RunningServer.with([]) { server in
      _ = #expect(throws: ServerError.addressInUse) {
        _ = try Server(
          ServerConfiguration(address: .loopback, port: server.server.port), router: Router([]))
      }
    }
  }

  @Test("an address of another machine is a typed error")
  func addressNotAvailable() throws {
    let address = try #require(IPAddress("192.0.2.1"))
    #expect(throws: ServerError.addressNotAvailable) {
      _ = try Server(ServerConfiguration(address: address, port: 0), router: Router([]))
    }
  }

  @Test("a shutdown finishes what was begun, and takes nothing new")
  func gracefulShutdown() async throws {
    let reached = Gate()
    let gate = Gate()
    let slow = Route(.get, "/slow") { _, _ in
      reached.open()
      await gate.passed()
      return .text(.ok, "finished")
    }
    try await RunningServer.with([slow] + ServingTests.routes) { server in
      let idle = try server.connect()
      await idle.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
      _ = await idle.receiveResponse()
      let busy = try server.connect()
      await busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\nGET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
      await reached.passed()
      async let stopped: Void = server.stop()
      #expect(await idle.receiveAll().isEmpty)
      #expect(throws: Wire.Failure.self) { _ = try server.connect() }
      gate.open()
      let answer = await busy.receiveAll()
      #expect(answer.contains("Connection: close\r\n"))
      #expect(answer.hasSuffix("finished"))
      await stopped
    }
  }

  @Test("a shutdown before the start is one, and the port is free")
  func shutdownBeforeStart() async throws {
    let server = try Server(.local(), router: Router([]))
    await server.shutdown(within: .seconds(1))
    await server.run()
    _ = try Server(ServerConfiguration(address: .loopback, port: server.port), router: Router([]))
  }

  @Test("a shutdown cuts off what does not end by its deadline")
  func deadline() async throws {
    try await RunningServer.with(WebSocketTests.echoes) { server in
      // This client never answers a close.
      let stubborn = await ClientSocket(try server.connect(), path: "/echo")
      let reading = try server.connect()
      await reading.send("GET /echo HTT")
      await server.server.shutdown(within: .milliseconds(50))
      #expect(await stubborn.receive() == .close(.goingAway))
      #expect(await stubborn.receive() == .ended)
    }
  }
}
