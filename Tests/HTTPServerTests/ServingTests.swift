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
  ]

  @Test("a GET is answered, and the connection goes on")
  func get() async throws {
    try await RunningServer.with(Self.routes) { server in
      let wire = try server.connect()
      for _ in 0..<3 {
        await wire.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
        let (head, body) = await wire.receiveResponse()
        #expect(head.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(body == "hello")
      }
    }
  }
}
