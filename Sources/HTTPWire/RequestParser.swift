/// Makes requests of the octets of a connection, in whatever pieces they come.
///
/// It is strict where RFC 9112 lets a server be (§2.2, §3.2, §5.1, §5.2, §6.1, §6.3): what two programs could read differently is
/// refused. After an error it must not be used again. It keeps no more than an unfinished head, within ``Limits``.
package struct RequestParser: Sendable {
  package enum Part: Sendable {
    case head(RequestHead)
    /// Content, by where it stands in the octets that were lent.
    case body(Range<Int>)
    /// The request is whole. The trailer section is empty unless the content was chunked.
    case end(trailers: Fields)
  }

  private enum State {
    case head
    case framed(BodyFraming)
    case length(remaining: Int)
    case chunked(ChunkedBody)
  }

  private let limits: Limits
  private var state = State.head
  private var headParser: HeadParser
  private var partialHead: [UInt8] = []
  private var bodyLimit: Int

  package init(limits: Limits = Limits()) {
    self.limits = limits
    headParser = HeadParser(limits: limits)
    bodyLimit = limits.bodyBytes
  }

  /// Whether nothing of a next request has come, but perhaps the empty line that may stand before it.
  package private(set) var isBetweenRequests = true

  /// Takes the next part from `bytes`, moving `offset` past what was read; nil if it needs more. After nil everything was read.
  package mutating func next(in bytes: Span<UInt8>, at offset: inout Int) throws(ParseError) -> Part? {
    try bytes.withUnsafeBufferPointer { bytes throws(ParseError) in
      try next(in: bytes, at: &offset)
    }
  }

  /// Sets how many octets the content of the request may have whose head was just read, instead of ``Limits/bodyBytes``.
  ///
  /// - Throws: ``ParseError/bodyTooLarge`` if the head declares more: nothing of it need be read.
  package mutating func limitBody(to limit: Int) throws(ParseError) {
    bodyLimit = limit
    if case .framed(.length(let length)) = state, length > limit { throw .bodyTooLarge }
  }

  /// Takes the end of a request whose head says that it has no content: what ``next(in:at:)`` would find next.
  package mutating func endWithoutContent() {
    guard case .framed(.none) = state else { preconditionFailure("the request has content, or no head") }
    _ = end(Fields())
  }

  private mutating func next(
    in bytes: UnsafeBufferPointer<UInt8>, at offset: inout Int
  ) throws(ParseError) -> Part? {
    switch state {
    case .head:
      return try nextHead(in: bytes, at: &offset).map { .head($0) }
    case .framed(.none):
      return end(Fields())
    case .framed(.length(let length)):
      guard length <= bodyLimit else { throw .bodyTooLarge }
      state = .length(remaining: length)
      return try next(in: bytes, at: &offset)
    case .framed(.chunked):
      state = .chunked(ChunkedBody(limits: limits, allowance: bodyLimit))
      return try next(in: bytes, at: &offset)
    case .length(remaining: 0):
      return end(Fields())
    case .length(let remaining):
      guard offset < bytes.count else { return nil }
      let part = offset..<(offset + min(remaining, bytes.count - offset))
      state = .length(remaining: remaining - part.count)
      offset = part.upperBound
      return .body(part)
    case .chunked(var chunks):
      // Without this the state and the copy would share the buffers within, and each octet would copy them.
      state = .head
      let part = try chunks.next(in: bytes, at: &offset)
      state = .chunked(chunks)
      switch part {
      case .data(let range): return .body(range)
      case .end(let trailers): return end(trailers)
      case nil: return nil
      }
    }
  }

  private mutating func nextHead(
    in bytes: UnsafeBufferPointer<UInt8>, at offset: inout Int
  ) throws(ParseError) -> RequestHead? {
    guard offset < bytes.count else { return nil }
    let fresh = UnsafeBufferPointer(rebasing: bytes[offset...])
    if partialHead.isEmpty {
      if let (head, count) = try headParser.parse(fresh) {
        offset += count
        return begin(head)
      }
      partialHead = Array(fresh)
      noteWhetherBetween()
      offset = bytes.count
      return nil
    }
    // Never more than the limit and one octet, which is enough to see that the limit was passed.
    let before = partialHead.count
    partialHead.append(contentsOf: fresh.prefix(limits.headBytes + 1 - before))
    let found = try partialHead.withUnsafeBufferPointer { partial throws(ParseError) in
      try headParser.parse(partial)
    }
    guard let (head, count) = found else {
      noteWhetherBetween()
      offset = bytes.count
      return nil
    }
    offset += count - before
    return begin(head)
  }

  private mutating func noteWhetherBetween() {
    isBetweenRequests = partialHead.allSatisfy { $0 == ASCII.carriageReturn || $0 == ASCII.lineFeed }
  }

  private mutating func begin(_ head: RequestHead) -> RequestHead {
    isBetweenRequests = false
    partialHead = []
    headParser = HeadParser(limits: limits)
    bodyLimit = limits.bodyBytes
    state = .framed(head.framing)
    return head
  }

  private mutating func end(_ trailers: Fields) -> Part {
    state = .head
    isBetweenRequests = true
    return .end(trailers: trailers)
  }
}
