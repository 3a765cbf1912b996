import ParleyCore
import Synchronization

/// The one-time token that protects the first-run page: whoever can read the server's output sets the workspace up.
package final class SetupToken: Sendable {
  private let token = Mutex<SecretToken?>(nil)

  package init() {}

  /// Makes a new token, for as long as the process lives or until it is used.
  package func issue() -> String {
    let secret = SecretToken.random()
    token.withLock { $0 = secret }
    return secret.text
  }

  func matches(_ text: String) -> Bool {
    guard let given = SecretToken(text) else { return false }
    return token.withLock { secret in
      guard let secret else { return false }
      // In a time that does not say where they differ.
      return zip(secret.text.utf8, given.text.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
  }

  func use() {
    token.withLock { $0 = nil }
  }
}
