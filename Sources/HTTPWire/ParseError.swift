/// Why a request cannot be understood. After any of these the connection is closed: where the next request begins is not known.
package enum ParseError: Error, Hashable, Sendable, CaseIterable {
  case requestLineMalformed
  case requestLineTooLong
  case targetInvalid
  case versionMalformed
  case versionNotSupported
  case methodNotImplemented
  case lineEndInvalid
  case fieldNameInvalid
  case fieldValueInvalid
  case fieldFolded
  case fieldsTooMany
  case headTooLarge
  case hostMissing
  case hostRepeated
  case hostInvalid
  case contentLengthInvalid
  case contentLengthRepeated
  case framingAmbiguous
  case transferEncodingInvalid
  case transferCodingNotImplemented
  case expectationInvalid
  case bodyTooLarge
  case chunkInvalid
  case chunkLineTooLong
  case trailerTooLarge

  /// The status of the answer.
  package var status: Status {
    switch self {
    case .requestLineMalformed, .targetInvalid, .versionMalformed, .lineEndInvalid, .fieldNameInvalid,
      .fieldValueInvalid, .fieldFolded, .hostMissing, .hostRepeated, .hostInvalid, .contentLengthInvalid,
      .contentLengthRepeated, .framingAmbiguous, .transferEncodingInvalid, .chunkInvalid, .chunkLineTooLong:
      .badRequest
    case .requestLineTooLong: .uriTooLong
    case .fieldsTooMany, .headTooLarge, .trailerTooLarge: .requestHeaderFieldsTooLarge
    case .bodyTooLarge: .contentTooLarge
    case .expectationInvalid: .expectationFailed
    case .methodNotImplemented, .transferCodingNotImplemented: .notImplemented
    case .versionNotSupported: .versionNotSupported
    }
  }
}
