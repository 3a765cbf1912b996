import Foundation
import Testing

@testable import ParleyCore

@Suite("Secret tokens")
struct SecretTokenTests {
  @Test("octets are written in base64url as other programs write them, however many they are")
  func base64URL() {
    for count in 0...40 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 0x9D &+ count &* 0x35 &+ 0xF9) }
      let theirs = Data(bytes).base64EncodedString()
        .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
      #expect(SecretToken.base64URL(bytes) == theirs)
    }
  }
}
