import Foundation
import Testing

@testable import ParleyCore

@Suite("The first run")
final class SetUpTests: Sendable {
  let parley: Parley
  let directory: String

  init() throws {
    directory = NSTemporaryDirectory() + "/parley-setup-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    parley = try Parley(path: directory + "/parley.sqlite", now: { 1_700_000_000_000 }, publish: { _ in })
  }

  deinit {
    // A directory that stays behind is the system's to tidy.
    _ = try? FileManager.default.removeItem(atPath: directory)
  }

  private let setUp = SetUp(
    workspaceName: "Acme", timeZone: "Europe/Paris", name: "Olga", email: "olga@acme.test",
    password: "correct horse")

  @Test("it creates the workspace, its owner, a pipeline with its stages and a site, and signs the owner in")
  func creates() async throws {
    #expect(try await parley.needsSetUp())
    let signedIn = try await parley.setUp(setUp)
    #expect(try await !parley.needsSetUp())
    let session = try await parley.session(signedIn.token)
    #expect(session.agent.role == .owner)
    let opening = try await parley.opening(for: session.agent)
    #expect(opening.workspace == Workspace(name: "Acme", timeZone: "Europe/Paris", defaultCurrency: "USD"))
    #expect(opening.agents.map(\.email) == ["olga@acme.test"])
    #expect(opening.pipelines.map { $0.stages.map(\.name) } == [["To Contact", "In Contact", "Follow Up"]])
    #expect(opening.counts.isEmpty)
    #expect(opening.preferences == Preferences())
    let sites = try await parley.sites(by: session.agent)
    #expect(sites.map(\.name) == ["Acme"] && sites.map(\.greetings) == [.standard])
    _ = try await parley.signIn(email: "olga@acme.test", password: "correct horse", from: "192.0.2.1")
  }

  @Test("it happens once, also when two try at once")
  func once() async throws {
    let outcomes = await withTaskGroup(returning: [Bool].self) { group in
      for _ in 0..<2 {
        group.addTask { [self] in
          do throws(ParleyError) {
            _ = try await parley.setUp(setUp)
            return true
          } catch {
            #expect(error == .setUpDone)
            return false
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.sorted { !$0 && $1 } == [false, true])
  }

  @Test("all that is wrong is said at once, and nothing is created")
  func refusals() async throws {
    let wrong = SetUp(workspaceName: " ", timeZone: "Mars/Olympus", name: "", email: "x", password: "short")
    let fields = [
      "workspaceName": "workspace.name.required", "timeZone": "workspace.time-zone.invalid",
      "name": "agent.name.required", "email": "agent.email.invalid", "password": "agent.password.too-short",
    ]
    await #expect(throws: ParleyError.invalid(Invalid(code: "setup.invalid", fields: fields))) {
      try await parley.setUp(wrong)
    }
    #expect(try await parley.needsSetUp())
  }
}
