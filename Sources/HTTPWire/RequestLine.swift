/// `method SP request-target SP HTTP-version`, with single spaces (RFC 9112 §3).
struct RequestLine: Sendable {
  let method: Method
  let target: RequestTarget
  let version: HTTPVersion

  init(_ line: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) throws(ParseError) {
    var index = line.lowerBound
    while index < line.upperBound, ASCII.isToken(bytes[index]) { index += 1 }
    let methodRange = line.lowerBound..<index
    guard !methodRange.isEmpty, index < line.upperBound, bytes[index] == ASCII.space else {
      throw .requestLineMalformed
    }
    let targetStart = index + 1
    index = targetStart
    while index < line.upperBound, ASCII.isTarget(bytes[index]) { index += 1 }
    guard index > targetStart, index < line.upperBound else { throw .requestLineMalformed }
    guard bytes[index] == ASCII.space else { throw .targetInvalid }
    version = try Self.version(UnsafeBufferPointer(rebasing: bytes[(index + 1)..<line.upperBound]))
    guard let method = Method(bytes: UnsafeBufferPointer(rebasing: bytes[methodRange])) else {
      throw .methodNotImplemented
    }
    self.method = method
    target = try RequestTarget(targetStart..<index, in: bytes, method: method)
  }

  private static func version(_ text: UnsafeBufferPointer<UInt8>) throws(ParseError) -> HTTPVersion {
    guard text.count == 8, UnsafeBufferPointer(rebasing: text[..<5]).equals("HTTP/"), ASCII.isDigit(text[5]),
      text[6] == UInt8(ascii: "."), ASCII.isDigit(text[7])
    else { throw .versionMalformed }
    guard text[5] == UInt8(ascii: "1") else { throw .versionNotSupported }
    return text[7] == UInt8(ascii: "0") ? .http10 : .http11
  }
}

extension RequestTarget {
  /// Reads the origin, absolute or asterisk form (RFC 9112 §3.2); the authority form is for CONNECT, which is not implemented.
  init(_ range: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>, method: Method) throws(ParseError) {
    let none = range.upperBound..<range.upperBound
    authority = none
    path = none
    query = none
    if bytes[range.lowerBound] == UInt8(ascii: "*") {
      guard method == .options, range.count == 1 else { throw .targetInvalid }
      path = range
      return
    }
    var start = range.lowerBound
    if bytes[start] != UInt8(ascii: "/") {
      guard let schemeCount = Self.schemeCount(UnsafeBufferPointer(rebasing: bytes[range])) else {
        throw .targetInvalid
      }
      start += schemeCount
      let authorityStart = start
      while start < range.upperBound, ASCII.isAuthority(bytes[start]) { start += 1 }
      authority = authorityStart..<start
      guard !authority.isEmpty, Authority.isValid(UnsafeBufferPointer(rebasing: bytes[authority])) else {
        throw .targetInvalid
      }
    }
    var end = start
    while end < range.upperBound, bytes[end] != UInt8(ascii: "?") { end += 1 }
    path = start..<end
    if end < range.upperBound { query = (end + 1)..<range.upperBound }
    guard path.isEmpty || bytes[path.lowerBound] == UInt8(ascii: "/") else { throw .targetInvalid }
    try Self.checkEncoding(path, in: bytes)
  }

  private static func schemeCount(_ target: UnsafeBufferPointer<UInt8>) -> Int? {
    for scheme in ["http://", "https://"] as [StaticString] {
      let count = scheme.utf8CodeUnitCount
      if target.count > count, UnsafeBufferPointer(rebasing: target[..<count]).equalsIgnoringCase(scheme) {
        return count
      }
    }
    return nil
  }

  // RFC 3986 §2.1. An encoded NUL is a legal octet, but no name of anything here, and ends strings in C.
  private static func checkEncoding(_ path: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>)
    throws(ParseError)
  {
    var index = path.lowerBound
    while index < path.upperBound {
      guard bytes[index] == UInt8(ascii: "%") else {
        index += 1
        continue
      }
      guard index + 2 < path.upperBound, let high = ASCII.hexValue(bytes[index + 1]),
        let low = ASCII.hexValue(bytes[index + 2]), high | low != 0
      else { throw .targetInvalid }
      index += 3
    }
  }
}
