/// What stands before a frame's payload (RFC 6455 §5.2).
package struct FrameHeader: Hashable, Sendable {
  package let isFinal: Bool
  package let opcode: Opcode
  /// The octets of the payload.
  package let count: Int
}

/// Reads frames from octets in whatever pieces they come, and unmasks payloads in place. It keeps an unfinished header at most.
package struct FrameDecoder: Sendable {
  package enum Part: Hashable, Sendable {
    case header(FrameHeader)
    /// The next piece of the payload, unmasked, by where it stands in the octets that were lent. Each frame has a last one, which may
    /// be empty.
    case payload(Range<Int>, isLast: Bool)
  }

  private enum State {
    case header
    case payload(remaining: Int, mask: Mask?)
  }

  private let expectsMask: Bool
  private var state = State.header
  private var partial: [UInt8] = []

  /// - Parameter expectsMask: true at a server's end, whose clients mask their frames; false at a client's (RFC 6455 §5.1).
  package init(expectsMask: Bool) {
    self.expectsMask = expectsMask
  }

  /// Takes the next part from `bytes`, moving `offset` past what was read; nil if it needs more. After nil everything was read.
  /// After an error it must not be used again.
  package mutating func next(
    in bytes: inout MutableSpan<UInt8>, at offset: inout Int
  ) throws(FrameError) -> Part? {
    try bytes.withUnsafeMutableBufferPointer { bytes throws(FrameError) in
      try next(in: bytes, at: &offset)
    }
  }

  mutating func next(
    in bytes: UnsafeMutableBufferPointer<UInt8>, at offset: inout Int
  ) throws(FrameError) -> Part? {
    switch state {
    case .header:
      return try nextHeader(in: UnsafeBufferPointer(bytes), at: &offset).map { .header($0) }
    case .payload(let remaining, var mask):
      guard offset < bytes.count || remaining == 0 else { return nil }
      let range = offset..<(offset + min(remaining, bytes.count - offset))
      mask?.apply(to: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: bytes[range])))
      offset = range.upperBound
      let isLast = range.count == remaining
      state = isLast ? .header : .payload(remaining: remaining - range.count, mask: mask)
      return .payload(range, isLast: isLast)
    }
  }

  private mutating func nextHeader(
    in bytes: UnsafeBufferPointer<UInt8>, at offset: inout Int
  ) throws(FrameError) -> FrameHeader? {
    if partial.isEmpty {
      let fresh = UnsafeBufferPointer(rebasing: bytes[offset...])
      if let (header, count) = try readHeader(fresh) {
        offset += count
        return header
      }
      partial = Array(fresh)
      offset = bytes.count
      return nil
    }
    while offset < bytes.count {
      partial.append(bytes[offset])
      offset += 1
      let found = try partial.withUnsafeBufferPointer { partial throws(FrameError) in
        try readHeader(partial)
      }
      if let (header, _) = found {
        partial = []
        return header
      }
    }
    return nil
  }

  private mutating func readHeader(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) throws(FrameError) -> (header: FrameHeader, count: Int)? {
    guard let first = bytes.first else { return nil }
    // No extension is ever agreed on that would give these bits a meaning.
    guard first & 0x70 == 0 else { throw .reservedBitsSet }
    guard let opcode = Opcode(rawValue: first & 0x0F) else { throw .opcodeUnknown }
    let isFinal = first & 0x80 != 0
    guard isFinal || !opcode.isControl else { throw .controlFragmented }
    guard bytes.count >= 2 else { return nil }
    let isMasked = bytes[1] & 0x80 != 0
    guard isMasked == expectsMask else { throw expectsMask ? .maskMissing : .maskUnexpected }
    let short = Int(bytes[1] & 0x7F)
    guard short < 126 || !opcode.isControl else { throw .controlTooLong }
    let lengthCount = short < 126 ? 0 : short == 126 ? 2 : 8
    let headerCount = 2 + lengthCount + (isMasked ? 4 : 0)
    guard bytes.count >= 2 + lengthCount else { return nil }
    let length = try Self.length(short, UnsafeBufferPointer(rebasing: bytes[2..<(2 + lengthCount)]))
    guard bytes.count >= headerCount else { return nil }
    let key = bytes[(2 + lengthCount)..<headerCount].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    state = .payload(remaining: length, mask: isMasked ? Mask(key: key) : nil)
    return (FrameHeader(isFinal: isFinal, opcode: opcode, count: length), headerCount)
  }

  private static func length(_ short: Int, _ long: UnsafeBufferPointer<UInt8>) throws(FrameError) -> Int {
    guard !long.isEmpty else { return short }
    let length = long.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length >= (long.count == 2 ? 126 : 0x1_0000) else { throw .lengthNotMinimal }
    guard let length = Int(exactly: length) else { throw .lengthInvalid }
    return length
  }
}
