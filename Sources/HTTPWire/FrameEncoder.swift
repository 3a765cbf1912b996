/// Writes frames. A server's are not masked (RFC 6455 §5.1); a client's are.
package enum FrameEncoder {
  /// One whole, unmasked frame.
  package static func encode(_ opcode: Opcode, _ payload: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    let headerCount = headerCount(payload.count)
    return [UInt8](unsafeUninitializedCapacity: headerCount + payload.count) { buffer, count in
      buffer[0] = 0x80 | opcode.rawValue
      writeLength(payload.count, into: buffer, maskBit: 0)
      if let source = payload.baseAddress, !payload.isEmpty {
        (buffer.baseAddress! + headerCount).initialize(from: source, count: payload.count)
      }
      count = headerCount + payload.count
    }
  }

  package static func encode(_ opcode: Opcode, _ payload: [UInt8]) -> [UInt8] {
    payload.withUnsafeBufferPointer { encode(opcode, $0) }
  }

  /// A close frame with its code, without a reason (reasons are prose).
  package static func close(_ code: CloseCode) -> [UInt8] {
    [0x88, 2, UInt8(code.value >> 8), UInt8(code.value & 0xFF)]
  }

  /// One frame as a client writes it, masked with `key` (RFC 6455 §5.3).
  package static func encodeMasked(_ opcode: Opcode, _ payload: [UInt8], key: UInt32, isFinal: Bool = true)
    -> [UInt8]
  {
    let headerCount = headerCount(payload.count) + 4
    return [UInt8](unsafeUninitializedCapacity: headerCount + payload.count) { buffer, count in
      buffer[0] = (isFinal ? 0x80 : 0) | opcode.rawValue
      writeLength(payload.count, into: buffer, maskBit: 0x80)
      let mask = Mask(key: key)
      for index in 0..<4 { buffer[headerCount - 4 + index] = mask.byte(at: index) }
      for index in payload.indices { buffer[headerCount + index] = payload[index] ^ mask.byte(at: index) }
      count = headerCount + payload.count
    }
  }

  private static func headerCount(_ payloadCount: Int) -> Int {
    payloadCount < 126 ? 2 : payloadCount <= 0xFFFF ? 4 : 10
  }

  // RFC 6455 §5.2: the shortest of the three forms, in network byte order.
  private static func writeLength(
    _ length: Int, into buffer: UnsafeMutableBufferPointer<UInt8>, maskBit: UInt8
  ) {
    switch length {
    case ..<126:
      buffer[1] = maskBit | UInt8(length)
    case ...0xFFFF:
      buffer[1] = maskBit | 126
      buffer[2] = UInt8(length >> 8)
      buffer[3] = UInt8(length & 0xFF)
    default:
      buffer[1] = maskBit | 127
      for index in 0..<8 { buffer[2 + index] = UInt8(truncatingIfNeeded: length >> (8 * (7 - index))) }
    }
  }
}
