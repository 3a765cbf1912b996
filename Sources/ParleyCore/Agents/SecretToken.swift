import Foundation

/// 256 random bits that prove who someone is: a session's cookie, a visitor's token. Only its hash is ever stored.
package struct SecretToken: Sendable, Hashable {
  /// 43 characters of base64url (RFC 4648 §5, without padding).
  package let text: String

  /// A new one, from the system's generator of cryptographic random numbers.
  package static func random() -> SecretToken {
    var generator = SystemRandomNumberGenerator()
    let bytes = (0..<4).flatMap { _ in withUnsafeBytes(of: generator.next() as UInt64) { Array($0) } }
    return SecretToken(bytes)
  }

  /// Nil unless it has the form of one.
  package init?(_ text: String) {
    let isBase64 = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
    guard text.utf8.count == 43, isBase64 else { return nil }
    self.text = text
  }

  private init(_ bytes: [UInt8]) {
    text = Self.base64URL(bytes)
  }

  /// SHA-256 in base64url. The token has its full entropy, so a plain fast hash keeps it secret.
  var hash: String { Self.base64URL(SHA256.digest(text.utf8)) }

  /// RFC 4648 §5, without padding.
  static func base64URL(_ bytes: [UInt8]) -> String {
    let digits = Data(bytes).base64EncodedData().prefix { $0 != UInt8(ascii: "=") }.map { digit in
      switch digit {
      case UInt8(ascii: "+"): UInt8(ascii: "-")
      case UInt8(ascii: "/"): UInt8(ascii: "_")
      default: digit
      }
    }
    return String(decoding: digits, as: UTF8.self)
  }
}

/// Names a session, for ending it; not a secret that opens anything, but not for others either.
package struct SessionID: Sendable, Hashable {
  let hash: String

  init(_ token: SecretToken) {
    hash = token.hash
  }

  init(hash: String) {
    self.hash = hash
  }
}
