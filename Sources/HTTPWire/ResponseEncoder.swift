/// Writes the head of a response, and its content if that is short, into one buffer.
///
/// `Date`, `Content-Length`, `Connection` and `Transfer-Encoding` are written here alone: fields so named that were given are left out.
package struct ResponseEncoder: Sendable {
  /// What `Connection` says (RFC 9112 §9.6, RFC 9110 §7.8).
  package enum Connection: Sendable, Hashable {
    /// The connection goes on; said only to a 1.0 client, for which it is not the rule.
    case keepAlive(HTTPVersion)
    case close
    case upgrade
  }

  /// How the recipient knows where the content ends (RFC 9112 §6).
  package enum Content: Sendable, Hashable {
    /// So many octets, also of a content that is not sent since the request is HEAD.
    case length(Int)
    /// In chunks, to a client of 1.1 only.
    case chunked
    /// Where the connection ends.
    case untilClose
  }

  private let common: Fields

  /// - Parameter common: fields that each response gets that does not bear them itself.
  package init(common: Fields = Fields()) {
    self.common = common
  }

  /// Appends the head and the empty line after it.
  ///
  /// - Parameter content: not written for a status that forbids content (RFC 9110 §8.6).
  package func appendHead(
    _ status: Status, _ fields: Fields, content: Content, connection: Connection, date: HTTPDate,
    to buffer: inout [UInt8]
  ) {
    if status == .ok {
      // The usual one, at once.
      append("HTTP/1.1 200 OK\r\nDate: ", to: &buffer)
    } else {
      append("HTTP/1.1 ", to: &buffer)
      append(status.code, to: &buffer)
      buffer.append(ASCII.space)
      append(status.reason, to: &buffer)
      append("\r\nDate: ", to: &buffer)
    }
    buffer.append(contentsOf: date.bytes)
    if !status.forbidsContent {
      switch content {
      case .length(let length):
        append("\r\nContent-Length: ", to: &buffer)
        append(length, to: &buffer)
      case .chunked: append("\r\nTransfer-Encoding: chunked", to: &buffer)
      case .untilClose: break
      }
    }
    switch connection {
    case .keepAlive(.http11): append("\r\n", to: &buffer)
    case .keepAlive(.http10): append("\r\nConnection: keep-alive\r\n", to: &buffer)
    case .close: append("\r\nConnection: close\r\n", to: &buffer)
    case .upgrade: append("\r\nConnection: Upgrade\r\n", to: &buffer)
    }
    appendFields(fields, to: &buffer) { line in isOurs(line, of: fields) }
    appendFields(common, to: &buffer) { line in
      isOurs(line, of: common) || fields.containsName(of: line, in: common)
    }
    append("\r\n", to: &buffer)
  }

  /// Appends the interim response that asks for the content (RFC 9110 §15.2.1).
  package static func appendContinue(to buffer: inout [UInt8]) {
    buffer.append(contentsOf: "HTTP/1.1 100 Continue\r\n\r\n".utf8)
  }

  /// Appends a piece of a content as a chunk (RFC 9112 §7.1). An empty piece is none: it would end the content.
  package static func appendChunk(_ piece: [UInt8], to buffer: inout [UInt8]) {
    guard !piece.isEmpty else { return }
    buffer.append(contentsOf: String(piece.count, radix: 16).utf8)
    buffer.append(contentsOf: "\r\n".utf8)
    buffer.append(contentsOf: piece)
    buffer.append(contentsOf: "\r\n".utf8)
  }

  /// Appends the chunk that ends a content.
  package static func appendLastChunk(to buffer: inout [UInt8]) {
    buffer.append(contentsOf: "0\r\n\r\n".utf8)
  }

  private func appendFields(
    _ fields: Fields, to buffer: inout [UInt8], unless isLeftOut: (Fields.Line) -> Bool
  ) {
    if fields.isWireForm, !fields.lines.contains(where: isLeftOut) {
      buffer.append(contentsOf: fields.bytes)
      return
    }
    for line in fields.lines where !isLeftOut(line) {
      fields.appendWireForm(line, to: &buffer)
    }
  }

  private func isOurs(_ line: Fields.Line, of fields: Fields) -> Bool {
    fields.withName(line) { name in
      switch name.count {
      case 4: name.equalsIgnoringCase("Date")
      case 10: name.equalsIgnoringCase("Connection")
      case 14: name.equalsIgnoringCase("Content-Length")
      case 17: name.equalsIgnoringCase("Transfer-Encoding")
      default: false
      }
    }
  }

  private func append(_ text: StaticString, to buffer: inout [UInt8]) {
    buffer.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private func append(_ number: Int, to buffer: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var index = 20
      var rest = number
      repeat {
        index -= 1
        digits[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      buffer.append(contentsOf: digits[index...])
    }
  }
}
