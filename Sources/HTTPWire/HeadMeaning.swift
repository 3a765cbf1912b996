/// What the fields of a head say about the message itself: its framing, its host, its connection.
struct HeadMeaning: Sendable {
  private(set) var hasHost = false
  private(set) var expectsContinue = false
  private var contentLength: Int?
  private var isChunked = false
  private var closes = false
  private var asksToKeepAlive = false

  mutating func add(_ field: Fields.Line, in bytes: UnsafeBufferPointer<UInt8>) throws(ParseError) {
    let name = UnsafeBufferPointer(rebasing: bytes[Int(field.name.lowerBound)..<Int(field.name.upperBound)])
    let value = UnsafeBufferPointer(
      rebasing: bytes[Int(field.value.lowerBound)..<Int(field.value.upperBound)])
    switch name.count {
    case 4 where name.equalsIgnoringCase("Host"): try addHost(value)
    case 6 where name.equalsIgnoringCase("Expect"): try addExpectation(value)
    case 10 where name.equalsIgnoringCase("Connection"): addConnection(value)
    case 14 where name.equalsIgnoringCase("Content-Length"): try addContentLength(value)
    case 17 where name.equalsIgnoringCase("Transfer-Encoding"): try addTransferEncoding(value)
    default: break
    }
  }

  /// RFC 9112 §6.3. A length beside a coding, or a coding in a 1.0 request, is how requests are smuggled past a proxy: refused.
  func framing(version: HTTPVersion) throws(ParseError) -> BodyFraming {
    if isChunked {
      guard contentLength == nil, version == .http11 else { throw .framingAmbiguous }
      return .chunked
    }
    return contentLength.map { .length($0) } ?? .none
  }

  /// RFC 9112 §9.3.
  func keepsAlive(version: HTTPVersion) -> Bool {
    !closes && (version == .http11 || asksToKeepAlive)
  }

  // RFC 9112 §3.2: exactly one, and a valid one.
  private mutating func addHost(_ value: UnsafeBufferPointer<UInt8>) throws(ParseError) {
    guard !hasHost else { throw .hostRepeated }
    guard Authority.isValid(value) else { throw .hostInvalid }
    hasHost = true
  }

  private mutating func addExpectation(_ value: UnsafeBufferPointer<UInt8>) throws(ParseError) {
    guard value.equalsIgnoringCase("100-continue") else { throw .expectationInvalid }
    expectsContinue = true
  }

  private mutating func addConnection(_ value: UnsafeBufferPointer<UInt8>) {
    for option in value.split(separator: UInt8(ascii: ",")) {
      let option = UnsafeBufferPointer(rebasing: option).trimmed()
      if option.equalsIgnoringCase("close") { closes = true }
      if option.equalsIgnoringCase("keep-alive") { asksToKeepAlive = true }
    }
  }

  // RFC 9110 §8.6 lets a recipient accept "5, 5"; a strict one need not.
  private mutating func addContentLength(_ value: UnsafeBufferPointer<UInt8>) throws(ParseError) {
    guard contentLength == nil else { throw .contentLengthRepeated }
    guard !value.isEmpty, value.allSatisfy(ASCII.isDigit) else { throw .contentLengthInvalid }
    var length = 0
    for byte in value {
      let (product, isTooLarge) = length.multipliedReportingOverflow(by: 10)
      let (sum, isBeyond) = product.addingReportingOverflow(Int(byte & 15))
      length = isTooLarge || isBeyond ? Int.max : sum
      if length == .max { break }
    }
    contentLength = length
  }

  // RFC 9112 §6.1: chunked is the last coding, and stands once; no other coding is known here.
  private mutating func addTransferEncoding(_ value: UnsafeBufferPointer<UInt8>) throws(ParseError) {
    guard !isChunked else { throw .transferEncodingInvalid }
    guard !value.equalsIgnoringCase("chunked") else {
      isChunked = true
      return
    }
    let codings = value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      .map { UnsafeBufferPointer(rebasing: $0).trimmed() }
    guard codings.allSatisfy({ !$0.isEmpty }),
      !codings.dropLast().contains(where: { $0.equalsIgnoringCase("chunked") })
    else { throw .transferEncodingInvalid }
    throw .transferCodingNotImplemented
  }
}
