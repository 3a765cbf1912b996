/// Writes frames. A server's are not masked (RFC 6455 §5.1); a client's are.
package enum FrameEncoder {
  /// One whole, unmasked frame.
  package static func encode(_ opcode: Opcode, _ payload: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var frame: [UInt8] = []
    frame.reserveCapacity(headerCount(payload.count) + payload.count)
    frame.append(0x80 | opcode.rawValue)
    appendLength(payload.count, maskBit: 0, to: &frame)
    frame.append(contentsOf: payload)
    return frame
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
    let mask = Mask(key: key)
    var frame: [UInt8] = []
    frame.reserveCapacity(headerCount(payload.count) + 4 + payload.count)
    frame.append((isFinal ? 0x80 : 0) | opcode.rawValue)
    appendLength(payload.count, maskBit: 0x80, to: &frame)
    for index in 0..<4 { frame.append(mask.byte(at: index)) }
    for index in payload.indices { frame.append(payload[index] ^ mask.byte(at: index)) }
    return frame
  }

  private static func headerCount(_ payloadCount: Int) -> Int {
    payloadCount < 126 ? 2 : payloadCount <= 0xFFFF ? 4 : 10
  }

  // RFC 6455 §5.2: the shortest of the three forms, in network byte order.
  private static func appendLength(_ length: Int, maskBit: UInt8, to frame: inout [UInt8]) {
    switch length {
    case ..<126:
      frame.append(maskBit | UInt8(length))
    case ...0xFFFF:
      frame.append(maskBit | 126)
      frame.append(UInt8(length >> 8))
      frame.append(UInt8(length & 0xFF))
    default:
      frame.append(maskBit | 127)
      for index in 0..<8 { frame.append(UInt8(truncatingIfNeeded: length >> (8 * (7 - index)))) }
    }
  }
}
