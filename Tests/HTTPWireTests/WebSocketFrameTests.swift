import HTTPWire
import Testing

@Suite("Messages are read from frames")
struct WebSocketFrameTests {
  static let frames = WireCase.load("websocket/frames.txt", octets: WireCase.hexAndTexts)
  static let failures = WireCase.load("websocket/failures.txt", octets: WireCase.hexAndTexts)

  @Test("what comes of octets does not depend on the pieces in which they come", arguments: frames + failures)
  func divisions(_ wire: WireCase) {
    let outcome = wire.outcome.map { line in
      line.hasPrefix("text ") ? String(decoding: WireCase.unescape(line[...]), as: UTF8.self) : line
    }
    for pieces in wire.divisions {
      #expect(Self.transcript(pieces, limit: 0xFFFF) == outcome, "in pieces of \(pieces.map(\.count))")
    }
  }

  @Test("every error has a case, but that of a client's end")
  func everyErrorHasACase() {
    let seen = Self.failures.flatMap(\.outcome).joined(separator: "\n")
    for error in FrameError.allCases where error != .maskUnexpected {
      #expect(seen.contains("fail \(error) \(CloseCode(error))"), "\(error)")
    }
  }

  @Test("a client refuses a masked frame")
  func clientEnd() {
    var assembler = MessageAssembler(limit: 10, expectsMask: false)
    var octets = FrameEncoder.encodeMasked(.text, [0x61], key: 1)
    var offset = 0
    #expect(throws: FrameError.maskUnexpected) {
      var span = octets.mutableSpan
      _ = try assembler.next(in: &span, at: &offset)
    }
  }

  @Test("the limit of a message is held to the octet, in one frame and in fragments", arguments: [-1, 0, 1])
  func messageLimit(_ excess: Int) {
    let limit = 1000
    let payload = [UInt8](repeating: 0x61, count: limit + excess)
    let whole = FrameEncoder.encodeMasked(.text, payload, key: 0x0102_0304)
    let fragments =
      FrameEncoder.encodeMasked(.text, Array(payload[..<600]), key: 7, isFinal: false)
      + FrameEncoder.encodeMasked(.continuation, Array(payload[600...]), key: 9)
    let outcome =
      excess > 0 ? "fail messageTooBig 1009" : "text \(String(repeating: "a", count: payload.count))"
    for octets in [whole, fragments] {
      #expect(Self.transcript([octets], limit: limit) == [outcome])
      #expect(Self.transcript(octets.map { [$0] }, limit: limit) == [outcome])
    }
  }

  @Test(
    "each length is written in its shortest form and read back",
    arguments: [0, 1, 7, 8, 9, 125, 126, 127, 0xFFFF, 0x1_0000, 0x1_0001])
  func lengths(_ count: Int) {
    let payload = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let server = FrameEncoder.encode(.binary, payload)
    #expect(server.count == count + (count < 126 ? 2 : count < 0x1_0000 ? 4 : 10))
    #expect(Self.messages([server], expectsMask: false) == [.message(.binary(payload))])
    let client = FrameEncoder.encodeMasked(.binary, payload, key: 0xDEAD_BEEF)
    #expect(Self.messages([client], expectsMask: true) == [.message(.binary(payload))])
    // Cuts at odd places try the rotation of the mask.
    let cuts = [Array(client.prefix(11)), Array(client.dropFirst(11).prefix(5)), Array(client.dropFirst(16))]
    #expect(Self.messages(cuts, expectsMask: true) == [.message(.binary(payload))])
  }

  @Test("a close frame bears its code")
  func closeFrame() {
    #expect(Self.messages([FrameEncoder.close(.lagging)], expectsMask: false) == [.close(.lagging)])
    #expect(FrameEncoder.close(.normal) == [0x88, 0x02, 0x03, 0xE8])
  }

  private static func messages(_ pieces: [[UInt8]], expectsMask: Bool) -> [MessageAssembler.Event] {
    var assembler = MessageAssembler(limit: 1 << 20, expectsMask: expectsMask)
    var events: [MessageAssembler.Event] = []
    do throws(FrameError) {
      for var piece in pieces {
        var offset = 0
        var span = piece.mutableSpan
        while let event = try assembler.next(in: &span, at: &offset) { events.append(event) }
      }
    } catch {
      Issue.record("\(error)")
    }
    return events
  }

  private static func transcript(_ pieces: [[UInt8]], limit: Int) -> [String] {
    var assembler = MessageAssembler(limit: limit)
    var lines: [String] = []
    do throws(FrameError) {
      for var piece in pieces {
        var offset = 0
        var span = piece.mutableSpan
        while let event = try assembler.next(in: &span, at: &offset) { lines.append(line(event)) }
      }
    } catch {
      lines.append("fail \(error) \(CloseCode(error))")
    }
    return lines
  }

  private static func line(_ event: MessageAssembler.Event) -> String {
    switch event {
    case .message(.text(let bytes)): "text " + String(decoding: bytes, as: UTF8.self)
    case .message(.binary(let bytes)): "binary " + hex(bytes)
    case .ping(let bytes): "ping " + hex(bytes)
    case .pong(let bytes): "pong " + hex(bytes)
    case .close(let code): code.map { "close \($0)" } ?? "close"
    }
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
