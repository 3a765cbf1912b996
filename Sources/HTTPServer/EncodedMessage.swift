package import HTTPWire

/// A message in the form in which it is sent: encoded once, offered to any number of outboxes, which share its bytes.
package struct EncodedMessage: Sendable {
  let frame: [UInt8]

  /// `text` must be UTF-8.
  package init(text: [UInt8]) { frame = FrameEncoder.encode(.text, text) }

  package init(text: String) {
    var text = text
    frame = text.withUTF8 { FrameEncoder.encode(.text, $0) }
  }

  package init(binary: [UInt8]) { frame = FrameEncoder.encode(.binary, binary) }

  /// What a peer sent, to be sent on.
  package init(_ message: WebSocketMessage) {
    switch message {
    case .text(let bytes): self.init(text: bytes)
    case .binary(let bytes): self.init(binary: bytes)
    }
  }

  /// Frames of the protocol itself.
  init(frame: [UInt8]) { self.frame = frame }

  /// The octets on the wire.
  package var count: Int { frame.count }
}
