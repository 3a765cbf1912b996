import HTTPServer
import HTTPWire
import Synchronization
import Testing

@Suite("A content that is made piece by piece")
struct StreamingTests {
  private struct Failure: Error {}

  /// `count` pieces of a size, and how many were asked for.
  private final class Source: Sendable {
    private let made = Mutex(0)
    private let count: Int
    private let piece: [UInt8]
    private let fails: Bool

    init(_ count: Int, of size: Int, fails: Bool = false) {
      self.count = count
      self.fails = fails
      piece = [UInt8](repeating: UInt8(ascii: "x"), count: size)
    }

    var asked: Int { made.withLock { $0 } }

    func next() throws -> [UInt8]? {
      let number = made.withLock { made in
        made += 1
        return made
      }
      if number <= count { return piece }
      if fails { throw Failure() }
      return nil
    }

    var route: Route {
      Route(.get, "/stream") { [self] _, _ in
        Response(body: .stream(ContentStream { try self.next() }))
      }
    }
  }

  @Test("it comes in chunks, and the connection goes on")
  func chunks() async throws {
    let answer = try await RunningServer.with([Source(2, of: 3).route]) { server in
      try await server.exchange(
        "GET /stream HTTP/1.1\r\nHost: a\r\n\r\nGET /none HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    }
    #expect(answer.contains("Transfer-Encoding: chunked\r\n"))
    #expect(answer.contains("\r\n\r\n3\r\nxxx\r\n3\r\nxxx\r\n0\r\n\r\nHTTP/1.1 404"))
  }

  @Test("a client of 1.0 gets it as it is, to the end of the connection")
  func oldClient() async throws {
    let answer = try await RunningServer.with([Source(2, of: 3).route]) { server in
      try await server.exchange("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
    }
    #expect(!answer.contains("chunked"))
    #expect(answer.hasSuffix("Connection: close\r\n\r\nxxxxxx"))
  }

  @Test("HEAD asks for no piece")
  func head() async throws {
    let source = Source(2, of: 3)
    let answer = try await RunningServer.with([source.route]) { server in
      try await server.exchange("HEAD /stream HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    }
    #expect(answer.hasSuffix("\r\n\r\n"))
    #expect(source.asked == 0)
  }

  @Test("what fails on the way is not taken for the whole")
  func failure() async throws {
    let answer = try await RunningServer.with([Source(1, of: 3, fails: true).route]) { server in
      try await server.exchange("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
    }
    #expect(!answer.hasSuffix("0\r\n\r\n"))
  }

  @Test("no more is made than the client takes")
  func backpressure() async throws {
    let source = Source(10_000, of: 64 * 1024)
    try await RunningServer.with([source.route]) { server in
      let wire = try server.connect(receiveBuffer: 4096)
      await wire.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
      _ = await wire.receiveSome()
      // Another request is answered meanwhile: nobody waits for this client.
      let other = try await server.exchange("GET /none HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
      #expect(other.hasPrefix("HTTP/1.1 404"))
      #expect(source.asked < 1000)
    }
  }
}
