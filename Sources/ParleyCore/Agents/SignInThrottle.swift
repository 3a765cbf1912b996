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
    failures.withLock { Self.wait(for: subjects, now: now, in: $0) }
  }

  /// Begins a try, and counts it as failed until the contrary is known: of many that are made at once, no more pass than of as
  /// many in a row. Returns the milliseconds until it is allowed; 0 if it has begun.
  func begin(_ subjects: [Subject], now: Int64) -> Int64 {
    failures.withLock { failures in
      let wait = Self.wait(for: subjects, now: now, in: failures)
      guard wait == 0 else { return wait }
      if failures.count >= Self.capacity { Self.forgetOldest(&failures) }
      for subject in subjects {
        let known = failures[subject].flatMap { $0.lastAt > now - Self.memory ? $0.count : nil } ?? 0
        failures[subject] = Failures(count: known + 1, lastAt: now)
      }
      return 0
    }
  }

  /// The try was right. Forgets an e-mail address's failures. The client's address keeps its earlier ones: otherwise one good
  /// account would let it guess at all the others.
  func succeeded(_ subjects: [Subject]) {
    failures.withLock { failures in
      for subject in subjects {
        switch subject {
        case .email: failures[subject] = nil
        case .address: Self.takeBack(subject, in: &failures)
        }
      }
    }
  }

  /// The try came to nothing, and says nothing about who made it.
  func withdrew(_ subjects: [Subject]) {
    failures.withLock { failures in
      for subject in subjects { Self.takeBack(subject, in: &failures) }
    }
  }

  /// How many it counts failures of.
  var remembered: Int { failures.withLock { $0.count } }

  private static func wait(for subjects: [Subject], now: Int64, in failures: [Subject: Failures]) -> Int64 {
    subjects.map { subject in
      guard let known = failures[subject], known.lastAt > now - memory else { return 0 }
      return max(0, known.lastAt + pause(after: known.count - subject.freeFailures) - now)
    }.max() ?? 0
  }

  private static func takeBack(_ subject: Subject, in failures: inout [Subject: Failures]) {
    guard let known = failures[subject] else { return }
    failures[subject] = known.count > 1 ? Failures(count: known.count - 1, lastAt: known.lastAt) : nil
  }

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
