import Foundation
import Glibc
import HTTPServer
import ParleyCore
import ParleyServer

/// The data, the use cases and all that serves them, put together by the options.
struct Installation: Sendable {
  /// How long requests that were begun may take when the program ends.
  private static let grace = Duration.seconds(10)

  let parley: Parley
  let log: Log
  let setupToken = SetupToken()

  private let options: ServeOptions
  private let hub: Hub
  private let metrics: Metrics
  private let sink = LogSink(descriptor: STDERR_FILENO)
  private let openFiles = FileLimit.raise()

  /// - Throws: `StartFailure` when the data cannot be opened.
  init(_ options: ServeOptions) throws(StartFailure) {
    self.options = options
    log = Log(level: options.logLevel, format: options.logFormat, sink: sink, now: Installation.now)
    let presence = Presence()
    let metrics = Metrics { [sink] in sink.dropped }
    self.metrics = metrics
    let hub = Hub(presence: presence, metrics: metrics, uptime: Installation.uptime)
    self.hub = hub
    let path = try Installation.databasePath(in: options.dataDirectory)
    do {
      parley = try Parley(
        path: path, presence: presence, now: Installation.now, uptime: Installation.uptime,
        publish: { hub.publish($0) },
        committed: { writers, duration in
          metrics.countCommit(transactions: writers, seconds: duration / .seconds(1))
        }, telling: { hub.together($0) })
    } catch {
      throw .database(error, path: path)
    }
  }

  /// Where the database lies; its directory is made when it is missing.
  static func databasePath(in directory: String) throws(StartFailure) -> String {
    try Directories.prepare(data: directory)
    return directory + "/parley.sqlite"
  }

  /// Listens.
  func service() throws -> Service {
    let webRoot = try Directories.find("web", given: options.webRoot, holding: "inbox.html")
    do {
      return try Service(
        ServiceConfiguration(
          address: options.address, port: options.listen.port, publicOrigin: options.publicOrigin,
          trustedProxies: options.trustedProxies, webRoot: webRoot, limitsVisitors: options.limitsVisitors,
          // The writer and the readers have threads of their own.
          loops: max(1, ProcessInfo.processInfo.activeProcessorCount / 2),
          connections: max(64, min(65_536, openFiles - 64)), version: Program.version),
        parley: parley, hub: hub, setupToken: setupToken, log: log, metrics: metrics)
    } catch let error as ServerError {
      throw StartFailure.listening(error, options.listen)
    }
  }

  /// Runs the servers until a signal, then ends in order: connections, database, log.
  func serve(
    _ servers: [@Sendable () async -> Void], until signals: TerminationSignals,
    shutdown: @escaping @Sendable (Duration) async -> Void
  ) async {
    let sender = WebhookSender(reachesPrivate: options.reachesPrivate)
    let engine = AutomationEngine(
      parley, call: { await sender.call($0) },
      failed: { [log] error in log.failure(error, during: "automations") })
    // To open the data, and to fill a demo, took most of what the program is made of; to serve takes little of it. Where nothing can be
    // written, `/readyz` says so: here it costs some memory.
    try? await parley.forgetPages()
    ProcessMemory.giveBack()
    await withTaskGroup(of: Void.self) { group in
      for run in servers { group.addTask { await run() } }
      group.addTask { await engine.run() }
      group.addTask {
        await parley.runImports { log.failure($0, during: "import") }
      }
      group.addTask {
        await signals.wait()
        log.info("ending")
        engine.stop()
        await shutdown(Installation.grace)
        parley.endImports()
      }
      await group.waitForAll()
    }
    await parley.close()
    log.info("ended")
    sink.close()
  }

  private static let start = ContinuousClock.now

  /// Milliseconds since some moment of this process, whatever is done to the time of day.
  @Sendable static func uptime() -> Int64 {
    Int64((ContinuousClock.now - start) / .milliseconds(1))
  }

  /// Milliseconds since 1970 UTC.
  @Sendable static func now() -> Int64 {
    Int64(Date().timeIntervalSince1970 * 1000)
  }
}
