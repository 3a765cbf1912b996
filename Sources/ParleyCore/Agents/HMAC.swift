/// HMAC with SHA-256 (RFC 2104 §2).
enum HMAC {
  static func sha256(_ message: some Sequence<UInt8>, key: some Sequence<UInt8>) -> [UInt8] {
    var block = Array(key)
    if block.count > 64 { block = SHA256.digest(block) }
    block += repeatElement(0, count: 64 - block.count)
    let inner = SHA256.digest(block.map { $0 ^ 0x36 } + message)
    return SHA256.digest(block.map { $0 ^ 0x5C } + inner)
  }
}
