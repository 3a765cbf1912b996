import Foundation
import HTTPServer
import ParleyCore
import Synchronization

@testable import ParleyServer

/// The whole service on a port of its own, over a database of its own, with a clock that only the test moves.
final class TestServer: Sendable {
  static let password = "correct horse battery"
  /// Where the widget may open.
  static let website = "https://shop.example"

  let parley: Parley
  let hub: Hub
  let setupToken = SetupToken()
  let log = LogSink(descriptor: -1)
  let service: Service
  private let directory: String
  private let offset = Offset()

  private init(limitsVisitors: Bool, publicOrigin: String?) throws {
    directory = NSTemporaryDirectory() + "parley-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let offset = offset
    let clock: @Sendable () -> Int64 = { 1_800_000_000_000 + offset.current }
    let metrics = Metrics()
    let presence = Presence()
    let hub = Hub(presence: presence, metrics: metrics, uptime: clock)
    self.hub = hub
    parley = try Parley(
      path: directory + "/parley.sqlite", readers: 2, presence: presence, now: clock,
      publish: { hub.publish($0) },
      committed: { metrics.countCommit(transactions: $0, seconds: $1 / .seconds(1)) })
    let address = IPAddress("127.0.0.1")
    guard let address else { preconditionFailure("127.0.0.1 is an address") }
    service = try Service(
      ServiceConfiguration(
        address: address, port: 0, publicOrigin: publicOrigin, trustedProxies: [],
        webRoot: TestServer.webRoot, limitsVisitors: limitsVisitors, version: "test"),
      parley: parley, hub: hub, setupToken: setupToken,
      log: Log(level: .error, format: .json, sink: log, now: clock), metrics: metrics)
  }

  private final class Offset: Sendable {
    private let value = Mutex<Int64>(0)
    var current: Int64 { value.withLock { $0 } }
    func add(_ milliseconds: Int64) { value.withLock { $0 += milliseconds } }
  }

  private static let webRoot = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "web").path

  /// Runs the test against a server that is set up, and ends the server whatever comes of it.
  static func run(
    limitsVisitors: Bool = false, publicOrigin: String? = nil,
    _ test: (TestServer, _ owner: Browser) async throws -> Void
  ) async throws {
    try await runEmpty(limitsVisitors: limitsVisitors, publicOrigin: publicOrigin) { server in
      let signedIn = try await server.parley.setUp(
        SetUp(
          workspaceName: "Acme", timeZone: "Europe/Paris", name: "Olive Owner",
          email: "olive@acme.example", password: password))
      let site = try await server.site()
      _ = try await server.parley.updateSite(site.id, SiteDraft(origins: [website]), by: .machine)
      try await test(server, Browser(port: server.port, cookie: signedIn.token.text))
    }
  }

  /// The same without a workspace.
  static func runEmpty(
    limitsVisitors: Bool = false, publicOrigin: String? = nil, _ test: (TestServer) async throws -> Void
  ) async throws {
    let server = try TestServer(limitsVisitors: limitsVisitors, publicOrigin: publicOrigin)
    let running = Task { await server.service.run() }
    do {
      try await test(server)
    } catch {
      await server.end(running)
      throw error
    }
    await server.end(running)
  }

  private func end(_ running: Task<Void, Never>) async {
    await service.shutdown(within: .seconds(2))
    await running.value
    await parley.close()
    log.close()
    do {
      try FileManager.default.removeItem(atPath: directory)
    } catch {
      // What is left in the temporary directory harms nobody.
    }
  }

  var port: UInt16 { service.port }

  func site() async throws -> Site {
    let sites = try await parley.sites(by: .machine)
    guard let site = sites.first else { throw ParleyError.notFound }
    return site
  }

  /// Lets time pass, and the hub see it.
  func pass(milliseconds: Int64) {
    offset.add(milliseconds)
    hub.tick()
  }

  /// Another agent, signed in.
  func agent(_ name: String) async throws -> Browser {
    let email = "\(name.lowercased())@acme.example"
    _ = try await parley.addAgent(
      AgentDraft(name: name, email: email, password: TestServer.password), by: .machine)
    let signedIn = try await parley.signIn(email: email, password: TestServer.password, from: "test")
    return Browser(port: port, cookie: signedIn.token.text)
  }
}

extension TestServer {
  /// An inbox that is live.
  func inbox(_ agent: Browser, after: JSONValue = nil) async throws -> LiveSocket {
    let socket = try await LiveSocket(agent, "/api/live")
    try socket.send(["type": "hello", "after": after])
    _ = try await socket.next("ready")
    return socket
  }

  /// A visitor's page on the website, live; with the server's `ready`.
  func widget(
    _ token: String, after: Int64 = 0, mode: String = "frame", origin: String = TestServer.website
  ) async throws -> (socket: LiveSocket, ready: JSONValue) {
    var browser = Browser(port: port)
    browser.origin = origin
    let socket = try await LiveSocket(browser, "/widget/live")
    let site = try await site()
    try socket.send([
      "type": "hello", "site": .string(site.key), "token": .string(token), "after": .integer(after),
      "page": ["url": "https://shop.example/", "title": "Shop"], "language": "en", "timeZone": "UTC",
      "mode": .string(mode),
    ])
    return (socket, try await socket.next("ready"))
  }

  /// A token as a loader makes it.
  static func token() -> String { SecretToken.random().text }
}
