/// Reads content in the chunked coding (RFC 9112 §7.1).
struct ChunkedBody: Sendable {
  enum Part {
    case data(Range<Int>)
    case end(Fields)
  }

  private enum State {
    case sizeLine
    case data(remaining: Int)
    case dataEnd
    case trailer
  }

  private let limits: Limits
  private var state = State.sizeLine
  private var allowance: Int
  /// The unfinished size line, or the trailer section up to here.
  private var kept: [UInt8] = []
  private var scan = LineScan()
  private var trailers: [Fields.Line] = []

  /// - Parameter allowance: the octets that the content may have.
  init(limits: Limits, allowance: Int) {
    self.limits = limits
    self.allowance = allowance
  }

  mutating func next(in bytes: UnsafeBufferPointer<UInt8>, at offset: inout Int) throws(ParseError) -> Part? {
    while offset < bytes.count {
      switch state {
      case .sizeLine:
        guard let size = try readSizeLine(bytes, &offset) else { return nil }
        state = size == 0 ? .trailer : .data(remaining: size)
      case .data(let remaining):
        let end = offset + min(remaining, bytes.count - offset)
        state = end - offset == remaining ? .dataEnd : .data(remaining: remaining - (end - offset))
        defer { offset = end }
        return .data(offset..<end)
      case .dataEnd:
        guard try readDataEnd(bytes, &offset) else { return nil }
        state = .sizeLine
      case .trailer:
        return try readTrailer(bytes, &offset).map { .end($0) }
      }
    }
    return nil
  }

  private mutating func readSizeLine(
    _ bytes: UnsafeBufferPointer<UInt8>, _ offset: inout Int
  ) throws(ParseError) -> Int? {
    while offset < bytes.count {
      kept.append(bytes[offset])
      offset += 1
      let line = try kept.withUnsafeBufferPointer { kept throws(ParseError) in
        let line = try scan.next(in: kept)
        if (line?.count ?? scan.unfinishedCount(in: kept)) > limits.chunkLineBytes {
          throw ParseError.chunkLineTooLong
        }
        return line
      }
      guard let line else { continue }
      let size = try kept.withUnsafeBufferPointer { kept throws(ParseError) in
        try Self.size(UnsafeBufferPointer(rebasing: kept[line]))
      }
      kept = []
      scan = LineScan()
      guard size <= allowance else { throw .bodyTooLarge }
      allowance -= size
      return size
    }
    return nil
  }

  /// `chunk-size [ chunk-ext ]`. Extensions mean nothing here, but must not hide anything.
  private static func size(_ line: UnsafeBufferPointer<UInt8>) throws(ParseError) -> Int {
    var size = 0
    var index = 0
    while index < line.count, let digit = ASCII.hexValue(line[index]) {
      // Beyond any allowance, whatever follows; and `Int` must not overflow.
      size = size > Int.max >> 5 ? Int.max >> 4 : size << 4 | Int(digit)
      index += 1
    }
    guard index > 0 else { throw .chunkInvalid }
    if index < line.count {
      var extensionStart = index
      while extensionStart < line.count, ASCII.isBlank(line[extensionStart]) { extensionStart += 1 }
      guard extensionStart < line.count, line[extensionStart] == UInt8(ascii: ";"),
        line[extensionStart...].allSatisfy(ASCII.isFieldValue)
      else { throw .chunkInvalid }
    }
    return size
  }

  private mutating func readDataEnd(
    _ bytes: UnsafeBufferPointer<UInt8>, _ offset: inout Int
  ) throws(ParseError) -> Bool {
    while offset < bytes.count {
      kept.append(bytes[offset])
      offset += 1
      if kept == [ASCII.carriageReturn] { continue }
      guard kept == [ASCII.carriageReturn, ASCII.lineFeed] else { throw .chunkInvalid }
      kept = []
      return true
    }
    return false
  }

  private mutating func readTrailer(
    _ bytes: UnsafeBufferPointer<UInt8>, _ offset: inout Int
  ) throws(ParseError) -> Fields? {
    while offset < bytes.count {
      kept.append(bytes[offset])
      offset += 1
      guard kept.count <= limits.trailerBytes else { throw .trailerTooLarge }
      let isEnd = try kept.withUnsafeBufferPointer { kept throws(ParseError) -> Bool in
        guard let line = try scan.next(in: kept) else { return false }
        if line.isEmpty { return true }
        guard trailers.count < limits.fieldCount else { throw ParseError.fieldsTooMany }
        trailers.append(try FieldLine.parse(line, in: kept))
        return false
      }
      if isEnd { return Fields(received: kept, lines: trailers) }
    }
    return nil
  }
}
