/// A field's name: a token, compared without regard to case (RFC 9110 §5.1). A name that is not a token cannot be built.
package struct FieldName: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
  /// As it was written, and as it is sent.
  package let description: String

  /// Nil if `text` is not a token.
  package init?(_ text: some StringProtocol) {
    guard !text.isEmpty, text.utf8.allSatisfy(ASCII.isToken) else { return nil }
    description = String(text)
  }

  /// A name in source code; a wrong one is a mistake of the programmer.
  package init(stringLiteral text: StaticString) {
    assert(FieldName("\(text)") != nil, "a field's name is a token")
    description = text.description
  }

  package static func == (a: FieldName, b: FieldName) -> Bool {
    a.withBytes { a in b.withBytes { b in ASCII.equalIgnoringCase(a, b) } }
  }

  package func hash(into hasher: inout Hasher) {
    for byte in description.utf8 { hasher.combine(ASCII.lowercased(byte)) }
  }

  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    var text = description
    return text.withUTF8(body)
  }
}

extension FieldName {
  package static let accept: FieldName = "Accept"
  package static let allow: FieldName = "Allow"
  package static let cacheControl: FieldName = "Cache-Control"
  package static let connection: FieldName = "Connection"
  package static let contentLength: FieldName = "Content-Length"
  package static let contentSecurityPolicy: FieldName = "Content-Security-Policy"
  package static let contentType: FieldName = "Content-Type"
  package static let cookie: FieldName = "Cookie"
  package static let date: FieldName = "Date"
  package static let eTag: FieldName = "ETag"
  package static let expect: FieldName = "Expect"
  package static let host: FieldName = "Host"
  package static let ifNoneMatch: FieldName = "If-None-Match"
  package static let location: FieldName = "Location"
  package static let origin: FieldName = "Origin"
  package static let retryAfter: FieldName = "Retry-After"
  package static let setCookie: FieldName = "Set-Cookie"
  package static let transferEncoding: FieldName = "Transfer-Encoding"
  package static let upgrade: FieldName = "Upgrade"
  package static let userAgent: FieldName = "User-Agent"
  package static let vary: FieldName = "Vary"
}
