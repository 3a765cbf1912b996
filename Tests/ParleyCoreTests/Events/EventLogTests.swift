import Foundation
import Testing

@testable import ParleyCore

@Suite("The event log")
struct EventLogTests {
  /// All that an agent missed, page by page.
  private func replay(
    _ parley: Parley, after: Int64, limit: Int, for agent: AgentIdentity
  ) async throws -> [LoggedEvent]? {
    var after = after
    var events: [LoggedEvent] = []
    while true {
      switch try await parley.events(after: after, limit: limit, for: agent) {
      case .startOver: return nil
      case .events(let page, let upTo, let isComplete):
        events += page
        after = upTo
        if isComplete { return events }
      }
    }
  }

  @Test("numbers are dense, in the order of publishing, and a refused use case takes none")
  func dense() async throws {
    let shop = try await Workshop()
    await withTaskGroup { group in
      for number in 0..<50 {
        group.addTask {
          do {
            // Every third has a client id that is stored already, every fifth goes nowhere.
            let clientID = "client-\(number.isMultiple(of: 3) ? 0 : number)"
            let draft = AgentMessageDraft(
              clientID: clientID, conversationID: number.isMultiple(of: 5) ? 999 : 1, text: "\(number)")
            if number == 0 {
              try await shop.conversation()
            } else {
              try await shop.parley.post(draft, by: shop.agent)
            }
          } catch {
            // Refused: what this test is about.
          }
        }
      }
    }
    let numbers = shop.events.compactMap(\.sequence)
    #expect(numbers == Array(1...Int64(numbers.count)))
    #expect(try await shop.parley.sequence() == numbers.last)
  }

  @Test(
    "a client gets exactly what it missed and what concerns it, byte for byte", arguments: [1, 2, 7, 500])
  func replays(limit: Int) async throws {
    let shop = try await Workshop()
    let (id, visitor) = try await shop.conversation()
    try await shop.parley.read(id, upTo: 1, by: shop.owner)
    try await shop.parley.read(id, upTo: 1, by: shop.agent)
    try await shop.answer("Hi", to: id)
    try await shop.parley.post(text: "Thanks", clientID: .client(), from: visitor)
    for after in 0...(try await shop.parley.sequence()) {
      let expected = shop.events.filter { event in
        guard let sequence = event.sequence, sequence > after else { return false }
        return event.audience == .agents || event.audience == .agent(shop.agent.id)
      }
      let replayed = try await replay(shop.parley, after: after, limit: limit, for: shop.agent)
      #expect(replayed?.map(\.sequence) == expected.map(\.sequence))
      #expect(replayed?.map(\.json) == expected.map(\.json))
    }
  }

  @Test("nothing is replayed to a client that begins now")
  func beginning() async throws {
    let shop = try await Workshop()
    _ = try await shop.conversation()
    let last = try await shop.parley.sequence()
    guard
      case .events(let events, let upTo, true) = try await shop.parley.events(after: nil, for: shop.agent)
    else {
      Issue.record("a client that begins has nothing to start over")
      return
    }
    #expect(events.isEmpty && upTo == last)
  }

  @Test("the log keeps a bounded number, and a client from before must start over")
  func trimming() async throws {
    let shop = try await Workshop(retainedEvents: 100)
    let (_, visitor) = try await shop.conversation()
    for number in 0..<300 {
      try await shop.parley.post(text: "\(number)", clientID: .client(), from: visitor)
    }
    let last = try await shop.parley.sequence()
    let kept = try await shop.parley.read { try EventRecords.firstSequence(in: $0) }
    let first = try #require(kept)
    #expect((100...170).contains(last - first + 1))
    #expect(
      try await replay(shop.parley, after: first - 1, limit: 500, for: shop.agent)?.first?.sequence == first)
    #expect(try await replay(shop.parley, after: first - 2, limit: 500, for: shop.agent) == nil)
    #expect(try await replay(shop.parley, after: 0, limit: 500, for: shop.agent) == nil)
  }

  @Test("a number from the future is another life of the database: start over", arguments: [1, .max])
  func future(ahead: Int64) async throws {
    let shop = try await Workshop()
    _ = try await shop.conversation()
    let last = try await shop.parley.sequence()
    let after = ahead == .max ? .max : last + ahead
    #expect(try await replay(shop.parley, after: after, limit: 500, for: shop.agent) == nil)
    #expect(try await replay(shop.parley, after: .min, limit: 500, for: shop.agent) == nil)
  }

  @Test("numbers go on after a restart, also when the log was emptied")
  func restart() async throws {
    let shop = try await Workshop()
    let (_, visitor) = try await shop.conversation()
    let last = try await shop.parley.sequence()
    try await shop.parley.write { transaction, _ in
      try EventRecords.trim(upTo: .max, in: transaction)
    }
    await shop.parley.close()
    let parley = try Parley(path: shop.path, now: { 1_700_000_000_000 }, publish: { _ in })
    #expect(try await parley.sequence() == last)
    try await parley.post(text: "More", clientID: .client(), from: visitor)
    #expect(try await parley.sequence() == last + 1)
    #expect(try await replay(parley, after: last, limit: 5, for: shop.agent)?.map(\.sequence) == [last + 1])
    await parley.close()
  }
}
