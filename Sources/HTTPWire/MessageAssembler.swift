/// Makes messages of frames: joins fragments, lets control frames pass between them (RFC 6455 §5.4), checks text as it arrives, and
/// refuses a message that would pass the limit before it is kept.
package struct MessageAssembler: Sendable {
  package enum Event: Hashable, Sendable {
    case message(WebSocketMessage)
    case ping([UInt8])
    case pong([UInt8])
    /// The peer closes; nil if it gave no code. Nothing after it counts.
    case close(CloseCode?)
  }

  private let limit: Int
  private var decoder: FrameDecoder
  private var frame: FrameHeader?
  /// The payload of the control frame that is under way.
  private var control: [UInt8] = []
  /// The opcode of the first fragment, while a message is under way.
  private var kind: Opcode?
  private var message: [UInt8] = []
  private var text = UTF8Validation()
  /// The frames since ``takeSideFrames()`` that were not the last of a message.
  private var sideFrames = 0

  /// - Parameters:
  ///   - limit: the octets that a message may have, all fragments together.
  ///   - expectsMask: see ``FrameDecoder``.
  package init(limit: Int, expectsMask: Bool = true) {
    self.limit = limit
    decoder = FrameDecoder(expectsMask: expectsMask)
  }

  /// Takes the next event from `bytes`, moving `offset` past what was read; nil if it needs more. After nil everything was read.
  /// Payloads are unmasked in place. After an error it must not be used again.
  package mutating func next(
    in bytes: inout MutableSpan<UInt8>, at offset: inout Int
  ) throws(FrameError) -> Event? {
    try bytes.withUnsafeMutableBufferPointer { bytes throws(FrameError) in
      while let part = try decoder.next(in: bytes, at: &offset) {
        switch part {
        case .header(let header):
          try begin(header)
        case .payload(let range, let isLast):
          let payload = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(bytes)[range])
          if let event = try add(payload, isLast: isLast) { return event }
        }
      }
      return nil
    }
  }

  /// How many frames came since this was last asked that were pings, pongs, or fragments before a message's last: they cost work and
  /// bring no message, and nothing else bounds their number.
  package mutating func takeSideFrames() -> Int {
    defer { sideFrames = 0 }
    return sideFrames
  }

  private mutating func begin(_ header: FrameHeader) throws(FrameError) {
    frame = header
    if header.opcode.isControl || !header.isFinal { sideFrames += 1 }
    switch header.opcode {
    case .close, .ping, .pong:
      return
    case .continuation:
      guard kind != nil else { throw .continuationUnexpected }
    case .text, .binary:
      guard kind == nil else { throw .messageInterrupted }
      kind = header.opcode
    }
    guard header.count <= limit - message.count else { throw .messageTooBig }
  }

  private mutating func add(
    _ payload: UnsafeBufferPointer<UInt8>, isLast: Bool
  ) throws(FrameError) -> Event? {
    guard let frame else { return nil }
    guard !frame.opcode.isControl else {
      control.append(contentsOf: payload)
      return isLast ? try endControl(frame.opcode) : nil
    }
    message.append(contentsOf: payload)
    if kind == .text, !text.accept(UnsafeRawBufferPointer(payload)) { throw .textInvalid }
    return isLast && frame.isFinal ? try endMessage() : nil
  }

  private mutating func endMessage() throws(FrameError) -> Event {
    guard text.isComplete else { throw .textInvalid }
    let whole: WebSocketMessage = kind == .text ? .text(message) : .binary(message)
    kind = nil
    message = []
    return .message(whole)
  }

  private mutating func endControl(_ opcode: Opcode) throws(FrameError) -> Event {
    let payload = control
    control = []
    switch opcode {
    case .ping: return .ping(payload)
    case .pong: return .pong(payload)
    case .close, .continuation, .text, .binary: return .close(try Self.closeCode(payload))
    }
  }

  // RFC 6455 §5.5.1: no payload, or a code of two octets and a reason in UTF-8.
  private static func closeCode(_ payload: [UInt8]) throws(FrameError) -> CloseCode? {
    guard !payload.isEmpty else { return nil }
    guard payload.count >= 2 else { throw .closeInvalid }
    guard let code = CloseCode(UInt16(payload[0]) << 8 | UInt16(payload[1])) else { throw .closeCodeInvalid }
    var reason = UTF8Validation()
    let isText = payload.withUnsafeBytes { reason.accept(UnsafeRawBufferPointer(rebasing: $0[2...])) }
    guard isText, reason.isComplete else { throw .closeReasonInvalid }
    return code
  }
}
