import Foundation
import HTTPServer
import ParleyCore
import ParleyServer

/// `parley serve`: opens the data, listens, and serves until it is told to end.
struct Serving: Sendable {
  private let options: ServeOptions

  init(_ options: ServeOptions) {
    self.options = options
  }

  func run(until signals: TerminationSignals) async throws {
    let installation = try Installation(options)
    let service = try installation.service()
    let url = options.url(port: service.port)
    Program.tell("Parley serves \(url)")
    if try await installation.parley.needsSetUp() {
      let token = installation.setupToken.issue()
      Program.tell("Set the workspace up at \(url)/#/setup?token=\(token)")
    }
    installation.log.info(
      "started", ["version": .string(Program.version), "port": .int(Int64(service.port))])
    await installation.serve([service.run], until: signals) { await service.shutdown(within: $0) }
  }
}
