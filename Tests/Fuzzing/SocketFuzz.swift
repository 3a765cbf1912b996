import HTTPWire

/// Frames and messages do not depend on the pieces in which they come; a text is UTF-8; no message passes the limit.
enum SocketFuzz {
  private static let limit = 512

  static func frame(_ octets: [UInt8]) {
    let (whole, pieces) = divisions(octets)
    precondition(frames(whole) == frames(pieces), "the pieces matter")
  }

  static func message(_ octets: [UInt8]) {
    let (whole, pieces) = divisions(octets)
    precondition(events(whole) == events(pieces), "the pieces matter")
  }

  private struct Outcome<Found: Equatable>: Equatable {
    var found: [Found] = []
    var payload: [UInt8] = []
    var error: FrameError?
  }

  private static func frames(_ pieces: [[UInt8]]) -> Outcome<FrameHeader> {
    var outcome = Outcome<FrameHeader>()
    var decoder = FrameDecoder(expectsMask: true)
    do throws(FrameError) {
      for var piece in pieces {
        var offset = 0
        while let part = try next(&decoder, &piece, &offset) {
          switch part {
          case .header(let header): outcome.found.append(header)
          case .payload(let range, _): outcome.payload += piece[range]
          }
        }
        precondition(offset == piece.count, "nil means that all was read")
      }
    } catch {
      outcome.error = error
    }
    return outcome
  }

  private static func next(
    _ decoder: inout FrameDecoder, _ piece: inout [UInt8], _ offset: inout Int
  ) throws(FrameError) -> FrameDecoder.Part? {
    var span = piece.mutableSpan
    return try decoder.next(in: &span, at: &offset)
  }

  private static func events(_ pieces: [[UInt8]]) -> Outcome<MessageAssembler.Event> {
    var outcome = Outcome<MessageAssembler.Event>()
    var assembler = MessageAssembler(limit: limit)
    do throws(FrameError) {
      for var piece in pieces {
        var offset = 0
        while let event = try next(&assembler, &piece, &offset) {
          check(event)
          outcome.found.append(event)
        }
        precondition(offset == piece.count, "nil means that all was read")
      }
    } catch {
      outcome.error = error
    }
    return outcome
  }

  private static func next(
    _ assembler: inout MessageAssembler, _ piece: inout [UInt8], _ offset: inout Int
  ) throws(FrameError) -> MessageAssembler.Event? {
    var span = piece.mutableSpan
    return try assembler.next(in: &span, at: &offset)
  }

  private static func check(_ event: MessageAssembler.Event) {
    switch event {
    case .message(let message):
      precondition(message.payload.count <= limit, "longer than the limit")
      if case .text(let text) = message {
        precondition(String(validating: text, as: UTF8.self) != nil, "a text that is no UTF-8")
      }
    case .ping(let payload), .pong(let payload):
      precondition(payload.count <= 125, "longer than control may be")
    case .close: break
    }
  }
}
