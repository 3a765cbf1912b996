import HTTPWire

/// What comes of the octets of a connection does not depend on their pieces, and holds the limits.
enum RequestFuzz {
  private static let limits = Limits(
    requestLineBytes: 256, headBytes: 1024, fieldCount: 16, bodyBytes: 512, chunkLineBytes: 32,
    trailerBytes: 128)
  private static let chunkedHead = Array(
    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)

  static func request(_ octets: [UInt8]) {
    let (whole, pieces) = divisions(octets)
    precondition(transcript(whole) == transcript(pieces), "the pieces matter")
  }

  static func chunked(_ octets: [UInt8]) {
    let (whole, pieces) = divisions(octets)
    precondition(
      transcript([chunkedHead + whole[0]]) == transcript([chunkedHead] + pieces), "the pieces matter")
  }

  private struct Transcript: Equatable {
    var lines: [String] = []
    var body: [UInt8] = []
    var error: ParseError?
  }

  private static func transcript(_ pieces: [[UInt8]]) -> Transcript {
    var transcript = Transcript()
    var parser = RequestParser(limits: limits)
    do throws(ParseError) {
      for piece in pieces {
        var offset = 0
        while let part = try parser.next(in: piece.span, at: &offset) {
          add(part, of: piece, to: &transcript)
        }
        precondition(offset == piece.count, "nil means that all was read")
      }
    } catch {
      transcript.error = error
    }
    return transcript
  }

  private static func add(_ part: RequestParser.Part, of piece: [UInt8], to transcript: inout Transcript) {
    switch part {
    case .head(let head):
      transcript.lines.append("\(head.method) \(head.path) \(head.queryText) \(head.authority ?? "")")
      for (name, value) in head.fields.all { transcript.lines.append("\(name): \(value)") }
      for item in head.query.items { transcript.lines.append("\(item)") }
      // Only a handshake's own error may come of it.
      _ = try? WebSocketHandshake(head)
      transcript.body = []
    case .body(let range):
      transcript.body += piece[range]
      precondition(transcript.body.count <= limits.bodyBytes, "more content than the limit")
    case .end(let trailers):
      transcript.lines.append("\(transcript.body.count) octets")
      for (name, value) in trailers.all { transcript.lines.append("\(name): \(value)") }
    }
  }
}
