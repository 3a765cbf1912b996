import HTTPWire
import Testing

@testable import HTTPServer

@Suite("What is due when is decided by pure values")
struct PureStateTests {
  private static func at(_ milliseconds: Int64) -> Moment {
    Moment(nanoseconds: milliseconds * 1_000_000)
  }

  @Test("deadlines come in the order of their moments, and not before them")
  func deadlines() {
    var deadlines = Deadlines()
    var random = SeededRandom(state: 7)
    let moments = (0..<500).map { _ in Int64.random(in: 0..<1000, using: &random) }
    for (index, moment) in moments.enumerated() {
      deadlines.insert(
        Deadlines.Token(descriptor: Int32(index), generation: 0), at: Self.at(moment))
    }
    var popped: [Int64] = []
    for now in stride(from: Int64(0), through: 1000, by: 10) {
      while let (moment, token) = deadlines.popDue(at: Self.at(now)) {
        #expect(moment <= Self.at(now) && moment > Self.at(now - 11))
        #expect(moment == Self.at(moments[Int(token.descriptor)]))
        popped.append(moment.nanoseconds / 1_000_000)
      }
    }
    #expect(popped == moments.sorted())
    #expect(deadlines.next == nil && deadlines.count == 0)
  }

  @Test("deadlines that nobody waits for are forgotten, the others stay in order")
  func staleDeadlines() {
    var deadlines = Deadlines()
    for index in 0..<100 {
      deadlines.insert(
        Deadlines.Token(descriptor: Int32(index), generation: 1), at: Self.at(Int64(index * 37 % 100)))
    }
    deadlines.removeAll { !$0.descriptor.isMultiple(of: 3) }
    #expect(deadlines.count == 34)
    var last = Self.at(-1)
    while let (moment, token) = deadlines.popDue(at: Self.at(1000)) {
      #expect(moment > last && token.descriptor.isMultiple(of: 3))
      last = moment
    }
  }

  @Test("the time for a head runs from its first octet, that for a body from its last piece")
  func connection() {
    let timeouts = Timeouts(
      head: .seconds(10), body: .seconds(20), wholeBody: .seconds(120), idle: .seconds(75))
    var state = ConnectionState(timeouts: timeouts, at: Self.at(0))
    #expect(state.deadline == Self.at(75_000) && state.timeout == nil)
    state.waitForRequest(at: Self.at(1000))
    #expect(state.deadline == Self.at(75_000))
    state.waitForHead(at: Self.at(2000))
    state.waitForHead(at: Self.at(9000))
    #expect(state.deadline == Self.at(12_000) && state.timeout == .timedOut)
    state.waitForBody(at: Self.at(10_000))
    state.waitForBody(at: Self.at(15_000))
    #expect(state.deadline == Self.at(35_000) && state.timeout == .timedOut)
    state.requestEnded(at: Self.at(16_000))
    #expect(state.deadline == Self.at(91_000) && state.timeout == nil)
  }

  @Test("a body that comes drop by drop ends with the time for the whole of it, and the next has its own")
  func slowBody() {
    let timeouts = Timeouts(body: .seconds(20), wholeBody: .seconds(50))
    var state = ConnectionState(timeouts: timeouts, at: Self.at(0))
    let deadlines = [0, 19_000, 38_000, 49_000].map { (now: Int64) in
      state.waitForBody(at: Self.at(now))
      return state.deadline
    }
    #expect(deadlines == [20_000, 39_000, 50_000, 50_000].map { Self.at($0) })
    state.requestEnded(at: Self.at(49_500))
    state.waitForBody(at: Self.at(60_000))
    #expect(state.deadline == Self.at(80_000))
  }

  @Test("a WebSocket is pinged when silent, and dropped when silent still")
  func liveness() {
    let limits = WebSocketLimits(idlePing: .seconds(30), closing: .seconds(5))
    var lifecycle = WebSocketLifecycle(limits: limits, at: Self.at(0))
    #expect(lifecycle.deadlinePassed(at: Self.at(29_999)) == .nothing)
    #expect(lifecycle.deadlinePassed(at: Self.at(30_000)) == .ping)
    lifecycle.heard(at: Self.at(40_000))
    #expect(lifecycle.deadlinePassed(at: Self.at(60_000)) == .nothing)
    #expect(lifecycle.deadlinePassed(at: Self.at(70_000)) == .ping)
    #expect(lifecycle.deadlinePassed(at: Self.at(100_000)) == .cutOff)
    #expect(lifecycle.phase == .ended)
    #expect(lifecycle.deadlinePassed(at: Self.at(200_000)) == .nothing)
  }

  @Test("the first close counts, and the closing handshake has a deadline")
  func closing() {
    let limits = WebSocketLimits(closing: .seconds(5))
    var ours = WebSocketLifecycle(limits: limits, at: Self.at(0))
    ours.close(.lagging, at: Self.at(1000))
    ours.close(.normal, at: Self.at(2000))
    ours.heard(at: Self.at(3000))
    #expect(ours.phase == .closing && ours.code == .lagging && ours.deadline == Self.at(6000))
    var answered = ours
    answered.peerClosed(.normal, at: Self.at(4000))
    #expect(answered.phase == .finishing && answered.code == .lagging)
    #expect(ours.deadlinePassed(at: Self.at(6000)) == .cutOff)
    var theirs = WebSocketLifecycle(limits: limits, at: Self.at(0))
    theirs.peerClosed(nil, at: Self.at(1000))
    theirs.close(.normal, at: Self.at(1000))
    #expect(theirs.phase == .finishing && theirs.code == nil)
  }

  @Test("an allowance is spent at once or over its time, and never grows beyond its burst")
  func allowance() {
    var allowance = Allowance(burst: 100, over: .seconds(10), at: Self.at(0))
    let taken = [
      (100, 0), (1, 0), (1, 99), (1, 100), (10, 1000), (9, 1000), (100, 1_000_000), (1, 1_000_000),
    ].map {
      allowance.take($0.0, at: Self.at($0.1))
    }
    #expect(taken == [true, false, false, true, false, true, true, false])
    let isBeyondAnything = allowance.take(.max, at: Self.at(9_000_000))
    #expect(!isBeyondAnything)
  }

  @Test("request ids are short, and no two are the same")
  func requestIDs() {
    var ids = RequestIDs()
    let made = Set((0..<10_000).map { _ in ids.next() })
    #expect(made.count == 10_000)
    #expect(made.allSatisfy { $0.count == 13 && $0.allSatisfy { $0.isLowercase || $0.isNumber } })
  }
}
