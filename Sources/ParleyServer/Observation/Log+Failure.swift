package import ParleyCore

extension Log {
  /// Reports what a use case threw if it is a failure of ours. A refusal is the client's to know, not the log's.
  package func failure(_ error: ParleyError, during activity: StaticString, requestID: String? = nil) {
    switch error {
    case .storageUnavailable(let reason), .defect(let reason):
      if let requestID {
        self.error(
          "failure",
          [
            "during": .string("\(activity)"), "requestID": .string(requestID), "code": .string(error.code),
            "reason": .string(reason),
          ])
      } else {
        self.error(
          "failure",
          ["during": .string("\(activity)"), "code": .string(error.code), "reason": .string(reason)])
      }
    case .invalid, .notFound, .merged, .permissionDenied, .sessionRequired, .credentials, .throttled,
      .setUpDone,
      .agentTaken, .ownerLast, .groupEveryone, .contactTaken, .accountTaken, .otherConversationOpen,
      .pipelineNotEmpty, .pipelineLast, .stageNotEmpty, .stageLast, .fieldInUse, .idempotencyMismatch,
      .automationTooMany, .automationConflict, .automationFaulty, .runNotFailed:
      return
    }
  }
}

extension ParleyError {
  /// An error of another type, as the defect that it is.
  static func thrown(_ error: any Error) -> ParleyError {
    error as? ParleyError ?? .defect(reason: "\(type(of: error))")
  }
}
