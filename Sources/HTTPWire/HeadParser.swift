/// Reads a head line by line from octets that grow. What it says depends on the octets only, not on the pieces in which they came.
struct HeadParser: Sendable {
  private let limits: Limits
  private var scan = LineScan()
  private var requestLine: RequestLine?
  private var lines: [Fields.Line] = []
  private var meaning = HeadMeaning()

  init(limits: Limits) {
    self.limits = limits
  }

  /// Reads on in `bytes`, which begin where the head does. Returns the head and how many octets it has, or nil if its end has not come.
  mutating func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(ParseError) -> (
    head: RequestHead, count: Int
  )? {
    while let line = try nextLine(in: bytes) {
      if let requestLine {
        guard line.isEmpty else {
          try addField(line, in: bytes)
          continue
        }
        let head = try makeHead(requestLine, in: UnsafeBufferPointer(rebasing: bytes[..<scan.start]))
        return (head, scan.start)
      }
      // RFC 9112 §2.2: an empty line before the request line is ignored.
      guard !line.isEmpty || line.lowerBound > 2 else { continue }
      requestLine = try RequestLine(line, in: bytes)
    }
    return nil
  }

  private mutating func nextLine(in bytes: UnsafeBufferPointer<UInt8>) throws(ParseError) -> Range<Int>? {
    let found: Range<Int>?
    do throws(ParseError) {
      found = try scan.next(in: bytes)
    } catch {
      // Had it come octet by octet, what is too long would have been refused before the bare LF came.
      try checkLimits(lineCount: scan.searched - scan.start, total: scan.searched)
      throw error
    }
    guard let line = found else {
      try checkLimits(lineCount: scan.unfinishedCount(in: bytes), total: bytes.count)
      return nil
    }
    try checkLimits(lineCount: line.count, total: scan.start)
    return line
  }

  private func checkLimits(lineCount: Int, total: Int) throws(ParseError) {
    if requestLine == nil, lineCount > limits.requestLineBytes { throw .requestLineTooLong }
    if total > limits.headBytes { throw .headTooLarge }
  }

  private mutating func addField(_ line: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) throws(ParseError)
  {
    guard lines.count < limits.fieldCount else { throw .fieldsTooMany }
    let field = try FieldLine.parse(line, in: bytes)
    if lines.isEmpty { lines.reserveCapacity(8) }
    lines.append(field)
    try meaning.add(field, in: bytes)
  }

  private func makeHead(
    _ requestLine: RequestLine, in bytes: UnsafeBufferPointer<UInt8>
  ) throws(ParseError) -> RequestHead {
    let framing = try meaning.framing(version: requestLine.version)
    if requestLine.version == .http11, !meaning.hasHost { throw .hostMissing }
    return RequestHead(
      method: requestLine.method, version: requestLine.version,
      fields: Fields(received: Array(bytes), lines: lines), framing: framing,
      keepsAlive: meaning.keepsAlive(version: requestLine.version),
      // RFC 9110 §10.1.1: an expectation in a 1.0 request is ignored; so is one without content.
      expectsContinue: meaning.expectsContinue && requestLine.version == .http11 && framing != .none
        && framing != .length(0),
      target: requestLine.target)
  }
}
