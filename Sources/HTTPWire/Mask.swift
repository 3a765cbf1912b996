/// The masking key of a client's frame, and how far its payload was unmasked (RFC 6455 §5.3).
package struct Mask: Sendable, Hashable {
  /// The key's four octets in network order, twice; rotated so that the next octet to be unmasked meets the lowest.
  private var word: UInt64

  /// `key` in network order: its most significant octet masks the first octet of the payload.
  package init(key: UInt32) {
    let little = UInt64(key.byteSwapped)
    word = little | little << 32
  }

  func byte(at index: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: word >> UInt64(8 * (index & 3)))
  }

  /// Unmasks the next part of the payload in place, eight octets at a time, and advances the key past it.
  package mutating func apply(to bytes: UnsafeMutableRawBufferPointer) {
    var offset = 0
    while offset + 8 <= bytes.count {
      let masked = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      bytes.storeBytes(of: masked ^ word.littleEndian, toByteOffset: offset, as: UInt64.self)
      offset += 8
    }
    while offset < bytes.count {
      bytes[offset] ^= UInt8(truncatingIfNeeded: word)
      word = word >> 8 | word << 56
      offset += 1
    }
  }
}
