import HTTPServer
import HTTPWire
package import ParleyCore

/// The product over HTTP and WebSocket: the use cases, the routes to them, and the server that runs them.
package final class Service: Sendable {
  /// Where it listens.
  package var port: UInt16 { server.port }

  let operations: [Operation]
  let router: Router
  private let server: Server
  private let hub: Hub
  private let parley: Parley
  private let log: Log

  /// Listens; requests are answered from `run()` on.
  ///
  /// - Parameters:
  ///   - parley: whose events are published to `hub`.
  ///   - setupToken: protects the first-run page.
  /// - Throws: `ServerError` when the address cannot be listened at, or `webRoot` cannot be read.
  package init(
    _ configuration: ServiceConfiguration, parley: Parley, hub: Hub, setupToken: SetupToken, log: Log,
    metrics: Metrics
  ) throws {
    self.hub = hub
    self.parley = parley
    self.log = log
    let interface = HTTPInterface(
      parley: parley, hub: hub, configuration: configuration, setupToken: setupToken, log: log,
      metrics: metrics)
    let pages = PageRoutes(
      files: try StaticFiles(root: configuration.webRoot),
      ownOrigin: OwnOrigin(configuration.publicOrigin))
    operations = try interface.operations(pages: pages)
    router = Router(interface.routes(operations) + pages.routes) { ErrorResponse($0).response }
    server = try Server(
      ServerConfiguration(
        address: configuration.address, port: configuration.port, loops: configuration.loops,
        connections: configuration.connections,
        trustedProxies: configuration.trustedProxies, commonFields: SecurityFields.common),
      router: router, observer: TrafficObserver(log: log, metrics: metrics))
    hub.serve(by: server)
  }

  /// Serves until `shutdown` is done.
  package func run() async {
    let clock = Task { [hub] in
      while !Task.isCancelled {
        hub.tick()
        do {
          try await Task.sleep(for: .seconds(1))
        } catch {
          return
        }
      }
    }
    let sweep = Task { [parley, log] in
      do throws(ParleyError) {
        // What removals before the last end have left.
        try await parley.sweepRemovedFields()
      } catch {
        log.failure(error, during: "sweep")
      }
    }
    await server.run()
    sweep.cancel()
    clock.cancel()
  }

  /// Stops accepting, finishes what was begun, closes the live sockets with 1001.
  package func shutdown(within deadline: Duration) async {
    await server.shutdown(within: deadline)
  }
}
