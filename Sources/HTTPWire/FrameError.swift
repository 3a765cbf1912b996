/// How a peer broke the protocol. The socket is closed with ``CloseCode/init(_:)-(FrameError)``.
package enum FrameError: Error, Hashable, Sendable, CaseIterable {
  case reservedBitsSet
  case opcodeUnknown
  case maskMissing
  case maskUnexpected
  case lengthNotMinimal
  case lengthInvalid
  case controlFragmented
  case controlTooLong
  case continuationUnexpected
  case messageInterrupted
  case messageTooBig
  case textInvalid
  case closeInvalid
  case closeCodeInvalid
  case closeReasonInvalid
}

extension CloseCode {
  /// The code for an error (RFC 6455 §7.4.1).
  package init(_ error: FrameError) {
    switch error {
    case .reservedBitsSet, .opcodeUnknown, .maskMissing, .maskUnexpected, .lengthNotMinimal, .lengthInvalid,
      .controlFragmented, .controlTooLong, .continuationUnexpected, .messageInterrupted, .closeInvalid,
      .closeCodeInvalid:
      self = .protocolError
    case .textInvalid, .closeReasonInvalid: self = .invalidPayload
    case .messageTooBig: self = .messageTooBig
    }
  }
}
