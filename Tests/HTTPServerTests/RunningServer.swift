import HTTPServer
import HTTPWire
import Testing

/// A server on a free port of this machine, for as long as a test's body runs.
struct RunningServer: Sendable {
  let server: Server
  let running: Task<Void, Never>

  static func with<Result: Sendable>(
    _ routes: [Route], observer: (any ServerObserver)? = nil,
    configure: (inout ServerConfiguration) -> Void = { _ in },
    _ body: @Sendable (RunningServer) async throws -> Result
  ) async throws -> Result {
    let address = try #require(IPAddress("127.0.0.1"))
    var configuration = ServerConfiguration(address: address, port: 0)
    configure(&configuration)
    let server = try Server(configuration, router: Router(routes), observer: observer)
    let running = RunningServer(server: server, running: Task { await server.run() })
    do {
      let result = try await body(running)
      await running.stop()
      return result
    } catch {
      await running.stop()
      throw error
    }
  }

  func stop() async {
    await server.shutdown(within: .seconds(5))
    await running.value
  }

  /// A new connection.
  func connect(receiveBuffer: Int32? = nil) throws -> Wire {
    try Wire(port: server.port, receiveBuffer: receiveBuffer)
  }

  /// Sends `request` on a connection of its own and returns all that comes until the server closes.
  func exchange(_ request: String) async throws -> String {
    let wire = try connect()
    await wire.send(request)
    wire.endSending()
    return await wire.receiveAll()
  }
}
