import HTTPWire

/// A client's end of a WebSocket.
actor ClientSocket {
  enum Event: Hashable {
    case message(WebSocketMessage)
    case ping([UInt8])
    case pong([UInt8])
    case close(CloseCode?)
    /// The connection ended.
    case ended
    case failed(FrameError)
  }

  let wire: Wire
  /// What the server answered to the handshake.
  let head: String
  private var assembler = MessageAssembler(limit: 64 << 20, expectsMask: false)
  private var received: [UInt8] = []
  private var offset = 0

  static let handshake = """
    Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n
    """

  /// Opens one; `early` is sent right behind the handshake.
  init(_ wire: Wire, path: String, early: [UInt8] = []) async {
    self.wire = wire
    await wire.send(Array("GET \(path) HTTP/1.1\r\nHost: a\r\n\(Self.handshake)\r\n".utf8) + early)
    head = await wire.receive(until: "\r\n\r\n")
  }

  func send(_ opcode: Opcode, _ payload: [UInt8] = [], isFinal: Bool = true) async {
    await wire.send(FrameEncoder.encodeMasked(opcode, payload, key: 0x1234_5678, isFinal: isFinal))
  }

  func send(text: String) async {
    await send(.text, Array(text.utf8))
  }

  func close(_ code: CloseCode = .normal) async {
    await send(.close, [UInt8(code.value >> 8), UInt8(code.value & 0xFF)])
  }

  func receive() async -> Event {
    while true {
      do throws(FrameError) {
        if let event = try next() { return event }
      } catch {
        return .failed(error)
      }
      received = await wire.receiveSome()
      offset = 0
      if received.isEmpty { return .ended }
    }
  }

  func receiveText() async -> String? {
    guard case .message(.text(let bytes)) = await receive() else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func next() throws(FrameError) -> Event? {
    var span = received.mutableSpan
    return switch try assembler.next(in: &span, at: &offset) {
    case .message(let message): .message(message)
    case .ping(let payload): .ping(payload)
    case .pong(let payload): .pong(payload)
    case .close(let code): .close(code)
    case nil: nil
    }
  }
}
