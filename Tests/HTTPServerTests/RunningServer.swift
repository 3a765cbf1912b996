import HTTPServer
import HTTPWire

/// A server on a free port of this machine, for as long as a test's body runs.
struct RunningServer: Sendable {
  let server: Server
  let running: Task<Void, Never>

  static func with<Result: Sendable>(
    _ routes: [Route], observer: (any ServerObserver)? = nil,
    _ configuration: ServerConfiguration = .local(),
    _ body: @Sendable (RunningServer) async throws -> Result
  ) async throws -> Result {
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

extension ServerConfiguration {
  /// A free port of this machine.
  static func local(_ change: (inout ServerConfiguration) -> Void = { _ in }) -> ServerConfiguration {
    var configuration = ServerConfiguration(address: .loopback, port: 0)
    change(&configuration)
    return configuration
  }
}
