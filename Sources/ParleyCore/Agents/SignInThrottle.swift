import Synchronization

/// Slows the guessing of passwords: after some failures in a row, an e-mail address or a client's address must wait, twice as
/// long each time. In memory, and bounded: what was longest ago is forgotten first.
final class SignInThrottle: Sendable {
  /// Whose failures are counted together.
  enum Subject: Hashable {
    case email(String)
    case address(String)

    /// An office shares one address; an e-mail address is one person's.
    fileprivate var freeFailures: Int {
      switch self {
      case .email: 5
      case .address: 20
      }
    }
  }

  private struct Failures {
    var count: Int
    var lastAt: Int64
  }

  private static let capacity = 20_000
  private static let longestWait: Int64 = 15 * 60_000
  private static let memory: Int64 = 60 * 60_000
  private let failures = Mutex<[Subject: Failures]>([:])

  /// Milliseconds until the next try is allowed: 0 for now.
  func wait(for subjects: [Subject], now: Int64) -> Int64 {
    failures.withLock { failures in
      subjects.map { subject in
        guard let known = failures[subject], known.lastAt > now - Self.memory else { return 0 }
        return max(0, known.lastAt + Self.pause(after: known.count - subject.freeFailures) - now)
      }.max() ?? 0
    }
  }

  func failed(_ subjects: [Subject], now: Int64) {
    failures.withLock { failures in
      if failures.count >= Self.capacity { Self.forgetOldest(&failures) }
      for subject in subjects {
        let known = failures[subject].flatMap { $0.lastAt > now - Self.memory ? $0.count : nil } ?? 0
        failures[subject] = Failures(count: known + 1, lastAt: now)
      }
    }
  }

  /// Forgets an e-mail address's failures. The client's address keeps its own: otherwise one good account would let it guess
  /// at all the others.
  func succeeded(email: String) {
    failures.withLock { $0[.email(email)] = nil }
  }

  /// How many it counts failures of.
  var remembered: Int { failures.withLock { $0.count } }

  /// 1 s, 2 s, 4 s … from the last free failure on.
  private static func pause(after excess: Int) -> Int64 {
    guard excess >= 0 else { return 0 }
    return min(longestWait, 1000 << Int64(min(excess, 20)))
  }

  private static func forgetOldest(_ failures: inout [Subject: Failures]) {
    let times = failures.values.map(\.lastAt).sorted()
    let middle = times[times.count / 2]
    failures = failures.filter { $0.value.lastAt > middle }
  }
}
