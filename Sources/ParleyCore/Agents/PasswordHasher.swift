import CLinux
import Dispatch
import Foundation
import Synchronization

/// Hashes passwords with yescrypt (libcrypt), which takes tens of milliseconds and megabytes on purpose. One thread of its own
/// does them in order, so sign-ins never slow the conversations; a bounded number may wait.
final class PasswordHasher: Sendable {
  private static let limit = 64
  private let queue = DispatchQueue(label: "parley.passwords", qos: .utility)
  private let waiting = Mutex(0)

  /// The hash of a password, with a new salt, as `crypt(5)` writes it.
  func hash(_ password: String) async throws(ParleyError) -> String {
    guard let hash = try await run({ Self.setting().flatMap { Self.crypt(password, $0) } }) else {
      throw .defect(reason: "crypt")
    }
    return hash
  }

  /// Whether the password is the one of this hash. Without a hash it takes as long, and answers false: so an unknown address
  /// cannot be told from a wrong password by its time.
  func verify(_ password: String, _ stored: String?) async throws(ParleyError) -> Bool {
    try await run {
      guard let reference = stored ?? Self.setting() else { return false }
      guard let computed = Self.crypt(password, reference) else { return false }
      return Self.equal(computed, reference) && stored != nil
    }
  }

  private func run<T: Sendable>(_ body: @escaping @Sendable () -> T) async throws(ParleyError) -> T {
    let isAccepted = waiting.withLock { count in
      guard count < Self.limit else { return false }
      count += 1
      return true
    }
    guard isAccepted else { throw .throttled(retryAfter: 5) }
    return await withUnsafeContinuation { caller in
      queue.async { [self] in
        let value = body()
        waiting.withLock { $0 -= 1 }
        caller.resume(returning: value)
      }
    }
  }

  /// A salt from the system's random numbers, with libcrypt's default cost for yescrypt.
  private static func setting() -> String? {
    var output = [CChar](repeating: 0, count: Int(CRYPT_GENSALT_OUTPUT_SIZE))
    let made = crypt_gensalt_rn("$y$", 0, nil, 0, &output, Int32(output.count)) != nil
    return made ? text(output) : nil
  }

  /// Nil when libcrypt refuses; it says so by a string that begins with an asterisk.
  private static func crypt(_ password: String, _ setting: String) -> String? {
    // It ends at a zero byte: what comes after would count for nothing.
    guard !password.utf8.contains(0) else { return nil }
    let data = UnsafeMutablePointer<crypt_data>.allocate(capacity: 1)
    data.initialize(to: crypt_data())
    defer { data.deallocate() }
    guard let hash = crypt_r(password, setting, data), hash.pointee != CChar(UInt8(ascii: "*")) else {
      return nil
    }
    return String(cString: hash)
  }

  private static func text(_ bytes: [CChar]) -> String {
    String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// In a time that does not say where they differ.
  private static func equal(_ left: String, _ right: String) -> Bool {
    let (left, right) = (Array(left.utf8), Array(right.utf8))
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
