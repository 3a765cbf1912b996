import Testing

@testable import ParleyCore

@Suite("The throttle of sign-ins")
struct SignInThrottleTests {
  let throttle = SignInThrottle()

  /// Tries until so many have failed, each as soon as it is allowed. Returns when the last one was made.
  @discardableResult
  private func fail(_ count: Int, _ subjects: [SignInThrottle.Subject], from start: Int64 = 0) -> Int64 {
    var now = start
    for _ in 0..<count {
      now += throttle.wait(for: subjects, now: now)
      #expect(throttle.begin(subjects, now: now) == 0)
    }
    return now
  }

  @Test(
    "the wait doubles from the fifth failure on, up to a quarter of an hour",
    arguments: [(4, 0), (5, 1000), (6, 2000), (9, 16_000), (14, 512_000), (15, 900_000), (100, 900_000)])
  func waits(failures: Int, milliseconds: Int64) {
    let now = fail(failures, [.email("a@b.test")])
    #expect(throttle.wait(for: [.email("a@b.test")], now: now) == milliseconds)
    #expect(throttle.wait(for: [.email("a@b.test")], now: now + milliseconds) == 0)
    #expect(throttle.wait(for: [.email("other@b.test")], now: now) == 0)
  }

  @Test("a client's address that tries many people waits too, also after a success")
  func address() {
    for number in 0..<20 { fail(1, [.email("\(number)@b.test"), .address("192.0.2.1")]) }
    fail(1, [.email("1@b.test"), .address("192.0.2.3")])
    throttle.succeeded([.email("1@b.test"), .address("192.0.2.3")])
    #expect(throttle.wait(for: [.email("new@b.test"), .address("192.0.2.1")], now: 0) == 1000)
    #expect(throttle.wait(for: [.email("new@b.test"), .address("192.0.2.2")], now: 0) == 0)
  }

  @Test("of many tries at once no more begin than of as many in a row")
  func atOnce() {
    let begun = (0..<40).count { _ in
      throttle.begin([.email("a@b.test"), .address("192.0.2.1")], now: 0) == 0
    }
    #expect(begun == 5)
  }

  @Test("a try that was right, or came to nothing, is not held against the client's address")
  func takenBack() {
    let subjects: [SignInThrottle.Subject] = [.email("a@b.test"), .address("192.0.2.1")]
    for number in 0..<100 {
      #expect(throttle.begin(subjects, now: 0) == 0)
      if number % 2 == 0 { throttle.succeeded(subjects) } else { throttle.withdrew(subjects) }
    }
    #expect(throttle.remembered == 0)
  }

  @Test("an hour later all is forgotten")
  func forgets() {
    let later = fail(50, [.email("a@b.test")]) + 60 * 60_000
    #expect(throttle.wait(for: [.email("a@b.test")], now: later) == 0)
    fail(1, [.email("a@b.test")], from: later)
    #expect(throttle.wait(for: [.email("a@b.test")], now: later) == 0)
  }

  @Test("however many are tried, it remembers a bounded number, and the latest of them")
  func bounded() {
    for number in 0..<50_000 { fail(1, [.email("\(number)")], from: Int64(number)) }
    fail(5, [.email("last")], from: 50_000)
    #expect(throttle.wait(for: [.email("last")], now: 50_000) == 1000)
    #expect(throttle.remembered <= 20_001)
  }
}
