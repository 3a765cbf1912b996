import Testing

@testable import ParleyServer

@Suite("State that time changes")
struct TimedStateTests {
  @Test("a bucket allows its burst, then its rate")
  func bucket() {
    var bucket = TokenBucket(capacity: 3, perSecond: 5, now: 1000)
    let burst = (0..<4).map { _ in bucket.take(now: 1000) }
    #expect(burst == [true, true, true, false])
    #expect(bucket.take(now: 1199) == false)
    #expect(bucket.take(now: 1201) == true)
    #expect(bucket.take(now: 1201) == false)
  }

  @Test("a bucket never holds more than its capacity, and a clock that steps back gives nothing")
  func bucketBounds() {
    var bucket = TokenBucket(capacity: 2, perSecond: 5, now: 0)
    #expect([1, 2, 3].map { _ in bucket.take(now: 1_000_000) } == [true, true, false])
    #expect(bucket.take(now: 0) == false)
  }

  @Test("typing is told once, prolonged silently, and ends by itself")
  func typing() {
    var typing = Typing()
    let key = Typing.Key(conversationID: 1, author: .visitor)
    #expect(typing.set(key, on: true, now: 0) == true)
    #expect(typing.set(key, on: true, now: 5000) == false)
    #expect(typing.expire(now: 10_999) == [])
    #expect(typing.expire(now: 11_000) == [key])
    #expect(typing.set(key, on: false, now: 11_001) == false)
  }

  @Test("two authors type in one conversation independently")
  func typingAuthors() {
    var typing = Typing()
    #expect(typing.set(.init(conversationID: 1, author: .visitor), on: true, now: 0) == true)
    #expect(typing.set(.init(conversationID: 1, author: .agent(2)), on: true, now: 1) == true)
    #expect(typing.set(.init(conversationID: 1, author: .visitor), on: false, now: 2) == true)
    #expect(typing.expire(now: 6001) == [.init(conversationID: 1, author: .agent(2))])
  }

  @Test("someone with two sockets arrives once and leaves with the last, after the grace")
  func attendance() {
    var attendance = Attendance<Int64>()
    #expect(attendance.arrive(7) == true)
    #expect(attendance.arrive(7) == false)
    attendance.leave(7, now: 0)
    #expect(attendance.expire(now: 1_000_000) == [])
    attendance.leave(7, now: 100)
    #expect(attendance.expire(now: 5099) == [])
    #expect(attendance.isPresent(7))
    #expect(attendance.expire(now: 5100) == [7])
    #expect(attendance.isPresent(7) == false)
  }

  @Test("a reload within the grace is no departure and no arrival")
  func reload() {
    var attendance = Attendance<Int64>()
    #expect(attendance.arrive(7) == true)
    attendance.leave(7, now: 0)
    #expect(attendance.arrive(7) == false)
    #expect(attendance.expire(now: 1_000_000) == [])
    #expect(attendance.present == [7])
  }
}
