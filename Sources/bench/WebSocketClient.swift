import HTTPServer
import HTTPWire

/// The client's end of a WebSocket, as far as a load needs it. What is said on it is a subclass's.
class WebSocketClient: ClientConnection {
  private let handshake: [UInt8]
  private var head: [UInt8] = []
  private var isUpgraded = false
  private var decoder = FrameDecoder(expectsMask: false)
  private var message: [UInt8] = []
  private var header: FrameHeader?

  /// - Parameter fields: further lines of the handshake, each ended by CRLF.
  init(port: UInt16, on loop: ClientLoop, path: String, fields: String = "") {
    handshake = Array(
      """
      GET \(path) HTTP/1.1\r
      Host: 127.0.0.1:\(port)\r
      Origin: http://127.0.0.1:\(port)\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Version: 13\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      \(fields)\r

      """.utf8)
    super.init(port: port, on: loop)
  }

  /// The handshake is done.
  func upgraded() {}

  /// A whole message came; it lies there until this returns.
  func message(_ text: UnsafeBufferPointer<UInt8>) {}

  final func send(text: [UInt8]) {
    send(Self.frame(text: text))
  }

  /// A message as it is sent.
  static func frame(text: [UInt8]) -> [UInt8] {
    FrameEncoder.encodeMasked(.text, text, key: 0x5A17_C3E9)
  }

  override func opened() {
    send(handshake)
  }

  override func received(_ bytes: UnsafeMutableBufferPointer<UInt8>) {
    guard !isUpgraded else { return read(bytes) }
    head += bytes
    guard let answer = head.withUnsafeBufferPointer({ AnswerHead($0) }) else { return }
    guard answer.status == 101 else { fail("the server refuses the handshake: \(answer.status)") }
    isUpgraded = true
    upgraded()
    var early = Array(head[answer.count...])
    head = []
    early.withUnsafeMutableBufferPointer { read($0) }
  }

  private func read(_ bytes: UnsafeMutableBufferPointer<UInt8>) {
    var span = MutableSpan(_unsafeElements: bytes)
    var offset = 0
    do throws(FrameError) {
      while let part = try decoder.next(in: &span, at: &offset) {
        switch part {
        case .header(let header): self.header = header
        case .payload(let range, let isLast):
          take(UnsafeBufferPointer(rebasing: bytes[range]), isLast: isLast)
        }
      }
    } catch {
      fail("the server sends what is no frame: \(error)")
    }
  }

  private func take(_ piece: UnsafeBufferPointer<UInt8>, isLast: Bool) {
    if isLast, message.isEmpty { return end(piece) }
    message += piece
    guard isLast else { return }
    let whole = message
    message.removeAll(keepingCapacity: true)
    whole.withUnsafeBufferPointer { end($0) }
  }

  private func end(_ payload: UnsafeBufferPointer<UInt8>) {
    switch header?.opcode {
    case .text, .binary: message(payload)
    case .ping: send(FrameEncoder.encodeMasked(.pong, Array(payload), key: 0x5A17_C3E9))
    case .close: fail("the server closes a WebSocket")
    case .pong, .continuation, nil: return
    }
  }
}
