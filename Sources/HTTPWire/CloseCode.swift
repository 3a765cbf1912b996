/// Why a WebSocket was closed (RFC 6455 §7.4).
package struct CloseCode: Hashable, Sendable, CustomStringConvertible {
  package let value: UInt16

  /// Nil if the code may not stand in a close frame: one below 1000, one that is reserved or not registered with IANA (1004–1006,
  /// 1015–2999), one of 5000 or more.
  package init?(_ value: UInt16) {
    switch value {
    case 1000...1003, 1007...1014, 3000...4999: self.value = value
    default: return nil
    }
  }

  private init(known value: UInt16) { self.value = value }

  package static let normal = CloseCode(known: 1000)
  package static let goingAway = CloseCode(known: 1001)
  package static let protocolError = CloseCode(known: 1002)
  package static let unsupportedData = CloseCode(known: 1003)
  package static let invalidPayload = CloseCode(known: 1007)
  package static let policyViolation = CloseCode(known: 1008)
  package static let messageTooBig = CloseCode(known: 1009)
  package static let internalError = CloseCode(known: 1011)
  package static let tryAgainLater = CloseCode(known: 1013)
  /// The peer reads more slowly than it is written to; it may come back and resume.
  package static let lagging = CloseCode(known: 4408)

  package var description: String { String(value) }
}
