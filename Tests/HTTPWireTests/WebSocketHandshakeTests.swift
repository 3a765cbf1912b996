import HTTPWire
import Testing

@Suite("The opening handshake is that of RFC 6455 §4")
struct WebSocketHandshakeTests {
  private static func handshake(
    _ change: (String) -> String = { $0 }
  ) throws -> WebSocketHandshake {
    let text = change(
      """
      GET /chat HTTP/1.1\r
      Host: server.example.com\r
      Upgrade: websocket\r
      Connection: keep-alive, Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Protocol: chat, superchat\r
      Sec-WebSocket-Version: 13\r
      Sec-WebSocket-Extensions: permessage-deflate\r
      \r

      """)
    let octets = Array(text.utf8)
    var parser = RequestParser()
    var offset = 0
    guard case .head(let head) = try parser.next(in: octets.span, at: &offset) else {
      throw HandshakeError.malformed
    }
    return try WebSocketHandshake(head)
  }

  @Test("the example of RFC 6455 §1.3 is accepted, its extension declined")
  func example() throws {
    let handshake = try Self.handshake()
    #expect(handshake.subprotocols == ["chat", "superchat"])
    let fields = handshake.fields(subprotocol: "chat")
    #expect(fields["Sec-WebSocket-Accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    #expect(fields[.upgrade] == "websocket")
    #expect(fields["Sec-WebSocket-Protocol"] == "chat")
    #expect(!fields.contains("Sec-WebSocket-Extensions"))
    #expect(!handshake.fields(subprotocol: nil).contains("Sec-WebSocket-Protocol"))
  }

  @Test("names are compared without regard to case")
  func caseless() throws {
    _ = try Self.handshake {
      $0.replacing("websocket\r", with: "WebSocket\r").replacing("Upgrade\r", with: "UPGRADE\r")
    }
  }

  @Test(
    "what is no handshake is refused",
    arguments: [
      ("Upgrade: websocket", "Upgrade: h2c", HandshakeError.notUpgrade),
      ("Upgrade: websocket\r\n", "", .notUpgrade),
      ("Connection: keep-alive, Upgrade", "Connection: keep-alive", .notUpgrade),
      ("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8", .versionNotSupported),
      ("Sec-WebSocket-Version: 13\r\n", "", .versionNotSupported),
      (
        "Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Version: 8",
        .versionNotSupported
      ),
      ("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25j", .malformed),
      ("dGhlIHNhbXBsZSBub25jZQ==", "no base64, but 24 long==", .malformed),
      ("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", "", .malformed),
      ("GET", "POST", .malformed),
    ])
  func refused(_ old: String, _ new: String, _ error: HandshakeError) {
    #expect(throws: error) { try Self.handshake { $0.replacing(old, with: new) } }
  }
}
