import ParleyCore
import Testing

@testable import ParleyServer

@Suite("State that time changes")
struct TimedStateTests {
  static let visitor = VisitorKey(token: String(repeating: "A", count: 43))
  static let agent = AgentIdentity(id: 2, name: "Maya", role: .agent)

  static func entry(_ conversationID: Int64, _ author: Typing.Entry.Author) throws -> Typing.Entry {
    Typing.Entry(conversationID: conversationID, visitor: try #require(visitor), author: author)
  }

  @Test("a bucket allows its burst, then its rate")
  func bucket() {
    var bucket = TokenBucket(capacity: 3, perSecond: 5, now: 1000)
    let times: [Int64] = [1000, 1000, 1000, 1000, 1199, 1201, 1201]
    let taken = times.map { bucket.take(now: $0) }
    #expect(taken == [true, true, true, false, false, true, false])
  }

  @Test("a bucket never holds more than its capacity, and a clock that steps back gives nothing")
  func bucketBounds() {
    var bucket = TokenBucket(capacity: 2, perSecond: 5, now: 0)
    let times: [Int64] = [1_000_000, 1_000_000, 1_000_000, 0]
    let taken = times.map { bucket.take(now: $0) }
    #expect(taken == [true, true, false, false])
  }

  @Test("a visitor who goes on whatever is refused is a flood, one who slows down is not")
  func visitorLimits() {
    var limits = VisitorLimits(now: 0)
    let verdicts = (0..<200).map { _ in limits.ask(for: .other, now: 0) }
    let expected =
      [Verdict](repeating: .granted, count: 60) + .init(repeating: .refused, count: 100)
      + .init(repeating: .flood, count: 40)
    #expect(verdicts == expected)
    // Floods of one kind take nothing away from another.
    let typing = (0..<21).map { _ in limits.ask(for: .typing, now: 0) }
    #expect(typing == [Verdict](repeating: .granted, count: 20) + [.flood])
    let message = limits.ask(for: .message, now: 0)
    #expect(message == .granted)
    let later = limits.ask(for: .other, now: 60_000)
    #expect(later == .granted)
  }

  @Test("an agent's typing beyond what a page tells is refused, then a flood; what else they do is not")
  func agentLimits() {
    var limits = AgentLimits(now: 0)
    let typing = ClientCommand.typing(conversationID: 1, on: true)
    let verdicts = (0..<160).map { _ in limits.ask(for: typing, now: 0) }
    let expected =
      [Verdict](repeating: .granted, count: 40) + .init(repeating: .refused, count: 100)
      + .init(repeating: .flood, count: 20)
    #expect(verdicts == expected)
    let others = (0..<1840).map { _ in limits.ask(for: .ping, now: 0) }
    #expect(others.allSatisfy { $0 == .granted })
    let tooMany = limits.ask(for: .ping, now: 0)
    #expect(tooMany == .flood)
    let later = limits.ask(for: typing, now: 1000)
    #expect(later == .granted)
  }

  @Test("typing is told once, prolonged silently, and ends by itself")
  func typing() throws {
    var typing = Typing()
    let entry = try TimedStateTests.entry(1, .visitor)
    let told = [
      typing.set(entry, on: true, now: 0), typing.set(entry, on: true, now: 5000),
    ]
    #expect(told == [true, false])
    let ended = [typing.expire(now: 10_999), typing.expire(now: 11_000)]
    #expect(ended == [[], [entry]])
    let late = typing.set(entry, on: false, now: 11_001)
    #expect(!late)
  }

  @Test("two authors type in one conversation independently")
  func typingAuthors() throws {
    var typing = Typing()
    let visitor = try TimedStateTests.entry(1, .visitor)
    let agent = try TimedStateTests.entry(1, .agent(TimedStateTests.agent))
    let told = [
      typing.set(visitor, on: true, now: 0), typing.set(agent, on: true, now: 1),
      typing.set(visitor, on: false, now: 2),
    ]
    #expect(told == [true, true, true])
    let ended = typing.expire(now: 6001)
    #expect(ended == [agent])
  }

  @Test("a message ends its author's typing, in its own conversation only")
  func typingEndsWithMessage() throws {
    var typing = Typing()
    let here = try TimedStateTests.entry(1, .visitor)
    let elsewhere = try TimedStateTests.entry(2, .visitor)
    let answering = try TimedStateTests.entry(1, .agent(TimedStateTests.agent))
    for entry in [here, elsewhere, answering] { _ = typing.set(entry, on: true, now: 0) }
    let ended = typing.end(in: 1) { $0 == .visitor }
    #expect(ended == [here])
    let rest = Set(typing.expire(now: 6000))
    #expect(rest == [elsewhere, answering])
  }

  @Test("those who leave are gone after the grace, in their order")
  func departures() {
    var departures = Departures<String>()
    departures.add("one", now: 0)
    departures.add("two", now: 100)
    let gone = [4999, 5000, 5099, 5100, 1_000_000].map { departures.due(now: $0) }
    #expect(gone == [[], ["one"], [], ["two"], []])
  }
}
