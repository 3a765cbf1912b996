import Foundation
import HTTPServer
import ParleyCore
import ParleyServer

/// `parley demo`: a made-up company at work, and the website on which its widget stands, on an origin of its own.
struct Demonstration: Sendable {
  private let options: DemoOptions

  init(_ options: DemoOptions) {
    self.options = options
  }

  func run(until signals: TerminationSignals) async throws {
    let fixtures = try Directories.find(
      "fixtures", given: options.fixtures, holding: "demo/workspace.json")
    let demo = try Demonstration.workspace(fixtures + "/demo/workspace.json")
    let installation = try Installation(options.serve)
    let service = try installation.service()
    let inbox = options.serve.url(port: service.port)
    let site = try await site(in: installation.parley, demo)
    let website = try website(fixtures, inbox: inbox, siteKey: site.key)
    let websiteURL = Endpoint(host: options.website.host, port: website.port).url
    try await allow(website.port, on: site, in: installation.parley)
    Program.tell(Demonstration.welcome(inbox: inbox, website: websiteURL, demo))
    await installation.serve([service.run, website.run], until: signals) { deadline in
      async let inboxEnd: Void = service.shutdown(within: deadline)
      async let websiteEnd: Void = website.shutdown(within: deadline)
      _ = await (inboxEnd, websiteEnd)
    }
  }

  private static func workspace(_ path: String) throws(StartFailure) -> DemoWorkspace {
    do {
      return try DemoWorkspace(contentsOf: path)
    } catch {
      throw .demo(reason: "\(path) cannot be read")
    }
  }

  /// The site whose widget the website carries. An empty database is filled first.
  private func site(in parley: Parley, _ demo: DemoWorkspace) async throws -> Site {
    if try await parley.needsSetUp() {
      try await parley.load(demo, website: options.website.url)
    }
    guard let site = try await parley.sites(by: .machine).first else {
      throw StartFailure.demo(reason: "the database holds a workspace without a site")
    }
    return site
  }

  /// Listens for the website's visitors.
  private func website(_ fixtures: String, inbox: String, siteKey: String) throws -> Server {
    let site = try DemoWebsite(root: fixtures + "/demo/website", inbox: inbox, siteKey: siteKey)
    do {
      return try Server(
        ServerConfiguration(address: options.websiteAddress, port: options.website.port), router: site.router)
    } catch {
      throw StartFailure.listening(error, options.website)
    }
  }

  /// Lets the widget open on the website, by whichever name of this machine it is asked for; also when it moved to another port.
  private func allow(_ port: UInt16, on site: Site, in parley: Parley) async throws {
    let origins = ["localhost", "127.0.0.1", options.website.host].map { Endpoint(host: $0, port: port).url }
    guard !Set(origins).isSubset(of: site.origins) else { return }
    let change = SiteDraft(origins: Array(Set(site.origins + origins)))
    _ = try await parley.updateSite(site.id, change, by: .machine)
  }

  private static func welcome(inbox: String, website: String, _ demo: DemoWorkspace) -> String {
    let agents = demo.agentEmails.joined(separator: "\n            ")
    return """

      Parley is running. Ctrl-C ends it.

        Inbox     \(inbox)
        Website   \(website)  (a shop with the widget on it)

        Sign in   \(agents)
        Password  \(demo.password)

      """
  }
}
