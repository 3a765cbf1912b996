import Testing

@testable import ParleyCore

@Suite("The throttle of sign-ins")
struct SignInThrottleTests {
  let throttle = SignInThrottle()

  @Test(
    "the wait doubles from the fifth failure on, up to a quarter of an hour",
    arguments: [(4, 0), (5, 1000), (6, 2000), (9, 16_000), (14, 512_000), (15, 900_000), (100, 900_000)])
  func waits(failures: Int, milliseconds: Int64) {
    for _ in 0..<failures { throttle.failed([.email("a@b.test")], now: 0) }
    #expect(throttle.wait(for: [.email("a@b.test")], now: 0) == milliseconds)
    #expect(throttle.wait(for: [.email("a@b.test")], now: milliseconds) == 0)
    #expect(throttle.wait(for: [.email("other@b.test")], now: 0) == 0)
  }

  @Test("a client's address that tries many people waits too, also after a success")
  func address() {
    for number in 0..<20 { throttle.failed([.email("\(number)@b.test"), .address("192.0.2.1")], now: 0) }
    throttle.succeeded(email: "1@b.test")
    #expect(throttle.wait(for: [.email("new@b.test"), .address("192.0.2.1")], now: 0) == 1000)
    #expect(throttle.wait(for: [.email("new@b.test"), .address("192.0.2.2")], now: 0) == 0)
  }

  @Test("an hour later all is forgotten")
  func forgets() {
    for _ in 0..<50 { throttle.failed([.email("a@b.test")], now: 0) }
    #expect(throttle.wait(for: [.email("a@b.test")], now: 60 * 60_000) == 0)
    throttle.failed([.email("a@b.test")], now: 60 * 60_000)
    #expect(throttle.wait(for: [.email("a@b.test")], now: 60 * 60_000) == 0)
  }

  @Test("however many are tried, it remembers a bounded number, and the latest of them")
  func bounded() {
    for number in 0..<50_000 { throttle.failed([.email("\(number)")], now: Int64(number)) }
    for _ in 0..<5 { throttle.failed([.email("last")], now: 50_000) }
    #expect(throttle.wait(for: [.email("last")], now: 50_000) == 1000)
    #expect(throttle.remembered <= 20_001)
  }
}
