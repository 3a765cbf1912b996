import Testing

@testable import ParleyCore

@Suite("Administering beside the process that serves")
struct BesideTests {
  @Test("both write, the numbers of the events stay different, and each sees the other's work")
  func numbers() async throws {
    let workshop = try await Workshop()
    let beside = try Parley(path: workshop.path, isOwner: false, readers: 1, now: { 0 }, publish: { _ in })
    let parties = [workshop.parley, beside, workshop.parley, beside, beside, workshop.parley]
    for (index, parley) in parties.enumerated() {
      _ = try await parley.addAgent(
        AgentDraft(name: "Agent \(index)", email: "a\(index)@acme.test", password: "a long password"),
        by: .machine)
    }
    guard case .events(let events, _, _) = try await workshop.parley.events(after: 0, for: workshop.owner)
    else {
      Issue.record("the log does not begin at its beginning")
      return
    }
    let numbers = events.map(\.sequence)
    #expect(
      numbers.suffix(parties.count).elementsEqual(
        (numbers.last ?? 0) - Int64(parties.count) + 1...(numbers.last ?? 0)))
    #expect(try await workshop.parley.agents(by: .machine).count == 2 + parties.count)
    await beside.close()
    await workshop.parley.close()
  }

  @Test("only one process owns the data")
  func oneOwner() async throws {
    let workshop = try await Workshop()
    #expect(throws: OpeningError.inUse) {
      try Parley(path: workshop.path, now: { 0 }, publish: { _ in })
    }
    await workshop.parley.close()
  }
}
